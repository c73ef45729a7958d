/// What the names in a dictionary are.
package enum NameRule: Sendable {
  /// New names: not empty, without slashes or what steers a terminal (`PrintableText`).
  case new
  /// New names that references to this kind of thing may use from here on; not those that stand for something else
  /// already, by name with what that is.
  case declaring(String, reserved: [String: String] = [:])
  /// Names of things of this kind that the document has declared.
  case of(String)
  /// Anything.
  case anything

  var pattern: String? {
    if case .anything = self {
      nil
    } else {
      #"^[^/\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+$"#
    }
  }

  func isLegal(_ member: Node.Member, in node: Node, _ reading: Reading) -> Bool {
    func report(_ message: String) { reading.report(message, at: member, of: node) }
    switch self {
    case .anything: return true
    case .of(let kind): return reading.resolve(member.name, kind, report: report)
    case .new, .declaring:
      if member.name.isEmpty {
        report("a name must not be empty")
      } else if member.name.unicodeScalars.contains(where: { $0 == "/" || PrintableText.controls($0) }) {
        report("a name must not contain slashes or control characters")
      } else if case .declaring(_, let reserved) = self, let meaning = reserved[member.name] {
        report("\(quoted(member.name)) stands for \(meaning): choose another name")
      } else {
        return true
      }
      return false
    }
  }
}

extension FieldKind {
  /// Something that may be left out.
  package static func optional<Wrapped>(_ kind: FieldKind<Wrapped>) -> FieldKind where Value == Wrapped? {
    FieldKind(
      kind.type, schema: kind.schema, json: { $0.flatMap(kind.json) }, absent: { _, _ in .some(nil) },
      values: kind.values
    ) {
      kind.read($0, $1).map(Optional.some)
    }
  }

  /// An array.
  package static func list<Element>(_ element: FieldKind<Element>, count: ClosedRange<Int> = 0...Int.max) -> FieldKind
  where Value == [Element] {
    var type = element.type
    type.name = "list of \(element.type.name)"
    return FieldKind(
      type, schema: { .array(of: element.schema($0), count: count) },
      json: { list in
        let values = list.compactMap(element.json)
        return values.count == list.count ? .array(values) : nil
      },
      values: { node in
        (node.elements ?? []).enumerated().flatMap { index, node in
          element.values(node).map { $0.under("\(index)") }
        }
      }
    ) { node, reading in
      guard let elements = node.elements else {
        reading.report(expected: "an array", at: node)
        return nil
      }
      guard count.contains(elements.count) else {
        let wanted =
          count.upperBound == .max
          ? "at least \(count.lowerBound)"
          : count.lowerBound == count.upperBound ? "\(count.lowerBound)" : "\(count.lowerBound)…\(count.upperBound)"
        reading.report(
          "expected \(wanted) element\(wanted.hasSuffix(" 1") || wanted == "1" ? "" : "s"), found \(elements.count)",
          at: node)
        return nil
      }
      return complete(elements.map { element.read($0, reading) })
    }
  }

  /// Things by name, sorted by name.
  package static func named<Element>(
    _ element: FieldKind<Element>, names rule: NameRule = .new, count: ClosedRange<Int> = 0...Int.max
  ) -> FieldKind where Value == Named<Element> {
    var type = element.type
    type.name = "\(element.type.name) by name"
    return FieldKind(
      type,
      schema: { definitions in
        let schema = JSONSchema.dictionary(of: element.schema(definitions).orExtension, names: rule.pattern)
        let bounded = count.lowerBound > 0 ? schema.with("minProperties", .integer(count.lowerBound)) : schema
        return count.upperBound < .max ? bounded.with("maxProperties", .integer(count.upperBound)) : bounded
      },
      json: { $0.isEmpty ? .object([]) : nil },
      values: { node in
        (node.members ?? []).flatMap { member in element.values(member.value).map { $0.under(member.name) } }
      }
    ) { node, reading in
      guard let members = node.members else {
        reading.report(expected: "an object", at: node)
        return nil
      }
      if case .declaring(let kind, let reserved) = rule {
        reading.declare(kind, members.map(\.name).sorted(), reserved: reserved)
      }
      let legal = members.map { rule.isLegal($0, in: node, reading) }
      guard count.contains(members.count) else {
        reading.report(
          members.count < count.lowerBound
            ? "expected at least \(count.lowerBound) member\(count.lowerBound == 1 ? "" : "s"), found \(members.count)"
            : "expected at most \(count.upperBound) members, found \(members.count)", at: node)
        return nil
      }
      guard let values = complete(members.map { element.read($0.value, reading) }), !legal.contains(false) else {
        return nil
      }
      return Named(zip(members, values).map { (name: $0.name, value: $1) })
    }
  }

  /// Things by name, each read by a form.
  package static func named<Element>(
    form: Form<Element>, names rule: NameRule = .new, count: ClosedRange<Int> = 0...Int.max
  ) -> FieldKind where Value == Named<Element> {
    .named(.form(form), names: rule, count: count)
  }

  /// One of several notations; the first that takes JSON of the node's type reads it.
  ///
  /// - Parameter expected: what should stand there, for messages.
  package static func either(_ expected: String, _ alternatives: [(JSONType, FieldKind)]) -> FieldKind {
    var type = FieldType(expected)
    type.unit = alternatives.first?.1.type.unit ?? ""
    type.range = alternatives.first?.1.type.range ?? ""
    type.mayBeDrawn = alternatives.contains { $0.1.type.mayBeDrawn }
    return FieldKind(
      type,
      schema: { definitions in
        .anyOf(
          alternatives.map { type, kind in
            let schema = kind.schema(definitions)
            return type == .object ? schema.orExtension : schema
          })
      },
      json: { value in alternatives.lazy.compactMap { $0.1.json(value) }.first },
      values: { node in
        alternatives.first { $0.0 == JSONType(node) }?.1.values(node) ?? node.values()
      }
    ) { node, reading in
      guard let alternative = alternatives.first(where: { $0.0 == JSONType(node) }) else {
        reading.report(expected: expected, at: node)
        return nil
      }
      return alternative.1.read(node, reading)
    }
  }
}

/// The six types of JSON values.
package enum JSONType: Sendable, Hashable {
  case null, boolean, number, string, array, object

  /// The type of a node; nil for one that was reported already.
  package init?(_ node: Node) {
    switch node.content {
    case .null: self = .null
    case .bool: self = .boolean
    case .number: self = .number
    case .string: self = .string
    case .array: self = .array
    case .object: self = .object
    case .invalid: return nil
    }
  }
}

/// All values, or nil when one is missing.
private func complete<Value>(_ values: [Value?]) -> [Value]? {
  let present = values.compactMap(\.self)
  return present.count == values.count ? present : nil
}
