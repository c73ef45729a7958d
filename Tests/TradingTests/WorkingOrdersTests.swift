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
