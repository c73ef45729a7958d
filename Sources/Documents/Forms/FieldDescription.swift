/// What a field takes, in words: the rows of `stresslab list` and of the reference docs.
package struct FieldDescription: Sendable, Hashable {
  /// The key.
  package let name: String
  /// What kind of value it takes.
  package let type: FieldType
  /// The default as JSON; nil when there is none.
  package let defaultValue: JSONValue?
  /// Whether the key must be there.
  package let isRequired: Bool
  /// What it means.
  package let summary: String
}

/// The kind of value that a field takes, in words.
package struct FieldType: Sendable, Hashable {
  /// `number`, `duration`, `name of an asset`, …
  package var name: String
  /// The unit; empty when there is none.
  package var unit: String
  /// The legal range in words; empty when everything is legal.
  package var range: String
  /// Whether a distribution may stand here, drawn once per path.
  package var mayBeDrawn: Bool
  /// The fields of a nested object.
  package var fields: [FieldDescription]

  /// A kind of value in words.
  package init(
    _ name: String, unit: QuantityUnit = .none, range: String = "", mayBeDrawn: Bool = false,
    fields: [FieldDescription] = []
  ) {
    self.name = name
    self.unit = unit.text
    self.range = range
    self.mayBeDrawn = mayBeDrawn
    self.fields = fields
  }

  /// The kind of a scalar.
  package init(_ scalar: Scalar, mayBeDrawn: Bool = false) {
    self.init(
      scalar.type, unit: scalar.type == "duration" ? .none : scalar.unit, range: scalar.toldRange.text(scalar.format),
      mayBeDrawn: mayBeDrawn)
  }
}

extension FieldDescription {
  /// The field and, one step in, the fields below it: `recovery`, `recovery/halfLife`.
  func flattened(under prefix: String = "") -> [(path: String, field: FieldDescription)] {
    [(prefix + name, self)] + type.fields.flatMap { $0.flattened(under: prefix + name + "/") }
  }

  /// The meaning with unit and drawing, as the schema's `description`.
  var schemaText: String {
    let unit = type.unit.isEmpty ? "" : " (\(type.unit))"
    return "\(summary)\(unit)\(type.mayBeDrawn ? "; may be drawn per path" : "")"
  }
}
