/// Models that a document can name by the tag `model`, each with its form.
///
/// ```swift
/// static let catalogue = Catalogue<any PriceProcess>("processes",
///   .entry("gbm", GeometricBrownianMotion.form, "geometric Brownian motion") { $0 })
/// ```
package struct Catalogue<Model: Sendable>: Sendable {
  /// What the models are, in the plural: the word after `stresslab list`.
  package let title: String
  /// The models, in the order of their declaration.
  package let entries: [CatalogueEntry<Model>]

  /// A catalogue.
  package init(_ title: String, _ entries: CatalogueEntry<Model>...) { self.init(title, entries) }

  /// A catalogue.
  package init(_ title: String, _ entries: [CatalogueEntry<Model>]) {
    precondition(Set(entries.map(\.name)).count == entries.count, "Invariant: catalogue names are unique")
    self.title = title
    self.entries = entries
  }

  /// The model of an object by its tag, or nil after reporting everything that is wrong in it.
  package func value(of node: Node, _ reading: Reading) -> Model? {
    guard node.members != nil else {
      reading.report(expected: "an object with a \"model\"", at: node)
      return nil
    }
    let names = entries.map(\.name)
    guard let tag = node["model"] else {
      reading.report("\"model\" is missing; one of: \(names.joined(separator: ", "))", at: node)
      return nil
    }
    guard let name = tag.string else {
      reading.report(expected: "the name of a model", at: tag)
      return nil
    }
    guard let entry = entries.first(where: { $0.name == name }) else {
      reading.report("unknown model \(quoted(name))\(reading.hint(for: name, among: names))", at: tag)
      return nil
    }
    return entry.read(node, reading)
  }

  /// The model that an object names; nil when there is none of that name.
  package func entry(of node: Node) -> CatalogueEntry<Model>? {
    node["model"]?.string.flatMap { name in entries.first { $0.name == name } }
  }

  /// The values of an object in words, as the form of its model tells them.
  package func values(of node: Node) -> [DocumentValue] { entry(of: node)?.values(node) ?? node.values() }

  /// The values of an object in words, and after them the defaults of the keys that it leaves out.
  package func valuesInForce(of node: Node) -> [DocumentValue] {
    entry(of: node)?.valuesInForce(node) ?? node.values()
  }

  /// The schema: for each tag the form of its model; beside it the schema of an object that extends another.
  package func schema(_ definitions: SchemaDefinitions) -> JSONSchema {
    let schema = definitions.define(title) { definitions in
      JSONSchema([
        JSONMember("type", "object"), JSONMember("properties", ["model": modelSchema.json]),
        JSONMember("required", ["model"]), JSONMember("allOf", cases(definitions) { $0 }),
      ])
    }
    // Where the tag is not said again, any key of any model may stand.
    _ = definitions.define("\(title).part") { definitions in
      let tagged: JSONValue = [
        "properties": ["model": modelSchema.json], "allOf": cases(definitions) { $0.inPart },
      ]
      return JSONSchema([
        JSONMember("type", "object"), JSONMember("if", ["required": ["model"]]), JSONMember("then", tagged),
        JSONMember("else", untagged(definitions).json),
      ])
    }
    return schema
  }

  /// The tag, with what each model is.
  private var modelSchema: JSONSchema {
    JSONSchema.choice(entries.map(\.name))
      .with("description", .string("which of the \(title) it is: \(entries.map(\.name).joined(separator: ", "))"))
      .with("enumDescriptions", .array(entries.map { .string($0.summary) }))
  }

  /// For each tag what follows from it: the model's definition, or its part.
  private func cases(_ definitions: SchemaDefinitions, _ choose: (JSONSchema) -> JSONSchema) -> JSONValue {
    .array(
      entries.map { entry in
        let reference = definitions.defineWithPart("\(title).\(entry.name)") { entry.schema($0) }
        return [
          "if": ["properties": ["model": ["const": .string(entry.name)]], "required": ["model"]],
          "then": choose(reference).json,
        ]
      })
  }

  /// An object without its tag: the keys of all models, each as any of them has it.
  private func untagged(_ definitions: SchemaDefinitions) -> JSONSchema {
    var names: [String] = []
    var kinds: [String: [JSONValue]] = [:]
    for entry in entries {
      guard case .object(let members) = entry.schema(definitions).inPart["properties"] else { continue }
      for member in members where member.name != "model" {
        if kinds[member.name] == nil { names.append(member.name) }
        if kinds[member.name]?.contains(member.value) != true { kinds[member.name, default: []].append(member.value) }
      }
    }
    let properties = names.map { name -> JSONMember in
      let kinds = kinds[name] ?? []
      return JSONMember(name, kinds.count == 1 ? kinds[0] : ["anyOf": .array(kinds)])
    }
    return JSONSchema([
      JSONMember("properties", .object([JSONMember("model", modelSchema.json)] + properties)),
      JSONMember("additionalProperties", false),
    ])
  }

  /// The listing: every model with its fields.
  package var description: CatalogueDescription {
    CatalogueDescription(
      title: title, entries: entries.map { .init(name: $0.name, summary: $0.summary, fields: $0.fields) })
  }
}

