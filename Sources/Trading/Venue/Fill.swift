import Lanes

/// What the venue did with an order on eight paths: the one record that flows from the venue to the account, the cost
/// ledger and the trace.
package struct Fill: Sendable {
  /// Why the desk traded.
  package enum Reason: String, Sendable, Hashable, Codable, CaseIterable {
    /// The agent's decision.
    case order
    /// A resting stop that the price has touched.
    case stop
    /// The desk's ruin: everything is sold by force.
    case liquidation
    /// A short position that is bought back by force, since what was lent is recalled.
    case recall
    /// The horizon.
    case closeOut

    /// Whether the participation cap counts: nobody waits with a forced sale, nor at the horizon.
    @inline(__always)
    var isCapped: Bool {
      switch self {
      case .order, .stop: true
      case .liquidation, .recall, .closeOut: false
      }
    }

    /// Whether it counts among the desk's orders.
    @inline(__always)
    var isOrder: Bool { isCapped }

    /// Whether all that it costs is a forced sale's.
    @inline(__always)
    package var isForced: Bool {
      switch self {
      case .liquidation, .recall: true
      case .order, .stop, .closeOut: false
      }
    }

    /// The term under which the way from the decision price to the mid at the fill is booked.
    @inline(__always)
    var slipTerm: CostTerm {
      switch self {
      case .stop: .drift
      case .order, .liquidation, .recall, .closeOut: .delay
      }
    }
  }

  /// Index of the asset.
  package let asset: Int
  /// Index of the lane group.
  package let group: Int
  /// Signed quantity that was asked for; 0 where nothing was.
  package let wanted: Lanes
  /// Signed quantity that was filled, between 0 and `wanted`.
  package let quantity: Lanes
  /// The unaffected mid at the fill.
  package let mid: Lanes
  /// What was paid or received per unit, all of half-spread and impact in it, fees apart; at least 0 unless prices may be
  /// negative.
  package let price: Lanes
  /// The unaffected mid when it was decided: the close, or the stop's or forced sale's level.
  package let decisionPrice: Lanes
  /// Half-spread in quote currency, at least 0.
  package let halfSpread: Lanes
  /// The desk's own pressure in quote currency: q·(price − mid) less the half-spread.
  package let impact: Lanes
  /// The venue's fee in quote currency, at least 0.
  package let fee: Lanes
  /// What a unit counts as where prices may be negative, the starting price; nil: its price.
  package let reference: Double?
  /// Why.
  package let reason: Reason

  /// What a unit counts as in notionals, by the decision price.
  @inline(__always)
  var decisionValue: Lanes { reference.map { Lanes($0) } ?? decisionPrice }

  /// The same, of an order that asked for more than the venue took.
  func wanting(_ wanted: Lanes) -> Fill {
    Fill(
      asset: asset, group: group, wanted: wanted, quantity: quantity, mid: mid, price: price,
      decisionPrice: decisionPrice, halfSpread: halfSpread, impact: impact, fee: fee, reference: reference,
      reason: reason)
  }
}

/// A fill on one path, for the explanation of a replayed path.
package struct PathFill: Sendable, Hashable {
  /// Index of the asset.
  package let asset: Int
  /// Signed quantity.
  package let quantity: Double
  /// The unaffected mid at the fill.
  package let mid: Double
  /// Price paid, all of half-spread and impact in it.
  package let price: Double
  /// The unaffected mid when it was decided: the close, or the stop's or liquidation's level.
  package let decisionPrice: Double
  /// Half-spread in quote currency.
  package let halfSpread: Double
  /// The desk's own pressure in quote currency.
  package let impact: Double
  /// The venue's fee in quote currency.
  package let fee: Double
  /// Why.
  package let reason: Fill.Reason

  /// One lane of a fill; nil where nothing was filled.
  init?(_ fill: Fill, lane: Int) {
    guard fill.quantity[lane] != 0 else { return nil }
    asset = fill.asset
    quantity = fill.quantity[lane]
    mid = fill.mid[lane]
    price = fill.price[lane]
    decisionPrice = fill.decisionPrice[lane]
    halfSpread = fill.halfSpread[lane]
    impact = fill.impact[lane]
    fee = fill.fee[lane]
    reason = fill.reason
  }
}
