import Documents

extension Node {
  /// A number or a text as it was written; the text of a distribution; nil for anything else.
  var valueText: String? {
    switch content {
    case .number(_, let text): text
    case .string(let text): text
    case .bool(let value): "\(value)"
    default: distributionText
    }
  }

  /// A distribution in words, such as `low 0.03, typical 0.08, high 0.25`.
  private var distributionText: String? {
    guard let members else { return nil }
    let names = members.map(\.name)
    if names == ["between"], let ends = members[0].value.elements, ends.count == 2,
      let low = ends[0].valueText, let high = ends[1].valueText
    {
      return "between \(low) and \(high)"
    }
    if Set(names) == ["low", "typical", "high"] { return Self.words(members) }
    if names.count == 1, Node.distributions.contains(names[0]), let inner = members[0].value.members {
      return "\(names[0]): \(Self.words(inner))"
    }
    return nil
  }

  /// Tags of distributions that are one object in another.
  private static let distributions: Set<String> = ["normal", "lognormal", "exponential", "beta", "oneOf"]

  private static func words(_ members: [Member]) -> String {
    members.map { "\($0.name) \($0.value.valueText ?? "…")" }.joined(separator: ", ")
  }

  /// Every value of a tree with its pointer, in the order of the document; distributions are one value.
  func values(under pointer: String = "") -> [(pointer: String, text: String)] {
    if let valueText { return [(pointer, valueText)] }
    if let members {
      return members.flatMap { $0.value.values(under: pointer + "/" + JSONPointer.escape($0.name)) }
    }
    return (elements ?? []).enumerated().flatMap { $1.values(under: "\(pointer)/\($0)") }
  }

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
