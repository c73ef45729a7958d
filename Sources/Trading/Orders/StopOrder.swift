import Lanes

extension Order {
  /// An order that waits until the price has moved against it as far as its trigger, and then fills like a market order:
  /// at the trigger, or at the first price beyond it. It sells when the price falls and buys when it rises.
  ///
  /// Placed by a rule it protects a position and stands until the position is gone; asked for by an agent it lives to the
  /// close of the step in which it arrives.
  ///
  /// - Parameters:
  ///   - quantity: signed; 0 on paths without an order.
  ///   - trigger: the price that it waits for; what it does is judged by that price.
  @inline(__always)
  package static func stop(_ quantity: Lanes, at trigger: Lanes) -> Order {
    Order(
      quantity: quantity, decisionPrice: trigger, trigger: trigger, waitsForFall: quantity .< 0, rests: true,
      reason: .stop)
  }
}
