import Agents
import Lanes
import MarketData
import Markets
import Testing
import Trading

/// Wants a new random weight in every asset at a third of the closes: an agent that meets every corner of the books.
struct Restless: Agent {
  let leverage: Double

  func makeSeat(_ site: DeskSite) -> any Seat { RestlessSeat(leverage, groups: site.groups) }
}

private final class RestlessSeat: Seat {
  let leverage: Double
  let groups: Int
  var state: UInt64 = 1

  init(_ leverage: Double, groups: Int) {
    self.leverage = leverage
    self.groups = groups
  }

  func reset() { state = 1 }

  func uniform() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) * 0x1p-53
  }

  func decide(_ market: MarketView, _ account: AccountView, _ decisions: inout ContiguousArray<Decision>) {
    for index in decisions.indices {
      decisions[index] = Decision(
        weight: Lanes { _ in (self.uniform() * 2 - 1) * self.leverage }, acts: Mask { _ in self.uniform() < 0.3 })
    }
  }
}

/// Two assets through a crash, with every friction on.
func stressedMarket(latency: Double, participation: Double = 0.1, warmup: Int = 0) throws -> Market {
  let liquidity = deepLiquidity(halfSpreadBps: 5, volumePerDay: 2e5, depth: 400, refillSeconds: 90)
  let crash = FlashCrash(
    asset: "A", start: .fixed(3600), drop: .fixed(0.15), fall: .init(duration: .fixed(300), shape: .fixed(2)),
    recovery: .init(fraction: .fixed(0.5), halfLife: .fixed(900)),
    contagion: ["B": .init(beta: .fixed(0.8), lag: .fixed(60))],
    multipliers: .init(
      volatility: .fixed(4), halfSpread: .fixed(10), depth: .fixed(0.1), volume: .fixed(3), halfLife: .fixed(1200)))
  let scenario = Scenario(
    title: "stress", clock: try continuousClock(step: 60, steps: 240, warmup: warmup),
    assets: [
      AssetTerms(name: "A", price: 100, liquidity: liquidity), AssetTerms(name: "B", price: 40, liquidity: liquidity),
    ],
    movement: .processes(
      [
        GeometricBrownianMotion(annualVolatility: .fixed(1.5)), GeometricBrownianMotion(annualVolatility: .fixed(2)),
      ], GaussianDependence([AssetPair("A", "B"): 0.5])),
    venue: freeVenue(
      initialMargin: 0.1, maintenanceMargin: 0.04, liquidationFeeBps: 20, takerFeeBps: 2, participation: participation,
      latency: latency, financing: 0.08), events: [NamedEvent("crash", crash)])
  return try Market(scenario: scenario, seed: 7)
}

@Suite("Implementation shortfall")
struct ShortfallTests {
  /// The terms are booked fill by fill; the shortfall itself comes from a paper account that knows none of them. So the
  /// identity fails for any cost that is forgotten, booked twice, or booked with the wrong sign.
  /// Planted mistakes: opportunity at the arrival mid; the drift of stops left out.
  @Test(
    "is the sum of its terms to 1e-9 of starting equity, whatever happens",
    arguments: [0.0, 20, 60, 150], [1.0, 8])
  func identity(latency: Double, leverage: Double) throws {
    let rules: [[any RiskRule]] = [
      [],
      [
        StopLoss(loss: 0.01, coolDown: .steps(5)), DrawdownLimit(drawdown: 0.1, coolDown: .steps(20)),
        LeverageCap(leverage: 3), VolatilityTarget(annualVolatility: 2, halfLife: .steps(30)),
      ],
    ]
    let market = try stressedMarket(latency: latency, warmup: 2)
    for rules in rules {
      let rows = outcomes(
        market, Restless(leverage: leverage), rules: rules, equity: 1000, ruin: RuinTerms(equityBelow: 0.1),
        paths: 256, groups: 8)
      var causes: Set<RuinCause> = []
      for row in rows {
        var sum = 0.0
        for window in CostWindow.allCases {
          for term in CostTerm.allCases { sum += row[term, window] }
        }
        #expect(
          abs(sum - row[.shortfall]) <= 1e-9 * row[.startEquity],
          "path \(row.path): terms \(sum), shortfall \(row[.shortfall])")
        causes.insert(row.cause)
      }
      let trades = rows.reduce(0) { $0 + $1[.filled, .event] }
      #expect(trades > 0)
      if leverage > 1 && rules.isEmpty { #expect(causes.contains(.liquidation)) }
    }
  }

  /// Half the round trip's cost would be booked nowhere. Planted mistake: final equity before closing out.
  @Test("counts the close-out at the horizon")
  func closeOutCosts() throws {
    let scenario = Scenario(
      title: "still", clock: try continuousClock(step: 60, steps: 5),
      assets: [AssetTerms(name: "A", price: 100, liquidity: deepLiquidity(halfSpreadBps: 10))],
      movement: .processes([Tape(closes: [100, 100, 100, 100, 100], from: 100)], GaussianDependence()),
      venue: freeVenue(takerFeeBps: 5))
    let row = outcomes(
      try Market(scenario: scenario, seed: 1), BuyAndHold(leverage: 1, weights: .equal, rebalance: false, band: 0),
      paths: 1, groups: 1)[0]
    #expect(abs(row[.halfSpread, .calm] - 2) < 1e-9)
    #expect(abs(row[.fees, .calm] - 1) < 2e-3)
    #expect(abs(row[.finalEquity] - 997) < 2e-3)
    #expect(abs(row[.shortfall] - 3) < 2e-3)
  }

  /// Planted mistake: a cap per order.
  @Test("never fills more than the participation cap of a step's volume")
  func capHolds() throws {
    let market = try stressedMarket(latency: 20, participation: 0.02)
    var worst = 0.0
    _ = outcomes(
      market, Restless(leverage: 8), rules: [StopLoss(loss: 0.005, coolDown: .steps(3))], equity: 2e6, paths: 64,
      groups: 8
    ) { tile, desk in
      guard tile.step >= 0 else { return }
      for path in 0..<64 {
        var traded = [0.0, 0.0]
        for fill in desk.fills(path: path) where fill.reason == .order || fill.reason == .stop {
          traded[fill.asset] += abs(fill.quantity)
        }
        for asset in 0..<2 {
          let volume = tile.bars[asset * 8 + path / Lanes.count].volume[path % Lanes.count]
          worst = max(worst, traded[asset] / (0.02 * volume))
        }
      }
    }
    #expect(worst > 0.999 && worst <= 1 + 1e-9, "worst share of the cap: \(worst)")
  }
}
