import Trading

/// A fill of a desk on one path.
package struct Trade: Codable, Sendable, Equatable {
  /// Close of the step in which it filled, in seconds since t = 0.
  package let seconds: Double
  /// The asset's name.
  package let asset: String
  /// Units, negative when sold; never 0.
  package let quantity: Double
  /// Paid or received per unit in quote currency, half-spread and impact in it, fees apart.
  package let price: Double
  /// The unaffected mid when it was decided; of a stop or a forced sale, its level.
  package let midAtDecision: Double
  /// Why it was made.
  package let reason: Fill.Reason

  /// Made when the path is replayed.
  package init(
    seconds: Double, asset: String, quantity: Double, price: Double, midAtDecision: Double, reason: Fill.Reason
  ) {
    self.seconds = seconds
    self.asset = asset
    self.quantity = quantity
    self.price = price
    self.midAtDecision = midAtDecision
    self.reason = reason
  }
}
