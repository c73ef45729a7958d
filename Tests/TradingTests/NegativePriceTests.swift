import Agents
import CGSL
import Documents
import Foundation
import Lanes
import MarketData
import Markets
import Statistics
import Testing
import Trading

/// Accounts and venues on prices that may be negative: spread, impact, fees, margin and weights count on the starting price.
@Suite("Trading at negative prices")
struct NegativePriceTests {
  private static func market(
    _ volatilities: [Double], correlation: Double = 0, step: Double = 7200, steps: Int = 480, substeps: Int? = nil,
    warmup: Int = 0, liquidity: Liquidity = deepLiquidity(), venue: VenueTerms = freeVenue(),
    prices: [Double] = [100, 40],
    events: [NamedEvent] = [], seed: UInt64 = 2026
  ) throws -> Market {
    let names = Array(["A", "B"].prefix(volatilities.count))
    let scenario = Scenario(
      title: "money", clock: try continuousClock(step: step, steps: steps, warmup: warmup, substeps: substeps),
      assets: zip(names, prices).map { AssetTerms(name: $0, price: $1, liquidity: liquidity) },
      movement: .processes(
        volatilities.map { Bachelier(annualVolatility: .fixed($0)) },
        GaussianDependence([AssetPair("A", "B"): correlation])), venue: venue, events: events)
    return try Market(scenario: scenario, seed: seed)
  }

  /// Through −200, with every friction on.
  private static func stressed(latency: Double) throws -> Market {
    let crash = ArithmeticCrash(
      asset: "A", start: .fixed(3600), change: .fixed(-3.1), fall: .init(duration: .fixed(2400), shape: .fixed(3)),
      recovery: .init(fraction: .fixed(0.8), halfLife: .fixed(900)),
      contagion: ["B": .init(beta: .fixed(0.8), lag: .fixed(60))],
      multipliers: .init(
        volatility: .fixed(3), halfSpread: .fixed(10), depth: .fixed(0.1), volume: .fixed(3), halfLife: .fixed(1200)))
    let fees = VenueTerms(
      takerFeeBps: 2, initialMargin: 0.1, maintenanceMargin: 0.04, liquidationFeeBps: 20, maximumParticipation: 0.1,
      latencySeconds: latency, annualFinancingRate: 0.08, fundingPer8Hours: 0.001, annualBorrowFee: 0.5)
    return try market(
      [3, 6], correlation: 0.5, step: 60, steps: 240, warmup: 2,
      liquidity: deepLiquidity(halfSpreadBps: 5, volumePerDay: 2e5, depth: 400, refillSeconds: 90), venue: fees,
      events: [NamedEvent("crash", crash)], seed: 7)
  }

  /// κ = 0.01/50: a sale of 10 at a mid of −30 on a starting price of 18 pays −30 − 18·(½·0.002 + 0.001), and its fee is on 180.
  @Test("a fill pays mid, half-spread and impact of the starting price, whatever sign comes of it")
  func fill() {
    let venue = Venue(
      takerFee: 0.002, liquidationFee: 0, initialMargin: 0.1, maintenanceMargin: 0, maximumParticipation: 1,
      impactKept: [1], financingPerStep: 0)
    var depth = BookDepth(kept: .one)
    depth.follow(Lanes(50))
    var step = AssetStep(unmoved: Lanes(-30))
    step.halfSpread = Lanes(0.001)
    step.volume = Lanes(1e6)
    var (book, account, position) = (VenueBook(), Account(equity: Lanes(1000)), Position())
    func trade(_ quantity: Double, at mid: Double) -> Fill {
      let fill = book.fill(
        .market(Lanes(quantity), decidedAt: Lanes(-31)), mid: Lanes(mid), step, depth, venue, feeRate: Lanes(0.002),
        asset: 0, group: 0, reference: 18)
      account.apply(fill, to: &position)
      return fill
    }
    let sale = trade(-10, at: -30)
    #expect(abs(sale.price[0] - (-30 - 18 * (0.001 + 0.001))) < 1e-12)
    #expect(abs(sale.fee[0] - 0.36) < 1e-12)
    #expect(abs(sale.halfSpread[0] - 0.18) < 1e-12)
    #expect(abs(sale.impact[0] - 0.18) < 1e-12)
    #expect(abs(book.impact[0] + 0.002) < 1e-15)
    let cash = 1000 + -10 * 30.036 - 0.36
    #expect(abs(account.cash[0] - cash) < 1e-9 && abs(position.entryPrice[0] + 30.036) < 1e-12)
    // Back at 5: 18·(−0.002 + ½·0.002 + 0.001) is nothing.
    let back = trade(10, at: 5)
    #expect(abs(back.price[0] - 5) < 1e-12 && abs(position.quantity[0]) < 1e-12)
    #expect(abs(account.cash[0] - (cash - 50 - 0.36)) < 1e-9)
  }

