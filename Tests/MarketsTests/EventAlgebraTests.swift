import Glibc
import Lanes
import MarketData
import Markets
import Randomness
import Testing

/// Events as a commutative monoid on common random numbers: exact where the text says so.
struct EventAlgebraTests {
  private static let multipliers = FlashCrash.Multipliers(
    volatility: .fixed(1), halfSpread: .fixed(8), depth: .fixed(0.1), volume: .fixed(4), halfLife: .fixed(900))

  private func bars(
    _ events: [NamedEvent], severity: Double = 1, latency: Double = 20, paths: Int = 16
  ) throws -> [[[PathBar]]] {
    let clock = try SmallMarket.clock(sessions: true, steps: 90, warmup: 5)
    let scenario = SmallMarket.scenario(
      clock, [SmallMarket.gbm(), try SmallMarket.merton()], correlations: [AssetPair("A", "B"): 0.4], latency: latency,
      events: events)
    return try Market(scenario: scenario, severity: severity, seed: 12).bars(paths: paths, groups: 2)
  }

  private func named(_ name: String, _ event: NamedEvent) -> NamedEvent { NamedEvent(name, event.event) }

  @Test("at severity 0 the market is that without the event, bit for bit; the window remains")
  func severityZero() throws {
    let calm = try bars([])
    let zero = try bars([SmallMarket.crash(contagion: ["B": .init(beta: .fixed(0.8))])], severity: 0)
    for path in 0..<16 {
      #expect(calm[path].map { $0.map(\.numbers) } == zero[path].map { $0.map(\.numbers) })
    }
    #expect(zero[0].contains { $0[0].inWindow })
  }

  @Test("an event with no fall and no multipliers is the identity")
  func identity() throws {
    let calm = try bars([])
    let nothing = SmallMarket.crash(
      drop: 0, contagion: ["B": .init(beta: .fixed(0.8))],
      multipliers: .init(halfLife: .fixed(900)))
    let same = try bars([nothing])
    for path in 0..<16 {
      #expect(calm[path].map { $0.map(\.numbers) } == same[path].map { $0.map(\.numbers) })
    }
  }

  @Test("nothing before an event's start moves on any path, and assets that it does not touch never do")
  func locality() throws {
    let drawn = NamedEvent(
      "crash",
      FlashCrash(
        asset: "A", start: .between(600, 4200), drop: .fixed(0.1), fall: .init(duration: .fixed(300)),
        recovery: .init(fraction: .fixed(0.5), halfLife: .fixed(600)), multipliers: Self.multipliers))
    let calm = try bars([])
    let hit = try bars([drawn])
    for path in 0..<16 {
      // The first step that touches the window is the one in which the event starts.
      let start = try #require(hit[path].firstIndex { $0[0].inWindow })
      #expect(start > 5 + 9)
      #expect(Array(calm[path].prefix(start)) == Array(hit[path].prefix(start)))
      #expect(calm[path][start + 1][0].close != hit[path][start + 1][0].close)
      #expect(calm[path].map { $0[1].numbers } == hit[path].map { $0[1].numbers })
    }
    #expect(Set((0..<16).map { path in hit[path].firstIndex { $0[0].inWindow } }).count > 8)
  }

  /// Planted mistake: the gap stretched by the multiplier of the step that it opens.
  @Test("the overnight gap before an event that starts within a day is that of a calm night")
  func gapBeforeTheStart() throws {
    let day = 23_400.0
    let clock = try SmallMarket.clock(sessions: true, step: day, steps: 40)
    let crash = SmallMarket.crash(start: 30.5 * day, duration: day, halfLife: day)
    func opens(_ events: [NamedEvent]) throws -> [[Double]] {
      let scenario = SmallMarket.scenario(clock, [SmallMarket.gbm()], events: events)
      return try Market(scenario: scenario, seed: 5).bars(paths: 8, groups: 1).map { path in path.map { $0[0].open } }
    }
    let (calm, hit) = (try opens([]), try opens([crash]))
    for path in 0..<8 {
      #expect(calm[path].prefix(31) == hit[path].prefix(31))
      #expect(calm[path][31] != hit[path][31])
    }
  }

