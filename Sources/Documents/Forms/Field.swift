/// One key of a form: its name, what it takes, its default and what it means.
package struct Field<Value: Sendable>: Sendable {
  /// The key, in camelCase.
  package let name: String
  /// What it takes.
  package let kind: FieldKind<Value>
  /// The value when the key is absent; nil when the kind decides.
  package let defaultValue: Value?
  /// What it means, in one line.
  package let summary: String

  /// A field; without a default its key is required, unless the kind may be absent.
  package init(_ name: String, _ kind: FieldKind<Value>, default defaultValue: Value? = nil, _ summary: String) {
    self.name = name
    self.kind = kind
    self.defaultValue = defaultValue
    self.summary = summary
  }

  /// The field in words.
  package var description: FieldDescription {
    FieldDescription(
      name: name, type: kind.type, defaultValue: defaultValue.flatMap(kind.json),
      isRequired: defaultValue == nil && kind.absent == nil, summary: summary)
  }

  /// What holds where the key is absent, in words; nil where there is nothing to tell.
  var valueWhenAbsent: DocumentValue? {
    defaultValue.flatMap(kind.text).map { DocumentValue(text: $0, unit: kind.type.unit).under(name) }
  }

  /// The field's schema, with its description and default.
  func schema(_ definitions: SchemaDefinitions) -> JSONSchema {
    let schema = kind.schema(definitions).orExtension.with("description", .string(description.schemaText))
    return description.defaultValue.map { schema.with("default", $0) } ?? schema
  }

  /// The field's value in an object, or nil after reporting what is wrong.
  func read(in object: Node, _ reading: Reading) -> Value? {
    if let node = object[name] { return kind.read(node, reading) }
    if let defaultValue { return defaultValue }
    if let absent = kind.absent { return absent(object, reading) }
    reading.report("\(quoted(name)) is missing: \(description.schemaText)", at: object)
    return nil
  }
}
