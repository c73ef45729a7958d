import Lanes
import MarketData
import Markets

/// The book that fills a desk's orders: half-spread, linear impact with resilience, participation cap, fee.
///
/// Impact is Obizhaeva–Wang's: a state I, a fraction of the mid, that decays with the refill half-life. A fill of signed
/// quantity q pays p = X·(1 + I + ½κq + sgn(q)·h), never under 0, and moves I by κq, κ = 0.01/depth. When depth recovers
/// I is scaled by min(1, κ_new/κ_old): otherwise a round trip inside a crash would earn money.
/// Sources: Obizhaeva & Wang (2013), Journal of Financial Markets 16(1), section 3; Fruth, Schöneborn & Urusov (2014),
/// Mathematical Finance 24(4), on depth that changes in time. Between two fills inside one step impact does not decay.
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

  /// The venue that a market's file describes.
  package init(_ market: MarketDescription) {
    let terms = market.venue
    takerFee = terms.takerFeeBps * 1e-4
    liquidationFee = terms.liquidationFeeBps * 1e-4
    initialMargin = terms.initialMargin
    maintenanceMargin = terms.maintenanceMargin
    maximumParticipation = terms.maximumParticipation
    impactKept = market.liquidity.map { StepSpan.seconds($0.refillHalfLifeSeconds).keptPerStep(market.clock) }
    financingPerStep = terms.annualFinancingRate * market.clock.years(1)
  }

  /// A venue by its terms, as fractions.
  package init(
    takerFee: Double, liquidationFee: Double, initialMargin: Double, maintenanceMargin: Double,
    maximumParticipation: Double, impactKept: [Double], financingPerStep: Double
  ) {
    self.takerFee = takerFee
    self.liquidationFee = liquidationFee
    self.initialMargin = initialMargin
    self.maintenanceMargin = maintenanceMargin
    self.maximumParticipation = maximumParticipation
    self.impactKept = impactKept
    self.financingPerStep = financingPerStep
  }

  /// Lets a step pass: impact decays and follows the depth; the participation cap starts anew.
  @inline(__always)
  package func begin(_ position: inout AccountTile.Position, asset: Int, depth: Lanes) {
    let impactPerUnit = 0.01 / depth
    let relief = min(Lanes.one, impactPerUnit / position.impactPerUnit)
    // κ of an asset that was never traded is 0, and 0 impact stays 0 whatever the factor.
    let kept = select(position.impactPerUnit .> 0, relief, .one)
    let impact = position.impact * impactKept[asset] * kept
    // What is left of old impact ends at 0, rather than in numbers too small for the processor to be fast with.
    position.impact = select(abs(impact) .< 1e-18, .zero, impact)
    position.impactPerUnit = impactPerUnit
    position.tradedInStep = .zero
    position.stoppedInStep = .none
  }

  /// Fills a signed quantity at the mid `mid`, changes account and position, and returns what it cost.
  ///
  /// - Parameters:
  ///   - wanted: signed quantity, 0 where nothing is asked.
  ///   - volume: the step's volume for the participation cap; nil for forced sales and the close-out, which have none.
  /// - Returns: the quantity filled, and half-spread, impact and fee in quote currency.
  @inline(__always)
  package func fill(
    _ wanted: Lanes, mid: Lanes, halfSpread: Lanes, volume: Lanes?, feeRate: Lanes,
    _ position: inout AccountTile.Position, _ account: inout AccountTile.Account
  ) -> (quantity: Lanes, halfSpread: Lanes, impact: Lanes, fee: Lanes) {
    var quantity = wanted
    if let volume {
      let room = max(.zero, fma(volume, Lanes(maximumParticipation), -position.tradedInStep))
      quantity = min(max(wanted, -room), room)
    }
    let size = abs(quantity)
    let pressure = fma(position.impactPerUnit * 0.5, quantity, position.impact)
    let side = copySign(of: quantity, to: halfSpread)
    let price = max(.zero, mid * (pressure + side + 1.0))
    let spreadCost = size * mid * halfSpread
    let impactCost = fma(quantity, price - mid, -spreadCost)
    let fee = size * price * feeRate

    let before = position.quantity
    let after = before + quantity
    let grows = (before * quantity) .>= 0
    let flips = (before * after) .< 0
    let averaged = (abs(before) * position.entryPrice + size * price) / max(abs(after), 1e-300)
    var entry = select(grows, averaged, position.entryPrice)
    entry.replace(with: price, where: flips)
    position.entryPrice = select(size .> 0, entry, position.entryPrice)
    position.quantity = after
    position.impact = fma(position.impactPerUnit, quantity, position.impact)
    position.tradedInStep += size
    account.cash = account.cash - quantity * price - fee
    return (quantity, spreadCost, impactCost, fee)
  }
}
