/// A position that an account holds at t = 0 already, whatever the agent is.
///
/// It is marked at the asset's price at t = 0, as every position is at a close: what it has gained or lost since it was
/// bought is part of the starting equity. Its entry price is what rules count from that watch a position's own loss.
package struct OpeningPosition: Sendable, Hashable {
  /// Signed, in the asset's units; 0 where none is held.
  package let quantity: Double
  /// Quote currency, above 0.
  package let entryPrice: Double
  /// Whether it stands for an order to trade its opposite. One to buy is carried as a short position, of which nothing was
  /// ever borrowed or sold.
  package let isOrder: Bool

  /// A position, bought or sold short at a price.
  package init(quantity: Double, entryPrice: Double, isOrder: Bool = false) {
    self.quantity = quantity
    self.entryPrice = entryPrice
    self.isOrder = isOrder
  }
}