  @Test("the order in which events are declared moves no bit")
  func orderOfDeclaration() throws {
    // Three of them: sums of two are the same in either order anyway.
    let events = [
      named("a", SmallMarket.crash(start: 600)), named("b", SmallMarket.crash(start: 620, drop: 0.23)),
      named("c", SmallMarket.crash(start: 650, drop: 0.07)),
    ]
    #expect(try bars(events) == bars(events.reversed()))
  }

  @Test("an added event leaves the draws: offsets come off to 4 ulp, and bars without a knot are alike")
  func addedEventsLeaveDraws() throws {
    let calm = try bars([], latency: 0)
    let hit = try bars([SmallMarket.crash(start: 600, multipliers: nil)], latency: 0)
    for path in 0..<16 {
      for step in 0..<90 {
        let offset = log(hit[path][5 + step][0].close / calm[path][5 + step][0].close)
        let other = log(hit[0][5 + step][0].close / calm[0][5 + step][0].close)
        #expect(abs(offset - other) < 1e-14)
        #expect(hit[path][5 + step][0].volume == calm[path][5 + step][0].volume)
      }
    }
  }

  @Test("three events in any grouping of names agree to 4 ulp")
  func associativity() throws {
    // Names decide the order of folding: (a·b)·c against (b·c)·a and (c·a)·b.
    let events = [
      SmallMarket.crash(start: 600, drop: 0.1, multipliers: Self.multipliers),
      SmallMarket.crash(start: 660, drop: 0.05, multipliers: Self.multipliers),
      SmallMarket.crash(start: 700, drop: 0.2, multipliers: Self.multipliers),
    ]
    let names = ["a", "b", "c"]
    let reference = try bars(zip(names, events).map { named($0, $1) })
    for shift in 1..<3 {
      let turned = try bars(events.enumerated().map { named(names[($0 + shift) % 3], $1) })
      for path in 0..<16 {
        for (a, b) in zip(reference[path], turned[path]) {
          for (x, y) in zip([a[0].close, a[0].halfSpread, a[0].depth], [b[0].close, b[0].halfSpread, b[0].depth]) {
            #expect(abs(x - y) <= 4 * x.ulp, "\(x) and \(y)")
          }
        }
      }
    }
  }

  @Test("an event at severity 0.7 together with itself at 0.6 is the event at 1.3, to a few ulp")
  func severitiesAdd() throws {
    // One event at two severities: the offset is linear in θ, the multipliers are exponential in it.
    let event = { (name: String, theta: Double) in
      let log = Glibc.log(0.9) * theta
      return NamedEvent(
        name,
        FlashCrash(
          asset: "A", start: .fixed(600), drop: .fixed(1 - exp(log)),
          fall: .init(duration: .fixed(300), shape: .fixed(1.5)),
          recovery: .init(fraction: .fixed(0), halfLife: .fixed(600)),
          multipliers: .init(
            halfSpread: .fixed(pow(8, theta)), depth: .fixed(pow(0.1, theta)), volume: .fixed(pow(4, theta)),
            halfLife: .fixed(900))))
    }
    let both = try bars([event("x", 0.7), event("y", 0.6)])
    let whole = try bars([event("x", 1)], severity: 1.3)
    for path in 0..<16 {
      for (a, b) in zip(both[path], whole[path]) {
        for (x, y) in zip(
          [a[0].close, a[0].halfSpread, a[0].depth, a[0].volume],
          [b[0].close, b[0].halfSpread, b[0].depth, b[0].volume])
        {
          #expect(abs(x - y) <= 16 * x.ulp, "\(x) and \(y)")
        }
      }
    }
  }

  @Test("severity scales the log offset, and keeps the recovered fraction of it and all times")
  func severityScalesLogOffsets() throws {
    let event = SmallMarket.crash(start: 600, drop: 0.1, fraction: 0.6, multipliers: nil)
    let calm = try bars([])
    let one = try bars([event])
    for theta in [0.5, 2.5] {
      let scaled = try bars([event], severity: theta)
      for step in 0..<90 {
        let base = calm[0][5 + step][0].close
        let unit = log(one[0][5 + step][0].close / base)
        let offset = log(scaled[0][5 + step][0].close / base)
        #expect(abs(offset - theta * unit) < 1e-13)
      }
    }
  }
}
