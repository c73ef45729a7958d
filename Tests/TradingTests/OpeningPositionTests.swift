import Agents
import Lanes
import MarketData
import Markets
import Testing
import Trading

/// An account that holds something at t = 0: marks, margins and rules from the first step on, by hand.
@Suite("Positions at the start")
struct OpeningPositionTests {
  private static func market(
    _ tapes: [[Double]], _ venue: VenueTerms = freeVenue(), warmup: Int = 0, halfSpreadBps: Double = 0
  ) throws -> Market {
    let names = ["A", "B"].prefix(tapes.count)
    return try Market(
      scenario: Scenario(
        title: "book", clock: try continuousClock(step: 60, steps: tapes[0].count, warmup: warmup),
        assets: names.map { AssetTerms(name: $0, price: 100, liquidity: deepLiquidity(halfSpreadBps: halfSpreadBps)) },
        movement: .processes(tapes.map { Tape(closes: $0, from: 100) }, GaussianDependence()), venue: venue), seed: 1)
  }

  private static let keeper = BuyAndHold(leverage: nil, weights: .equal, rebalance: false, band: 0)
  private static let book = [
    OpeningPosition(quantity: 30, entryPrice: 80), OpeningPosition(quantity: -10, entryPrice: 120),
  ]

  /// E₀ = 1,000 with 30 A and −10 B at 100 leaves −1,000 of cash: equity is −1,000 + 30 A − 10 B.
  /// Planted mistakes: cash as if nothing were held; entry prices for marks.
  @Test("equity is cash and positions at their marks, and who holds sends no order", arguments: [0, 7])
  func marks(warmup: Int) throws {
    let tapes = [[100.0, 110, 105, 90], [100.0, 95, 102, 104]]
    var equity: [Double] = []
    let row = outcomes(
      try Self.market(tapes, warmup: warmup), Self.keeper, opening: Self.book, paths: 1, groups: 1
    ) { tile, desk in
      if tile.step >= 0 { equity.append(1000 * desk.equityRatio(group: 0)[0]) }
    }[0]
    for (step, value) in equity.enumerated() {
      #expect(abs(value - (-1000 + 30 * tapes[0][step] - 10 * tapes[1][step])) < 1e-6, "step \(step)")
    }
    #expect(row[.orders] == 0)
    #expect(abs(row[.finalEquity] - 660) < 1e-6)
    #expect(abs(row[.minimumEquity] - 660) < 1e-6)
  }

  /// Closing 30 A and 10 B at 100 with a half-spread of 10 bps costs 4; a fee of 5 bps costs 2.
  /// Planted mistake: the paper account starts without the positions.
  @Test("closing out is all that holding a book costs")
  func closeOut() throws {
    let row = outcomes(
      try Self.market([[100, 100], [100, 100]], freeVenue(takerFeeBps: 5), halfSpreadBps: 10), Self.keeper,
      opening: Self.book, paths: 1, groups: 1)[0]
    #expect(abs(row[.halfSpread, .calm] - 4) < 1e-9)
    #expect(abs(row[.shortfall] - row[.halfSpread, .calm] - row[.fees, .calm]) < 1e-9)
    #expect(abs(row[.finalEquity] - (1000 - row[.shortfall])) < 1e-9)
  }

  /// The identity of `ShortfallTests`, with a book and an agent that meets every corner of the venue's books.
  @Test("the terms of cost add up to the shortfall", arguments: [0, 30])
  func shortfall(warmup: Int) throws {
    let rows = outcomes(
      try stressedMarket(latency: 20, warmup: warmup), Restless(leverage: 4),
      rules: [StopLoss(loss: 0.02, coolDown: .steps(3))], equity: 10_000,
      opening: [OpeningPosition(quantity: 150, entryPrice: 104), OpeningPosition(quantity: -200, entryPrice: 41)],
      paths: 64, groups: 8)
    for row in rows {
      var sum = 0.0
      for window in CostWindow.allCases { for term in CostTerm.allCases { sum += row[term, window] } }
      #expect(abs(sum - row[.shortfall]) <= 1e-9 * row[.startEquity], "path \(row.path)")
    }
  }

