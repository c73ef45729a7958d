import Lanes

extension Order {
  /// An order that fills at the arrival mid, as far as the participation cap lets it; the rest is cancelled at the close.
  ///
  /// - Parameters:
  ///   - quantity: signed; 0 on paths without an order.
  ///   - price: the mid at which it was decided.
  ///   - reason: what it is for.
  @inline(__always)
  package static func market(_ quantity: Lanes, decidedAt price: Lanes, for reason: Fill.Reason = .order) -> Order {
    Order(quantity: quantity, decisionPrice: price, rests: false, reason: reason)
  }
}
