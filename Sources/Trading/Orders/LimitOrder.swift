import Lanes

extension Order {
  /// An order that trades at its limit or better: it buys at or under it and sells at or over it. From its arrival to the
  /// close of that step it waits for the mid to reach the limit, and fills there, or at the first price that is better; it
  /// never pays beyond the limit, whatever half-spread and impact would be. What isn't filled was wanted still.
  ///
  /// Not modelled: its place in the queue; whoever waits at a price is served when the mid reaches it.
  ///
  /// - Parameters:
  ///   - quantity: signed; 0 on paths without an order.
  ///   - limit: the worst price, in quote currency.
  ///   - price: the mid at which it was decided.
  @inline(__always)
  package static func limit(_ quantity: Lanes, at limit: Lanes, decidedAt price: Lanes) -> Order {
    Order(
      quantity: quantity, decisionPrice: price, trigger: limit, waitsForFall: quantity .> 0, limit: limit, rests: true,
      reason: .order)
  }
}
