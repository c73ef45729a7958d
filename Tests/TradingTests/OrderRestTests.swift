import Agents
import Lanes
import Markets
import Testing
import Trading

@Suite("What is wanted")
struct OrderRestTests {
  /// A market whose steps trade so much of an asset, on a tape.
  private func market(volume: Double, closes: [Double], latency: Double = 0) throws -> Market {
    let scenario = Scenario(
      title: "slow", clock: try continuousClock(step: 60, steps: closes.count),
      assets: [AssetTerms(name: "A", price: 100, liquidity: deepLiquidity(volumePerDay: volume * 1440))],
      movement: .processes([Tape(closes: closes, from: 100)], GaussianDependence()),
      venue: freeVenue(latency: latency))
    return try Market(scenario: scenario, seed: 1)
  }

  private func notionals(_ row: OutcomeRow) -> (wanted: Double, filled: Double) {
    let windows = CostWindow.allCases
    return (windows.reduce(0) { $0 + row[.wanted, $1] }, windows.reduce(0) { $0 + row[.filled, $1] })
  }

  /// Ten units at 0.6 a step. It was 20 % before. Planted mistakes: each rest wanted anew; the rest looked for one step
  /// back, whatever the latency.
  @Test(
    "an order that fills over 17 steps was wanted once, at the prices at which it filled", arguments: [0.0, 45, 150])
  func slowOrder(latency: Double) throws {
    func ratio(_ closes: [Double]) throws -> Double {
      let row = outcomes(
        try market(volume: 0.6, closes: closes, latency: latency),
        Asking(asks: Array(repeating: (1, .market), count: 78)), ruin: RuinTerms(equityBelow: 0), paths: 1, groups: 1)[
          0]
      let (wanted, filled) = notionals(row)
      // Bought and closed out at the end: twice the account.
      #expect(filled > 1900)
      return filled / wanted
    }
    #expect(abs(try ratio(Array(repeating: 100, count: 80)) - 1) < 1e-9)
    // Where the price moves the weight asks for another quantity each time: what it gives up was wanted and not filled.
    let moving = try ratio((0..<80).map { 100 + 0.3 * Double($0 % 7) })
    #expect(moving <= 1 + 1e-9 && moving > 0.9, "\(moving)")
  }

  @Test("a rest that is not asked for again stays unfilled, and one in the other direction is a new wish")
  func otherWishes() throws {
    // 10 units asked for, 4 filled; then nothing; then a sale of the 4, and 10 more of which 4 fill.
    let agent = Asking(asks: [(1, .market), (0.4, .market), (-1, .market), (-0.4, .market)])
    let row = outcomes(
      try market(volume: 4, closes: Array(repeating: 100, count: 6)), agent, ruin: RuinTerms(equityBelow: 0), paths: 1,
      groups: 1)[0]
    let (wanted, filled) = notionals(row)
    // Wanted: 10 bought; 14 sold, of which 4 fill; asked for again are 4 at the next close. And what is closed out.
    let unfilled = 600.0 + 600
    #expect(abs(wanted - filled - unfilled) < 1e-6, "wanted \(wanted), filled \(filled)")
  }

  /// Planted mistake: a notional taken back in the window in which it is asked for again, rather than in its own.
  @Test("no window holds more filled than wanted, with stops, limits, latency and ruin", arguments: [0.0, 20, 150])
  func windows(latency: Double) throws {
    let rules: [any RiskRule] = [StopLoss(loss: 0.01, coolDown: .steps(5))]
    let rows = outcomes(
      try stressedMarket(latency: latency, participation: 0.02), Restless(leverage: 8), rules: rules, equity: 2e5,
      ruin: RuinTerms(equityBelow: 0.1), paths: 128, groups: 8)
    for row in rows {
      for window in CostWindow.allCases {
        let (wanted, filled) = (row[.wanted, window], row[.filled, window])
        #expect(wanted >= filled * (1 - 1e-9) && filled >= 0, "path \(row.path): \(wanted) \(filled)")
      }
    }
    #expect(rows.contains { $0[.wanted, .event] > $0[.filled, .event] * 1.1 })
  }

  @Test("a stop that sells over several steps was wanted once")
  func slowStop() throws {
    let row = outcomes(
      try market(volume: 4, closes: Array(repeating: 100, count: 4) + [95, 95, 95, 95, 95, 95]),
      BuyAndHold(leverage: 1, weights: .equal, rebalance: false, band: 0),
      rules: [StopLoss(loss: 0.04, coolDown: .steps(10))], ruin: RuinTerms(equityBelow: 0), paths: 1, groups: 1)[0]
    let (wanted, filled) = notionals(row)
    #expect(abs(wanted - filled) < 1e-6, "wanted \(wanted), filled \(filled)")
  }
}
