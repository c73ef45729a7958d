/// A model, or a part of one, with parameters that a document may leave to chance: its form declares each of them once.
///
/// ```swift
/// package static let form = ModelForm<Self>(
///   ModelField(\.annualDrift, "annualDrift", .draw(.perYear), default: .fixed(0), "drift of the price"),
///   ModelField(\.annualVolatility, "annualVolatility", .draw(.perSquareRootYear), "volatility of the log price"),
///   make: { GeometricBrownianMotion(annualDrift: $0, annualVolatility: $1) })
/// ```
///
/// From this come reading, the schema, the listing, the JSON pointer, the name of the stream, the unit, and in the model's
/// state `drawn.annualDrift`: the drift of every path of a tile.
package protocol Parametric: Sendable {
  /// The fields in documents.
  static var form: ModelForm<Self> { get }
}

extension Parametric {
  /// The field that fills a property, for messages.
  package static func field(_ property: PartialKeyPath<Self>) -> String { form.name(of: property) }
}
