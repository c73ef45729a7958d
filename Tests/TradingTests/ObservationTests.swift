import Agents
import Documents
import Foundation
import Lanes
import MarketData
import Markets
import Testing
import Trading

/// What a trained agent sees, against figures worked out by hand on tapes.
@Suite("What trained agents see")
struct ObservationTests {
  private static let hour = 3600.0

  /// One asset at 100 in steps of an hour that never end, deep unless told otherwise.
  private static func market(
    _ bars: [(open: Double, close: Double)], signals: [Double] = [], _ events: [NamedEvent] = [],
    venue: VenueTerms = freeVenue(), depth: Double = 1e15, volumePerDay: Double = 1e15, halfSpreadBps: Double = 3
  ) throws -> Market {
    var tape = Tape(bars: bars, from: 100)
    tape.signals = signals
    let liquidity = deepLiquidity(halfSpreadBps: halfSpreadBps, volumePerDay: volumePerDay, depth: depth)
    let scenario = Scenario(
      title: "tape", clock: try continuousClock(step: hour, steps: bars.count, substeps: 1),
      assets: [AssetTerms(name: "A", price: 100, liquidity: liquidity)],
      movement: .processes([tape], GaussianDependence()), venue: venue, events: events)
    return try Market(scenario: scenario, seed: 1)
  }