/// One model of a catalogue.
package struct CatalogueEntry<Model: Sendable>: Sendable {
  /// The tag.
  package let name: String
  /// What it is, in one line.
  package let summary: String
  /// Its fields in words.
  package let fields: [FieldDescription]
  /// What it does in a sentence with a document's values; nil where nobody has written one.
  package private(set) var story: Story?
  let read: @Sendable (Node, Reading) -> Model?
  let values: @Sendable (Node) -> [DocumentValue]
  let valuesInForce: @Sendable (Node) -> [DocumentValue]
  let schema: @Sendable (SchemaDefinitions) -> JSONSchema

  /// A model with its form; `wrap` turns it into what the catalogue holds.
  package static func entry<Value>(
    _ name: String, _ form: Form<Value>, _ summary: String, _ wrap: @escaping @Sendable (Value) -> Model
  ) -> CatalogueEntry {
    CatalogueEntry(
      name: name, summary: summary, fields: form.fields,
      read: { node, reading in form.value(of: node, reading, ignoring: ["model"]).map(wrap) },
      values: { form.values(of: $0) }, valuesInForce: { form.valuesInForce(of: $0) },
      schema: { definitions in
        let tag = JSONSchema.constant(.string(name)).with("description", .string(summary))
        return form.schema(definitions, first: [("model", tag)]).with("description", .string(summary))
      })
  }
}

extension CatalogueEntry {
  /// The same model, told by a story.
  package func told(by story: Story) -> CatalogueEntry {
    var entry = self
    entry.story = story
    return entry
  }

  /// The same model with one more key beside its own; `wrap` puts both together.
  package func with<Value, Whole>(
    _ field: Field<Value>, _ wrap: @escaping @Sendable (Model, Value) -> Whole
  ) -> CatalogueEntry<Whole> {
    let ofField: @Sendable (Node) -> [DocumentValue] = { node in
      node[field.name].map { field.kind.values($0).map { $0.under(field.name) } } ?? []
    }
    return CatalogueEntry<Whole>(
      name: name, summary: summary, fields: [field.description] + fields, story: story,
      read: { node, reading in
        let value = field.read(in: node, reading)
        guard let model = read(node.without(field.name), reading), let value else { return nil }
        return wrap(model, value)
      },
      values: { ofField($0) + values($0.without(field.name)) },
      valuesInForce: { ofField($0) + valuesInForce($0.without(field.name)) },
      schema: { definitions in
        let own = schema(definitions)
        guard case .object(let properties) = own["properties"] else { return own }
        return own.with(
          "properties", .object(properties + [JSONMember(field.name, field.schema(definitions).json)]))
      })
  }
}

extension Node {
  /// The object without one of its members.
  fileprivate func without(_ name: String) -> Node {
    guard let members else { return self }
    return Node(.object(members.filter { $0.name != name }), position: position, path: path)
  }
}

extension FieldKind {
  /// A model of a catalogue, by its tag.
  package static func model(_ catalogue: Catalogue<Value>) -> FieldKind {
    FieldKind(
      FieldType("one of \(catalogue.title)"), schema: { catalogue.schema($0) }, values: { catalogue.values(of: $0) }
    ) { catalogue.value(of: $0, $1) }
  }
}