  /// P(a Brownian motion without drift comes to b < 0 by T) = 2Φ(b/s√T).
  private static func firstPassage(_ level: Double, _ deviation: Double) -> Double {
    2 * gsl_cdf_ugaussian_P(level / deviation)
  }

  private static func isInside(_ expected: Double, _ rows: [OutcomeRow], _ fact: OutcomeFact = .ruinStep) -> Bool {
    let found = Proportion(rows.count { $0[fact] >= 0 }, of: rows.count).clopperPearson(confidence: 0.999)
    return (found.low ?? 1) <= expected && expected <= (found.high ?? 0)
  }

  /// Equity is 1 + L·x, long or short: it comes to 0.7 at x = −0.3/L. Clopper and Pearson's interval of 99.9 %, as in G4.
  @Test("a holder's ruin follows the first-passage formula, within steps, long and short", arguments: [0.5, 2, -1.5])
  func holder(leverage: Double) throws {
    let rows = outcomes(
      try Self.market([1.3], step: 86_400, steps: 60),
      BuyAndHold(
        leverage: abs(leverage), weights: AssetWeights(["A": leverage < 0 ? -1 : 1]), rebalance: false, band: 0),
      ruin: RuinTerms(equityBelow: 0.7, monitored: .withinStep), paths: 16_384)
    let expected = Self.firstPassage(-0.3 / abs(leverage), 1.3 * (60.0 / 365).squareRoot())
    #expect(Self.isInside(expected, rows), "\(expected)")
  }

