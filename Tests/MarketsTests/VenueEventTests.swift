import Glibc
import Lanes
import MarketData
import Markets
import Randomness
import Testing

/// Events that act on the venue: no price moves, and what they do combines as the algebra says.
struct VenueEventTests {
  /// One of the events, starting a third into the hour and a half, or anywhere within an hour.
  struct Example: Sendable, CustomTestStringConvertible {
    let name: String
    let make: @Sendable (EventStart) -> any MarketEvent

    var testDescription: String { name }

    static let window = EventWindow(rise: .fixed(120), plateau: .fixed(600), halfLife: .fixed(60))
    static let all = [
      Example(name: "marginCall") {
        MarginCall(
          start: $0, window: window, initialMargin: .fixed(1.5), maintenanceMargin: .fixed(2), takerFee: .fixed(4),
          liquidationFee: .fixed(3))
      },
      Example(name: "squeeze") {
        Squeeze(
          start: $0, window: window, borrowFee: .fixed(2), recall: .fixed(0.4), recallAfter: .fixed(90),
          newShorts: .refused)
      },
      Example(name: "outage") { Outage(start: $0, duration: .fixed(700)) },
      Example(name: "queue") { Outage(start: $0, duration: .fixed(700), orders: .queued, staleFeed: .hidden) },
      Example(name: "slowVenue") { SlowVenue(start: $0, window: window, latency: .fixed(20)) },
      Example(name: "rejects") { Rejects(start: $0, window: window, share: .fixed(0.4)) },
    ]
  }

  private func market(_ events: [NamedEvent], severity: Double = 1, assets: Int = 2) throws -> Market {
    let clock = try SmallMarket.clock(sessions: true, steps: 90, warmup: 5)
    let processes: [any PriceProcess] = [SmallMarket.gbm(), try SmallMarket.merton()]
    let scenario = SmallMarket.scenario(
      clock, Array(processes.prefix(assets)), correlations: assets > 1 ? [AssetPair("A", "B"): 0.4] : [:], latency: 20,
      events: events)
    return try Market(scenario: scenario, severity: severity, seed: 12)
  }

  /// What the events do to the venue at the close of each step from t = 0, on two lane groups.
  private func effects(_ events: [NamedEvent], severity: Double = 1, assets: Int = 2) throws -> [VenueEffects] {
    var all: [VenueEffects] = []
    try market(events, severity: severity, assets: assets).walk(paths: 16, groups: 2) {
      if $0.step >= 0 { all.append($0.venueEffects) }
    }
    return all
  }

  /// Everything that the events do in one step on one path.
  private func numbers(_ effects: VenueEffects, group: Int, lane: Int) -> [Double] {
    let venue = effects.groups[group]
    let factors = [
      venue.initialMargin, venue.maintenanceMargin, venue.takerFee, venue.liquidationFee, venue.latency,
    ]
    let masks = [venue.isOutAtArrival, venue.queuesOrders, venue.freezesFeed, venue.flagsFeed]
    let assets = stride(from: group, to: effects.assets.count, by: effects.groups.count).map { effects.assets[$0] }
    return factors.map { $0[lane] } + masks.map { $0[lane] ? 1 : 0 }
      + assets.flatMap {
        [
          $0.keptShorts[lane], $0.annualBorrowFee[lane], $0.refusesOrders[lane] ? 1 : 0, $0.refusesShorts[lane] ? 1 : 0,
        ]
      } + [effects.outages[group][lane] ? 1 : 0]
  }

  private func all(_ effects: [VenueEffects]) -> [[Double]] {
    (0..<16).flatMap { path in effects.map { numbers($0, group: path / 8, lane: path % 8) } }
  }

