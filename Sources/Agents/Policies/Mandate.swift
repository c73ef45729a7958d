import Documents

/// How far a trained agent may go.
package struct Mandate: Sendable, Hashable {
  /// Gross leverage L that its largest action stands for; above 0.
  package let leverage: Double
  /// Whether it may sell short.
  package let short: Bool
  /// Change of an asset's weight up to which it leaves the position as it is; at least 0.
  package let deadBand: Double

  /// States a mandate.
  package init(leverage: Double, short: Bool = true, deadBand: Double = 0) {
    self.leverage = leverage
    self.short = short
    self.deadBand = deadBand
  }

  /// The fields in documents.
  package static let form = Form(
    Field("leverage", .number(.factor, in: .above(0, atMost: 10_000)), "gross leverage at its largest action"),
    Field("short", .boolean, default: true, "whether it may sell short"),
    Field(
      "deadBand", .number(.factor, in: .between(0, 1000)), default: 0,
      "change of an asset's weight up to which it leaves the position as it is"),
    make: Mandate.init)

  /// As it is written.
  package var json: JSONValue {
    ["leverage": .number(leverage), "short": .bool(short), "deadBand": .number(deadBand)]
  }
}
