import Agents
import Documents
import Lanes
import MarketData
import Markets
import Randomness
import Testing
import Trading

@Suite("Gaps")
struct GapTests {
  /// Where a gap lies.
  enum Place: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case open, midday, overnight
    var testDescription: String { rawValue }

    /// Seconds after t = 0 on sessions of 6.5 hours.
    var seconds: Double {
      switch self {
      case .open: 60
      case .midday: 3 * 3600 + 17
      case .overnight: 6.5 * 3600
      }
    }
  }

  /// A market whose prices stand still but for the gap.
  private func scenario(
    _ change: Double, at place: Place, step: Double, days: Int = 2, latency: Double = 0, assets: Int = 1,
    beta: Double = 0, landing: Gap.Landing = .moment, later: Double = 0
  ) throws -> Scenario {
    let open = try #require(TimeOfDay("09:30"))
    let close = try #require(TimeOfDay("16:00"))
    let calendar = try TradingCalendar.sessions(open: open, close: close, timeZone: "America/New_York")
    let clock = try Clock(
      calendar: calendar, step: step, length: 23_400 * Double(days), warmup: 0,
      start: CalendarDay(daysSince1970: 19_725))
    let names = ["A", "B"].prefix(assets)
    return Scenario(
      title: "gap", clock: clock,
      assets: names.map { AssetTerms(name: $0, price: 100, liquidity: deepLiquidity()) },
      movement: .processes(names.map { _ in Tape(closes: [], from: 100) }, GaussianDependence()),
      venue: freeVenue(latency: latency),
      events: [
        NamedEvent(
          "gap",
          Gap(
            asset: "A", start: .fixed(place.seconds + later), landing: landing, change: .fixed(change),
            contagion: assets > 1 ? ["B": .init(beta: .fixed(beta))] : Named()))
      ])
  }

  private func holder(_ leverage: Double, _ weights: AssetWeights = .equal) -> BuyAndHold {
    BuyAndHold(leverage: leverage, weights: weights, rebalance: false, band: 0)
  }

  /// 5 × long, −50 %, a stop of 2 %: the stop fills at the first price beyond, which has passed ruin as well.
  ///
  /// Planted mistakes: a jump that begins at the old price and ends at the new, so that the stop fills at its level; a gap
  /// that is a move of the step.
  @Test(
    "no stop protects from a gap: final equity is −1.5 of the start, and the deficit 1.5",
    arguments: [(5.0, -0.5), (-5.0, 0.5)], Place.allCases)
  func stopsArePassed(position: (leverage: Double, change: Double), place: Place) throws {
    for (step, latency) in [(60.0, 0.0), (60, 20), (23_400, 0), (23_400, 5)] {
      // A position of a daily market is opened in its first step: the gap is a day later there.
      let market = try Market(
        scenario: try scenario(
          position.change, at: place, step: step, days: 3, latency: latency, later: step == 60 ? 0 : 23_400), seed: 1)
      let row = try #require(
        outcomes(market, holder(position.leverage), rules: [StopLoss(loss: 0.02)], paths: 1, groups: 1).first)
      #expect(abs(row[.finalEquity] + 1500) < 1e-6, "step \(step), latency \(latency)")
      #expect(abs(row[.deficit] - 1500) < 1e-6)
      #expect(abs(row[.minimumEquity] + 1500) < 1e-6)
      #expect(row.cause != .none)
    }
  }

  @Test("of levels that a gap has passed the highest is the cause", arguments: [(-0.15, 1), (-0.5, 1)])
  func cause(change: Double, least: Int) throws {
    let market = try Market(scenario: try scenario(change, at: .midday, step: 60), seed: 1)
    let row = try #require(outcomes(market, holder(5), paths: 1, groups: 1).first)
    // A loss of 75 % of the start passes the study's level; one of 250 % the end of the account as well.
    #expect(row.cause == .equityBelow)
    #expect(abs(row[.finalEquity] - 1000 * (1 + 5 * change)) < 1e-6)
    #expect((row[.zeroEquityStep] >= 0) == (change == -0.5))
    #expect(row[.equityBelowStep] == row[.ruinStep])
  }

  @Test("an asset that catches a gap jumps by beta times its log, at the same open", arguments: Place.allCases)
  func contagion(place: Place) throws {
    for step in [60.0, 1800, 23_400] {
      let market = try Market(scenario: try scenario(-0.3, at: place, step: step, assets: 2, beta: 0.5), seed: 1)
      let tile = market.makeTile(groups: 1)
      tile.reset(firstPath: 0)
      var jumped = false
      for _ in 0..<market.description.clock.steps {
        let before = (tile.bars[0].close[0], tile.bars[1].close[0])
        tile.advance()
        let after = (tile.bars[0].close[0], tile.bars[1].close[0])
        guard after != before else { continue }
        #expect(!jumped)
        jumped = true
        #expect(abs(after.0 / before.0 - 0.7) < 1e-12)
        #expect(abs(after.1 / before.1 - 0.7.squareRoot()) < 1e-12)
        // Nothing is traded between both prices: the bar touches them and nothing else.
        #expect(max(tile.bars[0].high[0], tile.bars[0].open[0]) <= before.0 * (1 + 1e-12))
      }
      #expect(jumped)
    }
  }

  @Test("a gap that lands at an open waits for the next session")
  func atTheOpen() throws {
    let market = try Market(scenario: try scenario(-0.3, at: .midday, step: 60, landing: .open), seed: 1)
    let tile = market.makeTile(groups: 1)
    tile.reset(firstPath: 0)
    for step in 0..<780 {
      tile.advance()
      #expect(abs(tile.bars[0].open[0] - (step < 390 ? 100 : 70)) < 1e-9)
      #expect(abs(tile.bars[0].close[0] - (step < 390 ? 100 : 70)) < 1e-9)
    }
  }

  /// A process with gaps of its own, and noise: prices before the gap are bit for bit those without it, those after it times
  /// the change.
  @Test("a gap moves nothing before it, and all after it by its change", arguments: [0.5, 1, 2, 5], [0.0, 20])
  func locality(severity: Double, latency: Double) throws {
    let clock = try Clock(
      calendar: .continuous(), step: 60, length: 6000, warmup: 600, start: CalendarDay(daysSince1970: 19_725))
    func closes(_ events: [NamedEvent]) throws -> [[Double]] {
      let scenario = Scenario(
        title: "gap", clock: clock, assets: [AssetTerms(name: "A", price: 100, liquidity: deepLiquidity())],
        movement: .processes(
          [GeometricBrownianMotion(annualDrift: .fixed(0), annualVolatility: .fixed(0.5))], GaussianDependence()),
        venue: freeVenue(latency: latency), events: events)
      let tile = try Market(scenario: scenario, severity: severity, seed: 3).makeTile(groups: 1)
      tile.reset(firstPath: 0)
      return (0..<110).map { _ in
        tile.advance()
        return [tile.bars[0].open[2], tile.bars[0].low[2], tile.bars[0].high[2], tile.bars[0].close[2]]
      }
    }
    let calm = try closes([])
    let hit = try closes([NamedEvent("gap", Gap(asset: "A", start: .fixed(3000), change: .fixed(-0.2)))])
    #expect(Array(calm[..<60]) == Array(hit[..<60]))
    let factor = Double(exp(Lanes(severity * naturalLogarithm(0.8)))[0])
    for step in 60..<110 {
      for number in 0..<4 { #expect(abs(hit[step][number] / calm[step][number] / factor - 1) < 1e-12) }
    }
  }
}