  /// Margin is m|q|S₀: equity 1 + L·x comes to m·L at x = −(1 − m·L)/L, where with fractions of the price it would be at
  /// another. The study's own level lies lower.
  @Test("the margin call comes where equity is the margin of the starting price", arguments: [1.0, 2])
  func margin(leverage: Double) throws {
    let rows = outcomes(
      try Self.market([1.3], step: 86_400, steps: 60, venue: freeVenue(initialMargin: 0.45, maintenanceMargin: 0.35)),
      BuyAndHold(leverage: leverage, weights: .equal, rebalance: false, band: 0),
      ruin: RuinTerms(equityBelow: 0.1, monitored: .withinStep), paths: 16_384)
    let level = -(1 - 0.35 * leverage) / leverage
    let expected = Self.firstPassage(level, 1.3 * (60.0 / 365).squareRoot())
    #expect(Self.isInside(expected, rows, .liquidationStep), "\(expected)")
    #expect(rows.allSatisfy { $0.cause == .none || $0.cause == .liquidation })
    // Sold at the level: what is left is the margin, to a hair.
    for row in rows where row.cause == .liquidation { #expect(abs(row[.finalEquity] / 1000 - 0.35 * leverage) < 1e-6) }
  }

  /// With two positions equity is a Brownian motion of variance w′Σw a year, exactly: each bridge has its own law.
  @Test("with two positions the bridge of equity gives the formula of the portfolio", arguments: [-0.5, 0.6])
  func twoPositions(correlation: Double) throws {
    let rows = outcomes(
      try Self.market([1.5, 0.9], correlation: correlation, step: 14_400, steps: 6 * 60, substeps: 1),
      BuyAndHold(leverage: 2, weights: .equal, rebalance: false, band: 0),
      ruin: RuinTerms(equityBelow: 0.5, monitored: .withinStep), paths: 8192)
    let variance = 2.25 + 0.81 + 2 * correlation * 1.35
    let expected = Self.firstPassage(-0.5, (variance * 60 / 365).squareRoot())
    #expect(Self.isInside(expected, rows), "\(expected)")
  }

  /// As in `ShortfallTests`; forced sales, stops and the horizon among the fills.
  @Test("terms of the shortfall add up to 1e-9 of starting equity through negative prices", arguments: [0.0, 20, 150])
  func identity(latency: Double) throws {
    let rules: [[any RiskRule]] = [
      [],
      [
        StopLoss(loss: 0.3, coolDown: .steps(5)), DrawdownLimit(drawdown: 0.4, coolDown: .steps(20)),
        LeverageCap(leverage: 3), VolatilityTarget(annualVolatility: 20, halfLife: .steps(30)),
      ],
    ]
    var negativeFills = 0
    for rules in rules {
      let rows = outcomes(
        try Self.stressed(latency: latency), Restless(leverage: 4), rules: rules, equity: 1000,
        ruin: RuinTerms(equityBelow: 0.1), paths: 128, groups: 8
      ) { _, desk in
        for path in 0..<64 {
          for fill in desk.fills(path: path) {
            negativeFills += fill.price < 0 ? 1 : 0
            #expect(fill.fee >= 0 && fill.halfSpread >= 0 && fill.price.isFinite)
          }
        }
      }
      for row in rows {
        let sum = CostWindow.allCases.reduce(0) { sum, window in
          CostTerm.allCases.reduce(sum) { $0 + row[$1, window] }
        }
        #expect(abs(sum - row[.shortfall]) <= 1e-9 * row[.startEquity], "path \(row.path)")
        #expect(row.values.allSatisfy { $0.isFinite })
        for window in CostWindow.allCases { #expect(row[.filled, window] >= 0 && row[.wanted, window] >= 0) }
      }
    }
    #expect(negativeFills > 20)
  }

  /// Cash and positions at the mark are equity after every step; a weight is q·S₀/E.
  @Test("equity is cash and positions at their marks, weights and leverage count on the starting price")
  func weights() throws {
    var (steps, negative) = (0, 0)
    _ = outcomes(
      try Self.stressed(latency: 0), BuyAndHold(leverage: 0.2, weights: .equal, rebalance: true, band: 0),
      ruin: RuinTerms(equityBelow: 0), paths: 8, groups: 1
    ) { tile, desk in
      guard tile.step >= 5, tile.step < 239 else { return }
      let account = desk.account
      for lane in 0..<8 where account.accounts[0].isAlive[lane] {
        let marks = tile.bars.map { $0.close[lane] }
        let quantities = account.positions.map { $0.quantity[lane] }
        let equity = account.accounts[0].cash[lane] + zip(quantities, marks).reduce(0) { $0 + $1.0 * $1.1 }
        let gross = zip(quantities, [100.0, 40]).reduce(0) { $0 + abs($1.0) * $1.1 }
        let ratio = desk.equityRatio(group: 0)[lane]
        #expect(abs(equity / 1000 - ratio) < 1e-9)
        #expect(abs(desk.grossLeverage(group: 0)[lane] - gross / equity) < 1e-9)
        #expect(
          abs(
            account.weight(asset: 0, group: 0)[lane] - (quantities[0] + account.positions[0].outstanding[lane]) * 100
              / equity) < 1e-9)
        steps += 1
        negative += marks[0] < 0 ? 1 : 0
      }
    }
    #expect(steps > 1000 && negative > 100)
  }

  /// A line from 100 to −200 or to 400: the stop of a fifth of the starting price is at 80, or at 120. Who holds again half an hour
  /// later, at −70 or so, is stopped 20 further on, where a fifth of that price would be 14, and above it.
  @Test("a stop stands at a fraction of the starting price from the entry, on either side of 0")
  func stops() throws {
    for (change, level) in [(-3.0, 80.0), (3, 120)] {
      let line = ArithmeticCrash(
        asset: "A", start: .fixed(0), change: .fixed(change), fall: .init(duration: .fixed(3600), shape: .fixed(1)),
        recovery: .init(fraction: .fixed(0), halfLife: .fixed(1)))
      var fills: [(mid: Double, isStop: Bool)] = []
      _ = outcomes(
        try Self.market([1e-9], step: 60, steps: 60, prices: [100], events: [NamedEvent("line", line)]),
        BuyAndHold(leverage: 0.5, weights: AssetWeights(["A": change < 0 ? 1 : -1]), rebalance: true, band: 0.4),
        rules: [StopLoss(loss: 0.2, coolDown: .steps(30))], ruin: RuinTerms(equityBelow: 0), paths: 8, groups: 1
      ) { _, desk in
        fills += desk.fills(path: 0).filter { [.order, .stop].contains($0.reason) }.map { ($0.mid, $0.reason == .stop) }
      }
      try #require(fills.map(\.isStop) == [false, true, false, true], "\(fills)")
      #expect(abs(fills[1].mid - level) < 1e-5 && abs(fills[2].mid - 100) > 150, "\(fills)")
      #expect(abs(fills[3].mid - fills[2].mid - (level - 100)) < 1e-5, "\(fills)")
    }
  }

  /// Four standard errors: 6e-5 by chance for each.
  @Test(
    "nobody earns at zero drift and zero cost, whatever the agent or the rule does", arguments: [0.0, 2400])
  func fairGame(latency: Double) throws {
    let market = try Self.market(
      [6, 4], correlation: 0.5, steps: 60, warmup: 30,
      venue: freeVenue(initialMargin: 0.1, maintenanceMargin: 0.05, latency: latency))
    let agents: [(any Agent, [any RiskRule])] = [
      (Restless(leverage: 1), []), (Restless(leverage: 1), [StopLoss(loss: 0.1, coolDown: .steps(3))]),
      (Momentum(fast: .steps(2), slow: .steps(6), leverage: 0.5, weights: .equal, short: true), []),
      (
        MeanReversion(halfLife: .steps(5), entry: 1, exit: 0.2, leverage: 0.5, weights: .equal, short: true),
        [VolatilityTarget(annualVolatility: 2, halfLife: .steps(10))]
      ),
    ]
    for (index, (agent, rules)) in agents.enumerated() {
      let rows = outcomes(market, agent, rules: rules, ruin: RuinTerms(equityBelow: 0.3), paths: 8192)
      let gains = rows.map { $0[.finalEquity] / 1000 - 1 }
      let mean = gains.reduce(0, +) / Double(gains.count)
      let variance = gains.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(gains.count)
      #expect(variance > 0.001)
      #expect(abs(mean) < 4 * (variance / Double(gains.count)).squareRoot() + 5e-4, "\(index): \(mean)")
    }
  }

  @Test(
    "what agents observe is a number of its range",
    arguments: Observations.catalogue.entries.map(\.name).filter { $0 != "signal" })
  func observations(tag: String) throws {
    let onlooker = try Onlooker(
      Observations.document(tag), weights: (0..<240).map { [0.2, nil, nil, -0.2, nil, 0][$0 % 6] })
    _ = outcomes(
      try Self.stressed(latency: 0), onlooker, ruin: RuinTerms(equityBelow: 0), paths: 8, groups: 1)
    #expect(onlooker.diary.pages.count > 200)
    let isFinite = onlooker.diary.pages.allSatisfy {
      $0.numbers.allSatisfy { number in (0..<8).allSatisfy { number[$0].isFinite } }
    }
    #expect(isFinite)
  }
}
