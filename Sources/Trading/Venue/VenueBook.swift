import Lanes
import Markets

/// The book of one asset on eight paths: what the orders that were filled in it have done to its price.
///
/// Impact is Obizhaeva–Wang's: a state I, a fraction of the mid, that decays with the refill half-life. A fill of signed
/// quantity q pays p = X·(1 + I + ½κq + sgn(q)·h), never under 0, and moves I by κq, κ = 0.01/depth. When depth recovers
/// I is scaled by min(1, κ_new/κ_old): otherwise a round trip inside a crash would earn money. Where prices may be negative the
/// fractions are of the starting price S₀: p = X + S₀·(I + ½κq + sgn(q)·h), of any sign, and fees are on |q|·S₀.
/// Sources: Obizhaeva & Wang (2013), Journal of Financial Markets 16(1), section 3; Fruth, Schöneborn & Urusov (2014),
/// Mathematical Finance 24(4), on depth that changes in time. Between two fills inside one step impact does not decay.
package struct VenueBook: Sendable {
  /// I: the pressure of past fills on the price, as a fraction of the mid, or of the starting price.
  package private(set) var impact = Lanes.zero
  /// Quantity traded in the present step, which the participation cap counts.
  private(set) var tradedInStep = Lanes.zero

  /// An untouched book.
  package init() {}

  /// Whether past fills still press on the price, on any of the paths.
  var isPressed: Bool { (impact .!= 0).isAny }

  /// Lets a step pass: impact decays and follows the depth; the participation cap starts anew.
  ///
  /// - Parameter depth: the step's depth, and what the step leaves of impact.
  @inline(__always)
  package mutating func begin(_ depth: BookDepth) {
    let decayed = impact * (depth.relief * depth.kept)
    // What is left of old impact ends at 0, rather than in numbers too small for the processor to be fast with.
    impact = select(abs(decayed) .< 1e-18, .zero, decayed)
    tradedInStep = .zero
  }

  /// Fills an order at a mid, and lets it press on the price.
  ///
  /// - Parameters:
  ///   - order: what is asked; its quantity is 0 on paths where nothing is.
  ///   - mid: the unaffected mid at the fill.
  ///   - bar: the step in which it happens: half-spread, and the volume that the participation cap is a share of.
  ///   - depth: the step's depth.
  ///   - terms: the venue's cap.
  ///   - feeRate: fee on the notional, a fraction.
  ///   - reference: what a unit counts as where prices may be negative; nil: its price.
  @inline(__always)
  package mutating func fill(
    _ order: Order, mid: Lanes, _ bar: AssetStep, _ depth: BookDepth, _ terms: Venue, feeRate: Lanes, asset: Int,
    group: Int, reference: Double? = nil
  ) -> Fill {
    var quantity = order.quantity
    if order.reason.isCapped {
      let room = max(.zero, fma(bar.volume, Lanes(terms.maximumParticipation), -tradedInStep))
      quantity = min(max(quantity, -room), room)
    }
    if order.limit != nil { quantity = select(order.mayFill, quantity, .zero) }
    let size = abs(quantity)
    let pressure = fma(depth.impactPerUnit * 0.5, quantity, impact)
    let side = copySign(of: quantity, to: bar.halfSpread)
    var price: Lanes
    var spreadCost: Lanes
    if let reference {
      price = fma(pressure + side, reference, mid)
      spreadCost = size * reference * bar.halfSpread
    } else {
      price = max(.zero, mid * (pressure + side + 1.0))
      spreadCost = size * mid * bar.halfSpread
    }
    if let limit = order.limit {
      price = select(quantity .> 0, min(price, limit), max(price, limit))
      spreadCost = max(.zero, min(spreadCost, quantity * (price - mid)))
    }
    let impactCost = fma(quantity, price - mid, -spreadCost)
    impact = fma(depth.impactPerUnit, quantity, impact)
    tradedInStep += size
    return Fill(
      asset: asset, group: group, wanted: order.quantity, quantity: quantity, mid: mid, price: price,
      decisionPrice: order.decisionPrice, halfSpread: spreadCost, impact: impactCost,
      fee: size * (reference.map { Lanes($0) } ?? price) * feeRate, reference: reference, reason: order.reason)
  }
}
