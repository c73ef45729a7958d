import Agents
import Lanes
import MarketData
import Markets
import Testing
import Trading

@Suite("Agents at work")
struct WorkingOrdersTests {
  /// A still market in which a step trades `volume` units, all of which may be ours.
  private func market(_ closes: [Double], volume: Double) throws -> Market {
    let scenario = Scenario(
      title: "still", clock: try continuousClock(step: 60, steps: closes.count),
      assets: [AssetTerms(name: "A", price: 100, liquidity: deepLiquidity(volumePerDay: volume * 1440))],
      movement: .processes([Tape(closes: closes, from: 100)], GaussianDependence()), venue: freeVenue())
    return try Market(scenario: scenario, seed: 1)
  }

  /// Planted mistake: an agent that acts only when it is flat stays at its first partial fill.
  @Test("an agent whose order is filled in part goes on until it holds what it decided on, and then rests")
  func partialFills() throws {
    var fills: [Double] = []
    _ = outcomes(
      try market(Array(repeating: 100, count: 10), volume: 4),
      BuyAndHold(leverage: 1, weights: .equal, rebalance: false, band: 0), paths: 1, groups: 1
    ) { tile, desk in
      fills.append(desk.fills(path: 0).filter { $0.reason == .order }.reduce(0) { $0 + $1.quantity })
    }
    #expect(fills == [4, 4, 2, 0, 0, 0, 0, 0, 0, 0])
  }

  @Test("a holder keeps its quantity when prices move, a rebalancer its weight")
  func holdingAndRebalancing() throws {
    let closes = [100.0, 120, 90, 110, 110]
    for rebalance in [false, true] {
      var weights: [Double] = []
      var quantities: [Double] = []
      _ = outcomes(
        try market(closes, volume: 1e12), BuyAndHold(leverage: 2, weights: .equal, rebalance: rebalance, band: 0),
        paths: 1, groups: 1
      ) { tile, desk in
        quantities.append(desk.account.positions[0].quantity[0])
        weights.append(desk.account.weight(asset: 0, group: 0)[0])
      }
      let isHeld = quantities.dropLast().allSatisfy { abs($0 - 20) < 1e-9 }
      #expect(isHeld == !rebalance)
      #expect((abs(weights[2] - 2) < 1e-9) == rebalance)
    }
  }

  /// Half-lives of 1 and 4 steps: the fast average follows first. Planted mistake: fast and slow exchanged.
  @Test("momentum buys a rise, and sells a fall short only when it may", arguments: [true, false])
  func momentum(short: Bool) throws {
    let rise = (1...10).map { 100 + Double($0) }
    let fall = (1...20).map { 110 - 2 * Double($0) }
    var sides: [Double] = []
    _ = outcomes(
      try market(rise + fall, volume: 1e12),
      Momentum(fast: .steps(1), slow: .steps(4), leverage: 1, weights: .equal, short: short), paths: 1, groups: 1
    ) { tile, desk in sides.append(desk.account.positions[0].quantity[0]) }
    #expect(sides[5] > 0)
    #expect(short ? sides[25] < 0 : sides[25] == 0)
  }

  /// Planted mistake: the sign of the distance.
  @Test("mean reversion buys what has fallen and closes when it is back")
  func meanReversion() throws {
    let still = (0..<40).map { 100 + ($0 % 2 == 0 ? 0.1 : -0.1) }
    var sides: [Double] = []
    _ = outcomes(
      try market(still + [97, 97, 99, 100, 100, 100, 100], volume: 1e12),
      MeanReversion(halfLife: .steps(10), entry: 3, exit: 0.5, leverage: 1, weights: .equal, short: true), paths: 1,
      groups: 1
    ) { tile, desk in sides.append(desk.account.positions[0].quantity[0]) }
    #expect(sides[39] == 0)
    #expect(sides[41] > 0)
    #expect(sides[45] == 0)
  }
}

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
        let books = desk.account.accounts[group]
        var gross = Lanes.zero
        for asset in 0..<2 { gross += abs(desk.account.weight(asset: asset, group: group)) }
        for lane in 0..<Lanes.count where books.isAlive[lane] { worst = max(worst, gross[lane]) }
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
      title: "tape", clock: try continuousClock(step: 86_400, steps: closes.count, warmup: 0),
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

@Suite("Looking ahead")
struct LookAheadTests {
  /// Two tapes that part at step 20. Planted mistake: deciding on the bar in which the order fills.
  @Test("no agent and no rule lets a change of the future move a past decision or fill")
  func pastStays() throws {
    let common: [Double] = (0..<20).map { step in
      let wave = Double((step * 7) % 11) * 3 / 11
      return 100 + wave - Double(step % 3)
    }
    let agents: [any Agent] = [
      BuyAndHold(leverage: 2, weights: .equal, rebalance: true, band: 0),
      Momentum(fast: .steps(1), slow: .steps(4), leverage: 1, weights: .equal, short: true),
      MeanReversion(halfLife: .steps(5), entry: 1, exit: 0.2, leverage: 1, weights: .equal, short: true),
    ]
    for agent in agents {
      var runs: [[Fill]] = []
      for future in [[80.0, 60, 90], [120.0, 150, 90]] {
        let scenario = Scenario(
          title: "tape", clock: try continuousClock(step: 60, steps: 23),
          assets: [AssetTerms(name: "A", price: 100, liquidity: deepLiquidity(halfSpreadBps: 3))],
          movement: .processes([Tape(closes: common + future, from: 100)], GaussianDependence()), venue: freeVenue())
        var fills: [Fill] = []
        _ = outcomes(
          try Market(scenario: scenario, seed: 1), agent,
          rules: [
            StopLoss(loss: 0.02, coolDown: .steps(2)), VolatilityTarget(annualVolatility: 5, halfLife: .steps(5)),
            LeverageCap(leverage: 1.2), DrawdownLimit(drawdown: 0.04, coolDown: .steps(2)),
          ], paths: 1, groups: 1
        ) { tile, desk in
          // The order decided at the close of step 19 meets step 20 at its open, which both tapes share.
          if tile.step < 20 { fills += desk.fills(path: 0) }
          if tile.step == 20 { fills += desk.fills(path: 0).filter { $0.reason == .order } }
        }
        runs.append(fills)
      }
      #expect(runs[0] == runs[1])
      #expect(!runs[0].isEmpty)
    }
  }
}
