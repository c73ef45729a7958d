import MarketData
import Markets
import Randomness
import Statistics
import Trading

/// A fall whose end is known to the path: who has bought with borrowed money in a still market is called by the venue where
/// the fall goes further than the margin reaches, and has paid for the purchase what the book and the venue ask.
///
/// With leverage L, maintenance margin m and a purchase that costs the fraction c of its notional, equity is the margin at the
/// price (1 + c − 1/L)/(1 − m) of the start; the depth of the fall is uniform, so the share of deeper ones is known. c is the
/// half-spread, half of the price's move by the order itself, κq/2, and the fee (docs/definitions.md).
package struct KnownFall: Codable, Sendable, Equatable {
  /// The share of paths on which the venue closed the account, with an interval that misses the truth in one run of a thousand.
  package let called: Estimate
  /// What the margin's formula says of the law of the depths.
  package let expected: Double
  /// What buying cost, in basis points of its notional, in the mean over paths.
  package let costBps: Double

  /// Gross leverage of the holder.
  package static let leverage = 4.0
  /// The venue's maintenance margin, of the position.
  package static let margin = 0.05
  /// The least and the largest depth of the fall, fractions of price.
  package static let depths = 0.1...0.3
  /// Half of the spread, what half of the order's own impact is, and the fee: basis points.
  package static let (halfSpreadBps, impactBps, feeBps) = (2.0, 5.0, 1.0)
  /// What buying costs, basis points of its notional.
  package static let expectedCostBps = halfSpreadBps + impactBps + feeBps

  /// The fall that leaves just the margin, a fraction of price.
  package static let deepest = 1 - (1 + expectedCostBps * 1e-4 - 1 / leverage) / (1 - margin)

  /// What a run says of it.
  package init(called: Estimate, expected: Double, costBps: Double) {
    self.called = called
    self.expected = expected
    self.costBps = costBps
  }

  /// Whether the formula's share lies in the interval, and the cost is the book's: the price moves by a hundred-millionth by
  /// itself, which is less than a thousandth of a basis point.
  package var isMet: Bool {
    (called.low ?? .infinity) <= expected && expected <= (called.high ?? -.infinity)
      && abs(costBps - Self.expectedCostBps) < 1e-3
  }

  /// Lives through it.
  ///
  /// - Throws: nothing for any seed; the market is stated here.
  package init(seed: UInt64) throws {
    let (minute, price, equity) = (60.0, 100.0, 1e6)
    let bought = Self.leverage * equity / price
    let clock = try Clock(
      calendar: .continuous(), step: 5 * minute, length: 240 * minute, warmup: 0,
      start: CalendarDay(daysSince1970: 19_723), substeps: 1)
    // The book refills within seconds, so that nothing of the purchase is left when the fall begins.
    let liquidity = Liquidity(
      halfSpreadBps: Self.halfSpreadBps, volumePerDay: 1e15, depthTo1Percent: 0.01 * bought / (2e-4 * Self.impactBps),
      refillHalfLifeSeconds: 1, volumeVolatility: 0, spreadVolumeElasticity: 0)
    let fall = FlashCrash(
      asset: "A", start: .between(60 * minute, 120 * minute),
      drop: .between(Self.depths.lowerBound, Self.depths.upperBound),
      fall: FlashCrash.Fall(duration: .fixed(10 * minute)),
      recovery: FlashCrash.Recovery(fraction: .fixed(0), halfLife: .fixed(60 * minute)))
    let scenario = Scenario(
      title: "A known fall", clock: clock, assets: [AssetTerms(name: "A", price: price, liquidity: liquidity)],
      movement: .processes(
        [GeometricBrownianMotion(annualDrift: .fixed(0), annualVolatility: .fixed(1e-6))], GaussianDependence()),
      venue: VenueTerms(
        takerFeeBps: Self.feeBps, initialMargin: 0.1, maintenanceMargin: Self.margin, liquidationFeeBps: 0,
        maximumParticipation: 1, latencySeconds: 0, annualFinancingRate: 0), events: [NamedEvent("fall", fall)])
    let rows = try HolderRun(
      scenario: scenario, leverage: Self.leverage, startEquity: equity,
      ruin: RuinTerms(equityBelow: 0, monitored: .withinStep)
    ).outcomes(seed: seed)
    // What is paid before the fall's window opens is paid for the purchase.
    let costs = rows.map { row in
      let paid = row[.halfSpread, .calm] + row[.impact, .calm] + row[.fees, .calm]
      return 1e4 * paid / row[.filled, .calm]
    }
    let range = Self.depths.upperBound - Self.depths.lowerBound
    self.init(
      called: Proportion(rows.count { $0.cause == .liquidation }, of: rows.count)
        .clopperPearson(confidence: KnownCase.confidence),
      expected: (Self.depths.upperBound - Self.deepest) / range,
      costBps: costs.reduce(0, +) / Double(costs.count))
  }
}
