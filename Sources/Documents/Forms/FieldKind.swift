/// What a field takes: how it is read and checked, its schema, and how it is described.
///
/// Other modules add kinds of their own in extensions (`extension FieldKind where Value == …`).
package struct FieldKind<Value: Sendable>: Sendable {
  /// The kind in words.
  package var type: FieldType
  /// The checked value of a node, or nil after reporting every problem in it.
  package var read: @Sendable (Node, Reading) -> Value?
  /// The schema of the values.
  package var schema: @Sendable (SchemaDefinitions) -> JSONSchema
  /// A value as it would be written, for defaults; nil when it has no short form.
  package var json: @Sendable (Value) -> JSONValue?
  /// A value as a report tells it, for defaults that are in force; nil where there is nothing to tell.
  package var text: @Sendable (Value) -> String?
  /// The values at a node in words, in the order of the document; for a node that was read without problems.
  package var values: @Sendable (Node) -> [DocumentValue]
  /// The value when the key is absent (given the object without it); nil where a field needs the key or a default.
  package var absent: (@Sendable (Node, Reading) -> Value?)?

  /// A kind of field.
  package init(
    _ type: FieldType, schema: @escaping @Sendable (SchemaDefinitions) -> JSONSchema,
    json: @escaping @Sendable (Value) -> JSONValue? = { _ in nil },
    absent: (@Sendable (Node, Reading) -> Value?)? = nil,
    values: (@Sendable (Node) -> [DocumentValue])? = nil,
    read: @escaping @Sendable (Node, Reading) -> Value?
  ) {
    self.type = type
    self.read = read
    self.schema = schema
    self.json = json
    text = { json($0)?.plainText }
    self.absent = absent
    self.values = values ?? { [unit = type.unit] node in node.values(unit: unit) }
  }
}

extension FieldKind {
  /// The same kind with defaults that are told in words of their own.
  package func told(_ text: @escaping @Sendable (Value) -> String?) -> FieldKind {
    var kind = self
    kind.text = text
    return kind
  }

  /// The same kind with one more thing to do with each value that was read: tell others, or check something.
  package func then(_ action: @escaping @Sendable (Value, Node, Reading) -> Void) -> FieldKind {
    var kind = self
    kind.read = { [read] node, reading in
      let value = read(node, reading)
      if let value { action(value, node, reading) }
      return value
    }
    return kind
  }

  /// A kind whose values are made from another's; `make` says what is wrong by throwing.
  package static func made<Source>(
    from source: FieldKind<Source>, json: @escaping @Sendable (Value) -> JSONValue? = { _ in nil },
    _ make: @escaping @Sendable (Source) throws(FormViolation) -> Value
  ) -> FieldKind {
    FieldKind(source.type, schema: source.schema, json: json, values: source.values) { node, reading in
      guard let value = source.read(node, reading) else { return nil }
      do throws(FormViolation) {
        return try make(value)
      } catch {
        error.report(at: node, reading)
        return nil
      }
    }
  }
}
