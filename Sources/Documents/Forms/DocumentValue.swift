/// One value of a document in words: what a report says of it.
package struct DocumentValue: Sendable, Hashable {
  /// JSON pointer from where the telling began; empty for that place itself.
  package let pointer: String
  /// The value as it was written; a distribution in words.
  package let text: String
  /// What it counts; empty for a text, a pure number, or a duration, which says its unit itself.
  package let unit: String

  /// A value in words.
  package init(pointer: String = "", text: String, unit: String = "") {
    self.pointer = pointer
    self.text = text
    self.unit = unit
  }

  /// The same value, seen from the object or array around it.
  func under(_ key: String) -> DocumentValue {
    DocumentValue(pointer: "/\(JSONPointer.escape(key))\(pointer)", text: text, unit: unit)
  }
}

extension Node {
  /// Every number, text and truth value at and below the node as it was written, in the order of the document.
  package func values(unit: String = "") -> [DocumentValue] {
    switch content {
    case .number(_, let text): [DocumentValue(text: text, unit: unit)]
    case .string(let text): [DocumentValue(text: text, unit: unit)]
    case .bool(let value): [DocumentValue(text: "\(value)")]
    case .array(let elements):
      elements.enumerated().flatMap { index, node in
        node.values(unit: unit).map { $0.under("\(index)") }
      }
    case .object(let members):
      members.flatMap { member in
        member.value.values(unit: unit).map { $0.under(member.name) }
      }
    case .null, .invalid: []
    }
  }
}
