/// What happened to one desk: its figures and its fans, one object in `summary.json`.
@dynamicMemberLookup
package struct DeskSummary: Codable, Sendable, Equatable {
  package let figures: DeskFigures
  /// By quantity.
  package let fans: Fans

  package init(_ figures: DeskFigures, fans: Fans) {
    self.figures = figures
    self.fans = fans
  }

  package init(from decoder: any Decoder) throws {
    figures = try DeskFigures(from: decoder)
    fans = try Fans(FanQuantities.ofDesks, from: decoder)
  }

  package func encode(to encoder: any Encoder) throws {
    try figures.encode(to: encoder)
    try fans.encode(to: encoder)
  }

  /// A figure.
  package subscript<Value>(dynamicMember figure: KeyPath<DeskFigures, Value>) -> Value { figures[keyPath: figure] }

  /// A fan, nil where the quantity was not counted.
  package subscript(quantity: FanQuantity) -> Fan? { fans[quantity] }
}
