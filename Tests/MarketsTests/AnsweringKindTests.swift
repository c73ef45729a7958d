import Lanes
import Markets
import Randomness
import Testing

/// What holds for kinds of events whose doings are no offset or factor of their own: those that answer the market, act on the
/// venue, or change how assets move together.
@Suite("Events that answer the market")
struct AnsweringKindTests {
  private static let paths = 16

  private func bars(_ events: [(String, any MarketEvent)], severity: Double = 1) throws -> [[[PathBar]]] {
    try market(events, severity).bars(paths: Self.paths, groups: 2)
  }

  private func market(_ events: [(String, any MarketEvent)], _ severity: Double) throws -> Market {
    let clock = try SmallMarket.clock(sessions: true, steps: 90, warmup: 5)
    let scenario = SmallMarket.scenario(
      clock, [SmallMarket.gbm(0.8), try SmallMarket.merton()], correlations: [AssetPair("A", "B"): 0.4], latency: 20,
      events: events.map { NamedEvent($0, $1) })
    return try Market(scenario: scenario, severity: severity, seed: 12)
  }

  /// A fall that makes those act that wait for one.
  private let crash = EventKind.all[0].event(1)

  @Test(
    "at severity 0 it is the market without it, bit for bit, beside a crash or alone", arguments: EventKind.answering)
  func severityZero(_ kind: EventKind) throws {
    let calm = try bars([])
    for events in [[("x", kind.event(1))], [("x", kind.event(1)), ("crash", crash)]] {
      let zero = try bars(events, severity: 0)
      for path in 0..<Self.paths {
        #expect(calm[path].map { $0.map(\.numbers) } == zero[path].map { $0.map(\.numbers) })
      }
    }
  }

  @Test(
    "the order in which it and a crash are declared moves no bit, nor do names that keep their order",
    arguments: EventKind.answering)
  func order(_ kind: EventKind) throws {
    let events = [("a", crash), ("b", kind.event(1))]
    let reference = try bars(events)
    #expect(try bars(events.reversed()) == reference)
    #expect(try bars([("a", crash), ("z", kind.event(1))]) == reference || kind.name == "correlation")
  }

  /// Planted mistake: a halt that begins a sub-step early.
  @Test(
    "before it starts on a path that is bit for bit the one without it", arguments: EventKind.answering, [0.5, 1, 2])
  func locality(_ kind: EventKind, severity: Double) throws {
    let alone = try bars([("crash", crash)], severity: severity)
    let market = try market([("crash", crash), ("x", kind.event(1))], severity)
    let tile = market.makeTile(groups: 2)
    tile.reset(firstPath: 0)
    for _ in 0..<95 { tile.advance() }
    let starts = tile.eventStart(1)
    let both = market.bars(paths: Self.paths, groups: 2)
    var acted = 0
    for path in 0..<Self.paths {
      let start = starts[path / 8][path % 8]
      let first = 5 + (start < 90 ? Int(start) : 90)
      for step in 0..<first {
        #expect(both[path][step].map(\.numbers) == alone[path][step].map(\.numbers), "path \(path), step \(step)")
      }
      if both[path].map({ $0.map(\.numbers) }) != alone[path].map({ $0.map(\.numbers) }) { acted += 1 }
    }
    let isOfTheVenue = ["marginCall", "squeeze", "outage", "slowVenue", "rejects"].contains(kind.name)
    #expect(isOfTheVenue ? acted == 0 : acted > 0)
  }
}