  /// Planted mistake: half the volume in an outage.
  @Test(
    "bars are those of the market without it, bit for bit, at every severity", arguments: Example.all,
    [0, 0.5, 1, 2, 5])
  func barsStay(example: Example, severity: Double) throws {
    let calm = try market([]).bars(paths: 16, groups: 2)
    let event = NamedEvent("e", example.make(.between(600, 4200)))
    let hit = try market([event], severity: severity).bars(paths: 16, groups: 2)
    for path in 0..<16 { #expect(calm[path].map { $0.map(\.numbers) } == hit[path].map { $0.map(\.numbers) }) }
  }

  @Test("at severity 0 nothing happens to the venue", arguments: Example.all)
  func severityZero(example: Example) throws {
    let effects = try effects([NamedEvent("e", example.make(.fixed(1800)))], severity: 0)
    #expect(effects.allSatisfy { !$0.isActive })
  }

  /// Planted mistake: a window that acts in the step before the one in which it starts.
  @Test("nothing happens before the step in which it starts, and something from there on", arguments: Example.all)
  func locality(example: Example) throws {
    let event = NamedEvent("e", example.make(.between(600, 4200)))
    var starts: [Double] = []
    var steps: [VenueEffects] = []
    try market([event]).walk(paths: 16, groups: 2) { tile in
      guard tile.step >= 0 else { return }
      steps.append(tile.venueEffects)
      let times = tile.eventStart(0)
      starts = (0..<16).map { times[$0 / 8][$0 % 8] }
    }
    let none = numbers(try effects([])[0], group: 0, lane: 0)
    for path in 0..<16 {
      let course = steps.map { numbers($0, group: path / 8, lane: path % 8) }
      let first = Int(starts[path])
      #expect(course.prefix(first).allSatisfy { $0 == none })
      #expect(course[first...].contains { $0 != none })
    }
    #expect(Set(starts).count > 8)
  }

  @Test("the order of declaration moves no bit, and other assets move none of its draws")
  func orderAndOthers() throws {
    let events = Example.all.map { NamedEvent($0.name, $0.make(.fixed(1200))) }
    let (forward, backward) = (try effects(events), try effects(events.reversed()))
    #expect(all(forward) == all(backward))
    let rejects = NamedEvent("r", Rejects(assets: ["A"], start: .fixed(0), window: Example.window, share: .fixed(0.4)))
    let alone = try effects([rejects], assets: 1)
    let beside = try effects([rejects], assets: 2)
    for (a, b) in zip(alone, beside) {
      for group in 0..<2 { #expect(a.assets[group] == b.assets[group]) }
    }
  }

  /// Offsets, multipliers and probabilities add up; lengths of outages do not.
  @Test("an event at severity 0.7 together with itself at 0.6 is the event at 1.3, to a few ulp")
  func severitiesAdd() throws {
    func event(_ theta: Double) -> [any MarketEvent] {
      [
        MarginCall(
          start: .fixed(1200), window: Example.window, initialMargin: .fixed(pow(1.5, theta)),
          maintenanceMargin: .fixed(pow(2, theta))),
        Squeeze(
          start: .fixed(1200), window: Example.window, borrowFee: .fixed(2 * theta),
          recall: .fixed(1 - pow(0.6, theta))),
        SlowVenue(start: .fixed(1200), window: Example.window, latency: .fixed(pow(20, theta))),
      ]
    }
    for place in 0..<3 {
      let whole = try effects([NamedEvent("w", event(1)[place])], severity: 1.3)
      let parts = try effects([NamedEvent("x", event(0.7)[place]), NamedEvent("y", event(0.6)[place])])
      for (x, y) in zip(all(whole).joined(), all(parts).joined()) { #expect(abs(x - y) <= 16 * x.ulp, "\(x), \(y)") }
    }
  }

  /// By hand: rise of 2 steps to full strength, 10 steps of it. M^w̄ with w̄ = ¼, ¾, 1, …; from step 20 on.
  @Test("factors act with the window's mean over the step")
  func factors() throws {
    let effects = try effects([NamedEvent("e", Example.all[0].make(.fixed(1200)))])
    for (step, mean) in [(19, 0.0), (20, 0.25), (21, 0.75), (22, 1), (31, 1)] {
      #expect(abs(effects[step].groups[0].maintenanceMargin[3] - pow(2, mean)) < 1e-14)
      #expect(abs(effects[step].groups[0].takerFee[3] - pow(4, mean)) < 1e-14)
    }
  }

  /// Binomial law over 512 paths, 30 steps and 2 assets: |z| < 4 at fixed seed, 6e-5 by chance for each severity.
  /// Planted mistake: one draw for all assets.
  @Test(
    "orders are refused with probability 1 − (1 − p)^θ, each step by itself", arguments: [0.5, 1, 2, 5])
  func refusals(severity: Double) throws {
    let event = NamedEvent("r", Rejects(start: .fixed(600), window: .init(plateau: .fixed(1800)), share: .fixed(0.3)))
    var counts = [0.0, 0.0]
    var both = 0.0
    var again = 0.0
    var last: [Mask] = []
    try market([event], severity: severity).walk(paths: 512, groups: 64) { tile in
      guard tile.step >= 10, tile.step < 40 else { return }
      let masks = tile.venueEffects.assets.map(\.refusesOrders)
      for group in 0..<64 {
        let (a, b) = (masks[group], masks[64 + group])
        counts[0] += Double(a.bits.nonzeroBitCount)
        counts[1] += Double(b.bits.nonzeroBitCount)
        both += Double((a & b).bits.nonzeroBitCount)
        if tile.step > 10 { again += Double((a & last[group]).bits.nonzeroBitCount) }
      }
      last = masks
    }
    let p = 1 - pow(0.7, severity)
    func z(_ count: Double, _ p: Double, _ n: Double) -> Double { (count - n * p) / (n * p * (1 - p)).squareRoot() }
    let n = 512.0 * 30
    let all = [z(counts[0], p, n), z(counts[1], p, n), z(both, p * p, n), z(again, p * p, 512 * 29)]
    #expect(all.allSatisfy { abs($0) < 4 }, "\(all)")
  }

  /// A drawdown starts it: first known when it happens, it acts from the next step on.
  @Test("an outage that answers a fall starts at the close at which the price has fallen so far")
  func triggered() throws {
    let start = EventStart.triggered(DrawdownTrigger(asset: "A", depth: .fixed(0.001)))
    let event = NamedEvent("o", Outage(start: start, duration: .fixed(180)))
    var out: [[Bool]] = []
    var peak = 0.0
    var fell = -1
    try market([event]).walk(paths: 8, groups: 1) { tile in
      guard tile.step >= 0 else { return }
      out.append([tile.venueEffects.groups[0].isOutAtArrival[0]])
      peak = max(peak, tile.bars[0].high[0])
      if fell < 0, tile.eventStart(0)[0][0] < .infinity {
        fell = tile.step
        #expect(tile.bars[0].low[0] <= peak * 0.999)
        #expect(tile.eventStart(0)[0][0] == Double(tile.step + 1))
      }
    }
    #expect(fell > 0)
    #expect(out.enumerated().filter { $0.element[0] }.map(\.offset) == [fell + 1, fell + 2, fell + 3])
  }
}
