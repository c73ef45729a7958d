/// The fields of an object in a document, declared once: from them come reading with all problems at once, the
/// schema, and the listing.
///
/// ```swift
/// static let form = Form(
///   Field("annualDrift", .number(.perYear, in: .between(-5, 5)), default: 0, "drift of the price"),
///   Field("annualVolatility", .number(.perSquareRootYear, in: .above(0)), "close-to-close volatility"),
///   make: GeometricBrownianMotion.init)
/// ```
package struct Form<Value: Sendable>: Sendable {
  /// The fields in words, in the order of their declaration (which is also the order of reading).
  package let fields: [FieldDescription]
  private let readFields: @Sendable (Node, Reading) -> Value?
  private let fieldValues: @Sendable (Node.Member) -> [DocumentValue]?
  private let defaults: @Sendable ([String]) -> [DocumentValue]
  private let properties: @Sendable (SchemaDefinitions) -> [(name: String, schema: JSONSchema)]

  /// A form that makes its value from the values of its fields; `make` checks what no field can check alone.
  package init<each Part: Sendable>(
    _ fields: repeat Field<each Part>,
    make: @escaping @Sendable (repeat each Part) throws(FormViolation) -> Value
  ) {
    var descriptions: [FieldDescription] = []
    repeat descriptions.append((each fields).description)
    precondition(Set(descriptions.map(\.name)).count == descriptions.count, "Invariant: field names are unique")
    self.fields = descriptions
    properties = { definitions in
      var properties: [(name: String, schema: JSONSchema)] = []
      repeat properties.append(((each fields).name, (each fields).schema(definitions)))
      return properties
    }
    fieldValues = { member in
      for field in repeat each fields {
        if field.name == member.name { return field.kind.values(member.value) }
      }
      return nil
    }
    defaults = { written in
      var values: [DocumentValue] = []
      for field in repeat each fields {
        if !written.contains(field.name), let value = field.valueWhenAbsent { values.append(value) }
      }
      return values
    }
    readFields = { node, reading in
      let parts = (repeat (each fields).read(in: node, reading))
      var isComplete = true
      repeat isComplete = isComplete && (each parts) != nil
      guard isComplete else { return nil }
      do throws(FormViolation) {
        return try make(repeat present(each parts))
      } catch {
        error.report(at: node, reading)
        return nil
      }
    }
  }

  /// The value of an object, or nil after reporting everything that is wrong in it.
  ///
  /// - Parameter ignoring: keys that somebody else reads, such as `model`.
  package func value(of node: Node, _ reading: Reading, ignoring: [String] = []) -> Value? {
    guard let members = node.members else {
      reading.report(expected: "an object", at: node)
      return nil
    }
    let known = fields.map(\.name) + ignoring
    var isKnown = true
    for member in members where !known.contains(member.name) {
      let hint = reading.hint(for: member.name, among: known.filter { !$0.hasPrefix("$") })
      reading.report("unknown key \(quoted(member.name))\(hint)", at: member, of: node)
      isKnown = false
    }
    let value = readFields(node, reading)
    return isKnown ? value : nil
  }

  /// The values of an object in words, in the order of the document; a key that is not the form's, such as `model`, as it
  /// was written.
  package func values(of node: Node) -> [DocumentValue] {
    (node.members ?? []).flatMap { member in
      (fieldValues(member) ?? member.value.values()).map { $0.under(member.name) }
    }
  }

  /// The values of an object in words, and after them the defaults of the keys that it leaves out: all that is in force.
  package func valuesInForce(of node: Node) -> [DocumentValue] {
    values(of: node) + defaults((node.members ?? []).map(\.name))
  }

  /// The schema of the objects.
  ///
  /// - Parameter first: properties before the form's own, all required, such as `model`.
  package func schema(
    _ definitions: SchemaDefinitions, first: [(name: String, schema: JSONSchema)] = []
  ) -> JSONSchema {
    .object(
      first + properties(definitions),
      required: first.map(\.name) + fields.filter(\.isRequired).map(\.name))
  }
}

/// The value of an optional that has been checked.
private func present<Value>(_ value: Value?) -> Value {
  guard let value else { preconditionFailure("Invariant: every field was read") }
  return value
}

extension FieldKind {
  /// A nested object.
  package static func form(_ form: Form<Value>) -> FieldKind {
    FieldKind(
      FieldType("object", fields: form.fields), schema: { form.schema($0) }, values: { form.values(of: $0) }
    ) { form.value(of: $0, $1) }
  }

  /// A nested object that may be left out: then all its fields take their defaults.
  package static func formOrDefaults(_ form: Form<Value>) -> FieldKind {
    var kind = FieldKind.form(form)
    kind.absent = { parent, reading in
      form.value(of: Node(.object([]), position: parent.position, path: parent.path), reading)
    }
    return kind
  }
}