  private func expectSeen(
    _ onlooker: Onlooker, _ step: Int, _ expected: [Double], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let seen = try onlooker.seen(step)
    let names = onlooker.observations.names(onlooker.assetNames)
    #expect(seen.count == expected.count, sourceLocation: sourceLocation)
    for (name, pair) in zip(names, zip(seen, expected)) {
      #expect(
        abs(pair.0 - pair.1) < 1e-9, "\(name) at step \(step): \(pair.0), not \(pair.1)",
        sourceLocation: sourceLocation)
    }
  }

  /// Planted mistake: a variance that starts at 0.
  @Test("returns and ranges are in deviations of the exponential average of squared returns")
  func returns() throws {
    let onlooker = try Onlooker(
      """
      [{ "model": "return", "bars": 1, "halfLife": 2 }, { "model": "return", "bars": 2, "halfLife": 2 },
       { "model": "range", "halfLife": 2 }, { "model": "signal" }]
      """)
    let bars = [(100.0, 102.0), (102, 101), (101, 104), (104, 104), (104, 104)].map { (open: $0.0, close: $0.1) }
    runPanel(try Self.market(bars, signals: [1, 2, 3, 4, 5]), [onlooker])
    try expectSeen(onlooker, -1, [0, 0, 0, 0])
    try expectSeen(onlooker, 0, [0, 0, 0, 1])
    let first = log(101.0 / 102)
    try expectSeen(onlooker, 1, [-1, 0, 1, 2])
    let second = log(104.0 / 101)
    let variance = first * first + (1 - pow(2, -0.5)) * (second * second - first * first)
    try expectSeen(
      onlooker, 2,
      [
        second / variance.squareRoot(), log(104.0 / 102) / (2 * variance).squareRoot(), second / variance.squareRoot(),
        3,
      ])
    let later = variance * pow(2, -0.5)
    try expectSeen(onlooker, 3, [0, second / (2 * later).squareRoot(), 0, 4])
  }

  @Test("spread, depth and volume are told against those of calm times")
  func liquidity() throws {
    let onlooker = try Onlooker(
      #"[{ "model": "halfSpread" }, { "model": "depth" }, { "model": "volume" }, { "model": "halted" }]"#)
    let flat = Array(repeating: (open: 100.0, close: 100.0), count: 6)
    let drought = Drought(
      start: .fixed(2 * Self.hour), window: EventWindow(plateau: .fixed(2 * Self.hour)), halfSpread: .fixed(6),
      depth: .fixed(0.2), volume: .fixed(0.5))
    runPanel(
      try Self.market(flat, [NamedEvent("dry", drought)], depth: 5000, volumePerDay: 24_000), [onlooker])
    // Before any step has closed: what is known of calm times.
    try expectSeen(onlooker, -1, [3, 0, 0, 0])
    try expectSeen(onlooker, 1, [3, 0, 0, 0])
    for step in 2...3 { try expectSeen(onlooker, step, [18, log(0.2), log(0.5), 0]) }
    try expectSeen(onlooker, 4, [3, 0, 0, 0])
  }

  /// 100 falls to 90 in the first minute of the session: at 93 trading stands still for a quarter of an hour.
  @Test("a halt shows, with no volume at all; the time of day is the share of the session that is over")
  func halts() throws {
    let calendar = try TradingCalendar.sessions(
      open: try #require(TimeOfDay("09:30")), close: try #require(TimeOfDay("16:00")), timeZone: "America/New_York")
    let clock = try Clock(
      calendar: calendar, step: 60, length: 2 * 23_400, warmup: 0, start: CalendarDay(daysSince1970: 19_725),
      substeps: 1)
    let bars = [(open: 100.0, close: 90.0)] + Array(repeating: (open: 90.0, close: 90.0), count: 779)
    let breaker = CircuitBreaker(asset: "A", levels: [.init(fall: 0.07, pause: 900)])
    let scenario = Scenario(
      title: "tape", clock: clock,
      assets: [AssetTerms(name: "A", price: 100, liquidity: deepLiquidity(volumePerDay: 390))],
      movement: .processes([Tape(bars: bars, from: 100)], GaussianDependence()), venue: freeVenue(),
      events: [NamedEvent("halt", breaker)])
    let onlooker = try Onlooker(#"[{ "model": "halted" }, { "model": "timeOfDay" }, { "model": "volume" }]"#)
    runPanel(try Market(scenario: scenario, seed: 1), [onlooker])
    try expectSeen(onlooker, -1, [0, 1, 0])
    #expect(try onlooker.seen(0)[0] == 1)
    for step in 1...14 { try expectSeen(onlooker, step, [1, Double(step + 1) / 390, -10]) }
    for step in [17, 100] { try expectSeen(onlooker, step, [0, Double(step + 1) / 390, 0]) }
    try expectSeen(onlooker, 389, [0, 1, 0])
    try expectSeen(onlooker, 390, [0, 1 / 390.0, 0])
  }

  @Test("an outage shows where the venue says that its feed is stale, and not where it hides it")
  func outages() throws {
    let bars = (0..<8).map { (open: 100.0 + Double($0), close: 101 + Double($0)) }
    for (feed, told) in [(Outage.StaleFeed.visible, 1.0), (.hidden, 0)] {
      let outage = Outage(start: .fixed(2 * Self.hour), duration: .fixed(2.5 * Self.hour), staleFeed: feed)
      let onlooker = try Onlooker(
        #"[{ "model": "stale" }, { "model": "timeOfDay" }, { "model": "indicator", "name": "close" }]"#)
      runPanel(try Self.market(bars, [NamedEvent("out", outage)]), [onlooker])
      try expectSeen(onlooker, 1, [0, 2 / 24.0, 102])
      for step in 2...3 { try expectSeen(onlooker, step, [told, Double(step + 1) / 24, 102]) }
      try expectSeen(onlooker, 5, [0, 6 / 24.0, 106])
    }
  }

  /// Twice long from 100, at 110, at 95; there it turns to once short, at 90; flat from there.
  ///
  /// 20 units, 1000 borrowed. m = 0.1: the margin call of the long position is at 1000/(20·0.9) = 55.56, where equity is
  /// 111.11; that of the short one, 900/95 units and 1800 in cash, at 1800/(q·1.1), where it is 1800/11.
  /// Planted mistakes: a margin that does not move with the price; a time that goes on where the position turns.
  @Test("the account's numbers are those of a hand-kept account")
  func account() throws {
    let onlooker = try Onlooker(
      """
      [{ "model": "position" }, { "model": "leverage" }, { "model": "unrealisedProfit" }, { "model": "drawdown" },
       { "model": "distanceToLiquidation" }, { "model": "timeInTrade" }]
      """, weights: [2, nil, -1, nil, 0, nil])
    let bars = [(100.0, 110.0), (110, 95), (95, 90), (90, 90), (90, 90), (90, 90)].map { (open: $0.0, close: $0.1) }
    let market = try Self.market(
      bars, venue: freeVenue(initialMargin: 0.2, maintenanceMargin: 0.1), halfSpreadBps: 0)
    runPanel(market, [onlooker])
    try expectSeen(onlooker, -1, [0, 0, 0, 0, 1, 0])
    try expectSeen(onlooker, 0, [2200 / 1200.0, 2200 / 1200.0, 200 / 1200.0, 0, (1200 - 1000 / 9.0) / 1200, 0])
    try expectSeen(
      onlooker, 1, [1900 / 900.0, 1900 / 900.0, -100 / 900.0, 0.25, (900 - 1000 / 9.0) / 900, log(2)])
    let (units, equity) = (900 / 95.0, 1800 - 900 / 95.0 * 90)
    let short = units * 90 / equity
    try expectSeen(
      onlooker, 2,
      [-short, short, units * 5 / equity, 1 - equity / 1200, (equity - 1800 / 11.0) / equity, 0])
    try expectSeen(
      onlooker, 3,
      [-short, short, units * 5 / equity, 1 - equity / 1200, (equity - 1800 / 11.0) / equity, log(2)])
    try expectSeen(onlooker, 4, [0, 0, 0, 1 - equity / 1200, 1, 0])
  }

  /// Returns of a fifth, −a quarter, and then what the turn to a short position at 90 leaves; nothing after that.
  ///
  /// Planted mistake: a mean that forgets from the first step on.
  @Test("the state of the Sharpe ratio is that of a hand-kept account: two returns in plain means, then a quarter each")
  func sharpeState() throws {
    let onlooker = try Onlooker(
      #"[{ "model": "sharpeState", "adaptation": 0.25, "warmup": 2 }]"#, weights: [2, nil, -1, nil, 0, nil])
    let bars = [(100.0, 110.0), (110, 95), (95, 90), (90, 90), (90, 90), (90, 90)].map { (open: $0.0, close: $0.1) }
    runPanel(
      try Self.market(bars, venue: freeVenue(initialMargin: 0.2, maintenanceMargin: 0.1), halfSpreadBps: 0), [onlooker])
    func seen(_ a: Double, _ b: Double, _ warmth: Double) -> [Double] {
      let variance = b - a * a
      return [a / variance.squareRoot(), 0.5 * log(variance), warmth]
    }
    try expectSeen(onlooker, -1, [0, 0.5 * log(1e-12), 0])
    // One return has no spread.
    try expectSeen(onlooker, 0, [0, 0.5 * log(1e-12), 0.5])
    let (a, b) = ((0.2 - 0.25) / 2, (0.04 + 0.0625) / 2)
    try expectSeen(onlooker, 1, seen(a, b, 1))
    let third = (1800 - 900 / 95.0 * 90) / 900 - 1
    let (c, d) = (a + (third - a) / 4, b + (third * third - b) / 4)
    try expectSeen(onlooker, 2, seen(c, d, 1))
    try expectSeen(onlooker, 3, seen(0.75 * c, 0.75 * d, 1))
  }

  /// Two positions of half the equity each, one long and one short, at m = 1/2: with E = G = 1000 and N = 0 equity may fall by
  /// (1000 − 500)/1000.
  @Test("the distance to liquidation counts long and short positions of several assets")
  func severalPositions() throws {
    let scenario = Scenario(
      title: "tape", clock: try continuousClock(step: Self.hour, steps: 4, substeps: 1),
      assets: ["A", "B"].map { AssetTerms(name: $0, price: 100, liquidity: deepLiquidity()) },
      movement: .processes([Tape(closes: [], from: 100), Tape(closes: [], from: 100)], GaussianDependence()),
      venue: freeVenue(initialMargin: 0.5, maintenanceMargin: 0.5))
    let apart = Apart()
    runPanel(try Market(scenario: scenario, seed: 1), [apart])
    #expect(apart.onlooker.diary.pages.count == 4)
    let seen = try apart.onlooker.seen(1)
    #expect(abs(seen[0] - 0.5) < 1e-12 && abs(seen[1] - 1) < 1e-12)
  }

  @Test(
    "a name that is no column's is refused at its place, with the nearest",
    arguments: [
      ("RIS_14", #"unknown indicator "RIS_14"; did you mean "RSI_14"?"#),
      ("volatilty", #"did you mean "volatility"?"#), ("BBANDS", "several output columns"),
    ])
  func refused(_ name: String, words: String) throws {
    let text = "[{ \"model\": \"position\" }, { \"model\": \"indicator\", \"name\": \"\(name)\" }]"
    let (root, _) = try DocumentParser.parse(Array(text.utf8), file: "observations")
    let reading = Reading()
    #expect(FieldKind<ObservationSet>.observations.read(root, reading) == nil)
    let problem = try #require(reading.problems.first)
    #expect(reading.problems.count == 1 && problem.path == "/1/name", "\(reading.problems)")
    #expect(problem.message.contains(words), "\(problem.message)")
  }

  @Test("an agent that needs a signal complains of a market that shows none")
  func complaints() throws {
    let flat = Array(repeating: (open: 100.0, close: 100.0), count: 3)
    let set = try Onlooker(#"[{ "model": "position" }, { "model": "signal" }]"#).observations
    let silent = MarketTerms(try Self.market(flat).description)
    #expect(set.complaints(silent, assets: [0]).map(\.text) == [#"the market shows no signal of "A""#])
    let telling = MarketTerms(try Self.market(flat, signals: [1]).description)
    #expect(set.complaints(telling, assets: [0]).isEmpty)
  }
}

/// Half of the equity long in the first asset, half short in the second, from t = 0 on.
private struct Apart: Agent {
  let onlooker: Onlooker

  init() {
    do {
      onlooker = try Onlooker(
        #"[{ "model": "distanceToLiquidation" }, { "model": "leverage" }]"#, assets: ["A", "B"])
    } catch {
      preconditionFailure("Invariant: the list can be read: \(error)")
    }
  }

  func makeSeat(_ site: DeskSite) -> any Seat { ApartSeat(onlooker.makeSeat(site)) }

  private final class ApartSeat: Seat {
    let seat: any Seat
    init(_ seat: any Seat) { self.seat = seat }
    func reset() { seat.reset() }
    func observe(_ market: MarketView) { seat.observe(market) }
    func decide(_ market: MarketView, _ account: AccountView, _ decisions: inout ContiguousArray<Decision>) {
      seat.decide(market, account, &decisions)
      for group in 0..<account.groups {
        decisions[group] = Decision(weight: Lanes(0.5), acts: .all)
        decisions[account.groups + group] = Decision(weight: Lanes(-0.5), acts: .all)
      }
    }
  }
}
