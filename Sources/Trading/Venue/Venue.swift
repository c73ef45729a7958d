import Lanes
import MarketData
import Markets

/// What a venue asks of those who trade on it, as fractions and by the step.
package struct Venue: Sendable {
  /// Fee on the traded notional, a fraction.
  package let takerFee: Double
  /// Fee on the notional that the venue sells by force, a fraction, on top of the taker's fee.
  package let liquidationFee: Double
  /// Smallest equity over gross notional that a new position may have.
  package let initialMargin: Double
  /// Liquidation at equity ≤ this × gross notional, at traded prices X·(1 + I).
  package let maintenanceMargin: Double
  /// Largest share of a step's volume that the desk may take.
  package let maximumParticipation: Double
  /// What a step leaves of an asset's impact, 2^(−step / refill half-life); by asset.
  package let impactKept: [Double]
  /// Interest on borrowed cash for one step, a fraction.
  package let financingPerStep: Double
  /// What a long position pays, and a short one gets, in one step, a fraction of its value at the close.
  package let fundingPerStep: Double
  /// Fee on the value of short positions for one step, a fraction.
  package let borrowFeePerStep: Double
  /// Years in a step.
  package let yearsPerStep: Double

  /// The venue that a market's file describes.
  package init(_ market: MarketDescription) {
    let terms = market.venue
    takerFee = terms.takerFeeBps * 1e-4
    liquidationFee = terms.liquidationFeeBps * 1e-4
    initialMargin = terms.initialMargin
    maintenanceMargin = terms.maintenanceMargin
    maximumParticipation = terms.maximumParticipation
    impactKept = market.liquidity.map { TradingSpan.seconds($0.refillHalfLifeSeconds).keptPerStep(market.clock) }
    yearsPerStep = market.clock.years(1)
    financingPerStep = terms.annualFinancingRate * yearsPerStep
    // Three times eight hours a day of the calendar; where the market closes, its steps bear the nights too.
    fundingPerStep = terms.fundingPer8Hours * (3 * 365) * yearsPerStep
    borrowFeePerStep = terms.annualBorrowFee * yearsPerStep
  }

  /// A venue by its terms, as fractions.
  package init(
    takerFee: Double, liquidationFee: Double, initialMargin: Double, maintenanceMargin: Double,
    maximumParticipation: Double, impactKept: [Double], financingPerStep: Double, fundingPerStep: Double = 0,
    borrowFeePerStep: Double = 0, yearsPerStep: Double = 0
  ) {
    self.takerFee = takerFee
    self.liquidationFee = liquidationFee
    self.initialMargin = initialMargin
    self.maintenanceMargin = maintenanceMargin
    self.maximumParticipation = maximumParticipation
    self.impactKept = impactKept
    self.financingPerStep = financingPerStep
    self.fundingPerStep = fundingPerStep
    self.borrowFeePerStep = borrowFeePerStep
    self.yearsPerStep = yearsPerStep
  }

  /// Whether positions pay for being held.
  var hasCarry: Bool { fundingPerStep != 0 || borrowFeePerStep != 0 }
}
