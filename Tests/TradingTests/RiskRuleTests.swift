import Agents
import Lanes
import MarketData
import Markets
import Testing
import Trading

@Suite("Risk rules")
struct RiskRuleTests {
  /// The bound holds for the position itself at every close, up to what the prices do within a step.
  @Test("the leverage cap holds for the position, and what it allows is not cut")
  func leverageCap() throws {
    let market = try stressedMarket(latency: 0, participation: 1)
    var worst = 0.0
    _ = outcomes(
      market, Restless(leverage: 8), rules: [LeverageCap(leverage: 1.5)], equity: 1000, paths: 64, groups: 8
    ) { tile, desk in
      guard tile.step >= 0 else { return }
      for group in 0..<8 {
        let account = desk.account.accounts[group]
        var gross = Lanes.zero
        for asset in 0..<2 { gross += abs(desk.account.weight(asset: asset, group: group)) }
        for lane in 0..<Lanes.count where account.isAlive[lane] { worst = max(worst, gross[lane]) }
      }
    }
    #expect(worst > 1.4 && worst < 1.75, "largest gross leverage at a close: \(worst)")
  }

  /// Planted mistake: scaling the whole target, and putting back what is held.
  @Test("the initial margin bounds gross leverage over several assets, and cuts nothing that is held")
  func initialMargin() throws {
    let rise: [Double] = (0..<20).map { 100 + Double($0) }
    let late: [Double] = (0..<20).map { step in
      let time = Double(step)
      return step < 8 ? 100 - 0.1 * time : 91 + time
    }
    let scenario = Scenario(
      title: "tapes", clock: try continuousClock(step: 60, steps: 20),
      assets: ["A", "B"].map { AssetTerms(name: $0, price: 100, liquidity: deepLiquidity()) },
      movement: .processes([Tape(closes: rise, from: 100), Tape(closes: late, from: 100)], GaussianDependence()),
      venue: freeVenue(initialMargin: 0.5))
    var gross: [Double] = []
    _ = outcomes(
      try Market(scenario: scenario, seed: 1),
      Momentum(fast: .steps(1), slow: .steps(4), leverage: 4, weights: .equal, short: false), paths: 1, groups: 1
    ) { tile, desk in
      let weights: [Double] = (0..<2).map { abs(desk.account.weight(asset: $0, group: 0)[0]) }
      gross.append(weights[0] + weights[1])
    }
    #expect(gross[3] > 1.9)
    #expect(gross.allSatisfy { $0 < 2.03 }, "\(gross)")
  }

  @Test("a drawdown limit closes everything and lets it open again after the cool-down")
  func drawdownLimit() throws {
    let closes = [100.0, 95, 89, 89, 89, 89, 89, 89, 89]
    let scenario = Scenario(
      title: "tape", clock: try continuousClock(step: 60, steps: closes.count),
      assets: [AssetTerms(name: "A", price: 100, liquidity: deepLiquidity())],
      movement: .processes([Tape(closes: closes, from: 100)], GaussianDependence()), venue: freeVenue())
    var held: [Bool] = []
    _ = outcomes(
      try Market(scenario: scenario, seed: 1), BuyAndHold(leverage: 1, weights: .equal, rebalance: false, band: 0),
      rules: [DrawdownLimit(drawdown: 0.1, coolDown: .steps(3))], paths: 1, groups: 1
    ) { tile, desk in held.append(desk.account.positions[0].quantity[0] > 0) }
    #expect(held.dropLast() == [true, true, true, false, false, false, true, true])
  }

  /// Returns of ±1 % a step have a known volatility. Planted mistake: annualising with the wrong number of steps.
  @Test("a volatility target scales the position to the volatility seen")
  func volatilityTarget() throws {
    let closes = (0..<60).map { 100 * ($0 % 2 == 0 ? 1.01 : 1.0) }
    let scenario = Scenario(
      title: "tape", clock: try continuousClock(step: 86_400, steps: closes.count, substeps: 1),
      assets: [AssetTerms(name: "A", price: 100, liquidity: deepLiquidity())],
      movement: .processes([Tape(closes: closes, from: 100)], GaussianDependence()), venue: freeVenue())
    var weight = 0.0
    _ = outcomes(
      try Market(scenario: scenario, seed: 1), BuyAndHold(leverage: 3, weights: .equal, rebalance: true, band: 0),
      rules: [VolatilityTarget(annualVolatility: 0.25, halfLife: .steps(1000))], paths: 1, groups: 1
    ) { tile, desk in
      if tile.step == 58 { weight = desk.account.positions[0].quantity[0] * 101 / desk.account.accounts[0].equity[0] }
    }
    // The mean square return is close to 1e-4, times 365.
    let seen = (365 * 0.5 * (1e-4 + (0.01 / 1.01) * (0.01 / 1.01))).squareRoot()
    #expect(abs(weight * seen - 0.25) < 0.006, "weight \(weight), volatility \(seen)")
  }
}