  /// Bought at 120, stopped at 108: the price of 100 is beyond it, so that the first price fills it, in step 0.
  /// Planted mistake: stops are placed at fills alone.
  @Test("a stop that the price has passed before t = 0 sells at the first price")
  func stop() throws {
    var held: [Double] = []
    var fills: [PathFill] = []
    _ = outcomes(
      try Self.market([[100, 100, 100]]), Self.keeper, rules: [StopLoss(loss: 0.1)],
      opening: [OpeningPosition(quantity: 5, entryPrice: 120)], paths: 1, groups: 1
    ) { _, desk in
      held.append(desk.account.positions[0].quantity[0])
      fills += desk.fills(path: 0)
    }
    #expect(held == [0, 0, 0])
    #expect(fills.first?.reason == .stop && fills.first?.quantity == -5 && fills.first?.mid == 100)
  }

  /// 30 units of 100 on 1,000 are three times the equity; at most twice leaves 20.
  /// Planted mistake: an agent that says nothing is not bounded.
  @Test("a rule's bound sells what is over it in the first step")
  func bound() throws {
    var held: [Double] = []
    let row = outcomes(
      try Self.market([[100, 100, 100]]), Self.keeper, rules: [LeverageCap(leverage: 2)],
      opening: [OpeningPosition(quantity: 30, entryPrice: 100)], paths: 1, groups: 1
    ) { _, desk in held.append(desk.account.positions[0].quantity[0]) }[0]
    // At the horizon all is closed out.
    #expect(held.count == 3 && held.prefix(2).allSatisfy { abs($0 - 20) < 1e-9 }, "\(held)")
    #expect(row[.orders] == 1)
  }

  /// At 18 % less, 30 units on 1,000 have 460 left, which is 18.7 % of 2,460: a margin of 20 % is called at
  /// (2,000/30)/(1 − 0.2) = 83.33, where 500 are left.
  @Test("the venue's margin is watched from the first step on")
  func margin() throws {
    let row = outcomes(
      try Self.market([[82, 82, 82]], freeVenue(maintenanceMargin: 0.2)), Self.keeper,
      opening: [OpeningPosition(quantity: 30, entryPrice: 100)], ruin: RuinTerms(equityBelow: 0), paths: 1, groups: 1)[
        0]
    #expect(row.cause == .liquidation && row[.liquidationStep] == 0)
    #expect(abs(row[.finalEquity] - 500) < 1e-6)
  }

  /// Weights of the book are 3 and −1; leverage 2 halves them.
  @Test(
    "who buys and holds takes the book's weights unless told others",
    arguments: [
      (BuyAndHold(leverage: 2, weights: .equal, rebalance: false, band: 0), [15.0, -5.0]),
      (BuyAndHold(leverage: nil, weights: AssetWeights(["B": 1]), rebalance: false, band: 0), [0.0, 10.0]),
      (BuyAndHold(leverage: nil, weights: .equal, rebalance: true, band: 0.5), [30.0, -10.0]),
    ])
  func weights(agent: BuyAndHold, quantities: [Double]) throws {
    var held: [[Double]] = []
    _ = outcomes(
      try Self.market([[100, 100, 100], [100, 100, 100]]), agent, opening: Self.book, paths: 1, groups: 1
    ) { tile, desk in
      held.append((0..<2).map { desk.account.positions[$0].quantity[0] })
    }
    for (value, expected) in zip(held[0], quantities) { #expect(abs(value - expected) < 1e-9, "\(held)") }
  }

  /// Bought at twice the price, and down by 8 % of equity: less than what the limit of 10 % counts from t = 0.
  @Test("rules count from t = 0, not from prices of the warm-up")
  func warmup() throws {
    let tape = [100.0, 96, 96]
    var held: [Double] = []
    _ = outcomes(
      try Self.market([tape], warmup: 20), Self.keeper, rules: [DrawdownLimit(drawdown: 0.1, coolDown: .steps(60))],
      opening: [OpeningPosition(quantity: 20, entryPrice: 200)], paths: 1, groups: 1
    ) { tile, desk in
      if tile.step < 0 { #expect(desk.equityRatio(group: 0)[0] == 1) }
      if tile.step >= 0 { held.append(desk.account.positions[0].quantity[0]) }
    }
    #expect(held == [20, 20, 0])
  }
}
