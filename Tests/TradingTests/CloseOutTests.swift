import Agents
import Lanes
import Markets
import Testing
import Trading

@Suite("Closing out")
struct CloseOutTests {
  /// A holder on a tape, in a book that ten units move by 0.1/`depth` of the price and that has forgotten it a step later.
  private func row(
    leverage: Double, depth: Double, volume: Double = 1e12, ruin: RuinTerms = RuinTerms(),
    closes: [Double] = [100, 100, 100],
    watching: (MarketTile, DeskTile) -> Void = { _, _ in }
  ) throws -> OutcomeRow {
    let scenario = Scenario(
      title: "thin", clock: try continuousClock(step: 60, steps: closes.count),
      assets: [
        AssetTerms(
          name: "A", price: 100,
          liquidity: deepLiquidity(volumePerDay: volume * 1440, depth: depth, refillSeconds: 1))
      ],
      movement: .processes([Tape(closes: closes, from: 100)], GaussianDependence()), venue: freeVenue())
    return outcomes(
      try Market(scenario: scenario, seed: 1),
      BuyAndHold(leverage: leverage, weights: .equal, rebalance: false, band: 0), ruin: ruin, paths: 1, groups: 1,
      watching: watching)[0]
  }

  /// Ten units at 100, bought and sold at 0.05/0.19 of the price beyond it: the mark leaves 737 of 1,000, the sale 474.
  /// Planted mistakes: ruin asked before closing out only; the level of ruin taken for the final equity.
  @Test("what it costs can ruin at the horizon, and minimum, drawdown and the last equity see it")
  func ruins() throws {
    var equities: [Double] = []
    let row = try row(leverage: 1, depth: 0.19) { _, desk in equities.append(desk.equityRatio(group: 0)[0]) }
    let cost = 0.05 / 0.19
    #expect(abs(equities[1] - (1 - cost)) < 1e-9)
    #expect(abs(row[.finalEquity] - 1000 * (1 - 2 * cost)) < 1e-6 && abs(equities[2] - (1 - 2 * cost)) < 1e-9)
    #expect(
      row.cause == .equityBelow && row[.ruinStep] == 2 && row[.equityBelowStep] == 2 && row[.zeroEquityStep] == -1)
    #expect(row[.minimumEquity] == row[.finalEquity])
    #expect(abs(row[.maximumDrawdown] - 2 * cost) < 1e-9 && row[.drawdown30Step] == 2)
    #expect(row[.liquidation, .calm] == 0)
    #expect(row.recoveryState(.state95) == .ruined)
  }

  /// Bought a unit a step, at 125 each, and sold at once for nothing: some 730 of 1,000 at the last mark, under 0 after it.
  @Test("its cause is the highest level that it crosses", arguments: [0.5, 0.2, 0])
  func cause(equityBelow: Double) throws {
    let row = try row(
      leverage: 1.5, depth: 0.02, volume: 1, ruin: RuinTerms(equityBelow: equityBelow),
      closes: Array(repeating: 100, count: 20))
    #expect(row[.finalEquity] < 0 && row[.ruinStep] == 19)
    #expect(row.cause == .equityBelow && row[.equityBelowStep] == 19 && row[.zeroEquityStep] == 19)
    #expect(row[.deficit] == -row[.finalEquity] && row[.minimumEquity] == row[.finalEquity])
  }

  @Test("a path that it takes under its peak is under water at the last close")
  func underWater() throws {
    // Bought at 100.5 of 100 and sold at 102.485 of 103: 1,025 at the closes, 1,019.85 at the end.
    let row = try row(leverage: 1, depth: 10, closes: [103, 103, 103])
    #expect(abs(row[.finalEquity] - 1019.85) < 1e-6)
    #expect(abs(row[.maximumDrawdown] - (1 - 1019.85 / 1025)) < 1e-9)
    #expect(row[.timeUnderWater] == 1 && row.cause == .none)
  }

  /// 25,002 of 240,000 rows of the demo ended under their minimum.
  @Test("no survivor ends under its minimum or under the level of ruin", arguments: [1.0, 8], [0.0, 150])
  func minimum(leverage: Double, latency: Double) throws {
    let market = try stressedMarket(latency: latency)
    for ruin in [RuinTerms(equityBelow: 0.3), RuinTerms(equityBelow: 0.3, monitored: .atClose)] {
      let rows = outcomes(market, Restless(leverage: leverage), equity: 8000, ruin: ruin, paths: 256, groups: 8)
      for row in rows where row.cause == .none {
        #expect(row[.minimumEquity] <= row[.finalEquity] && row[.finalEquity] > 0.3 * 8000, "path \(row.path)")
        #expect(row[.maximumDrawdown] >= 1 - row[.finalEquity] / row[.startEquity] - 1e-12, "path \(row.path)")
      }
      if leverage == 1 { #expect(rows.contains { $0.cause == .none }) }
    }
  }

  /// Planted mistake: a spell that ends with ruin, so that ruin looks like a quick recovery.
  @Test("time under water runs on to the horizon after ruin")
  func afterRuin() throws {
    let row = try row(leverage: 1, depth: 1e15, closes: [100, 99, 40, 200, 200, 200, 200, 200])
    #expect(row.cause == .equityBelow && row[.ruinStep] == 2)
    #expect(row[.timeUnderWater] == 7)
    let spared = try self.row(leverage: 1, depth: 1e15, closes: [100, 99, 70, 200, 200, 200, 200, 200])
    #expect(spared[.timeUnderWater] == 2)
  }

  /// Eight paths share a vector, and one group's paths are ruined at different times.
  @Test("a path's time under water does not depend on its neighbours")
  func neighbours() throws {
    let market = try stressedMarket(latency: 20)
    func times(groups: Int) -> [Double] {
      outcomes(
        market, BuyAndHold(leverage: 6, weights: .equal, rebalance: false, band: 0), ruin: RuinTerms(equityBelow: 0.5),
        paths: 128, groups: groups
      ).map { $0[.timeUnderWater] }
    }
    #expect(times(groups: 1) == times(groups: 16))
  }
}
