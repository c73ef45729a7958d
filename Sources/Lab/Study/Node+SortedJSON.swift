import Documents

extension Node {
  /// The tree as JSON with sorted keys: the same for documents that say the same.
  var sortedJSON: JSONValue {
    switch content {
    case .null, .invalid: .null
    case .bool(let value): .bool(value)
    case .number(let value, _): .number(value)
    case .string(let text): .string(text)
    case .array(let elements): .array(elements.map(\.sortedJSON))
    case .object(let members):
      .object(members.sorted { $0.name < $1.name }.map { JSONMember($0.name, $0.value.sortedJSON) })
    }
  }
}
