import Lanes

/// A fill on one path, for the explanation of a replayed path.
package struct Fill: Sendable, Hashable {
  /// Why the desk traded.
  package enum Reason: String, Sendable, Hashable, Codable {
    case order, stop, liquidation, closeOut
  }

  /// Index of the asset.
  package let asset: Int
  /// Signed quantity.
  package let quantity: Double
  /// Price paid, all of half-spread and impact in it.
  package let price: Double
  /// The unaffected mid when it was decided: the close, or the stop's or liquidation's level.
  package let decisionPrice: Double
  /// Why.
  package let reason: Reason
}

/// Fills of one lane group in one step, kept only while a single path is replayed.
struct GroupFill {
  let group: Int
  let asset: Int
  let quantity: Lanes
  let price: Lanes
  let decisionPrice: Lanes
  let reason: Fill.Reason
}
