/// A JSON Schema (2020-12), as a tree that is always written in the same order.
package struct JSONSchema: Sendable, Hashable {
  /// The keywords, in the order in which they are written.
  package var keywords: [JSONMember]

  /// A schema of these keywords.
  package init(_ keywords: [JSONMember] = []) { self.keywords = keywords }

  /// The schema as JSON; without keywords it is `true`, which everything satisfies.
  package var json: JSONValue { keywords.isEmpty ? .bool(true) : .object(keywords) }

  /// The schema with one more keyword, which replaces one of the same name.
  package func with(_ name: String, _ value: JSONValue) -> JSONSchema {
    JSONSchema(keywords.filter { $0.name != name } + [JSONMember(name, value)])
  }
}

extension JSONSchema {
  /// Everything.
  package static let anything = JSONSchema()
  /// true or false.
  package static let boolean = JSONSchema([JSONMember("type", "boolean")])

  /// A string, of a pattern if one is given.
  package static func string(pattern: String? = nil) -> JSONSchema {
    let schema = JSONSchema([JSONMember("type", "string")])
    return pattern.map { schema.with("pattern", .string($0)) } ?? schema
  }

  /// A number in a range.
  package static func number(in range: QuantityRange = .any) -> JSONSchema {
    JSONSchema([JSONMember("type", "number")]).limited(range) { .number($0) }
  }

  /// A whole number in a range.
  package static func integer(in range: ClosedRange<Int>) -> JSONSchema {
    var schema = JSONSchema([JSONMember("type", "integer")])
    if range.lowerBound > .min { schema = schema.with("minimum", .integer(range.lowerBound)) }
    return range.upperBound < .max ? schema.with("maximum", .integer(range.upperBound)) : schema
  }

  /// Exactly one value.
  package static func constant(_ value: JSONValue) -> JSONSchema { JSONSchema([JSONMember("const", value)]) }

  /// One of some strings.
  package static func choice(_ values: [String]) -> JSONSchema {
    JSONSchema([JSONMember("enum", .array(values.map { .string($0) }))])
  }

  /// An array.
  package static func array(of element: JSONSchema, count: ClosedRange<Int> = 0...Int.max) -> JSONSchema {
    var schema = JSONSchema([JSONMember("type", "array"), JSONMember("items", element.json)])
    if count.lowerBound > 0 { schema = schema.with("minItems", .integer(count.lowerBound)) }
    return count.upperBound < .max ? schema.with("maxItems", .integer(count.upperBound)) : schema
  }

  /// An object with exactly these members, of which some are required.
  package static func object(_ properties: [(name: String, schema: JSONSchema)], required: [String]) -> JSONSchema {
    var schema = JSONSchema([
      JSONMember("type", "object"),
      JSONMember("properties", .object(properties.map { JSONMember($0.name, $0.schema.json) })),
    ])
    if !required.isEmpty { schema = schema.with("required", .array(required.map { .string($0) })) }
    return schema.with("additionalProperties", false)
  }

  /// An object whose members have any names (of a pattern, if one is given) and values of one schema.
  package static func dictionary(of value: JSONSchema, names pattern: String? = nil) -> JSONSchema {
    let schema = JSONSchema([JSONMember("type", "object"), JSONMember("additionalProperties", value.json)])
    return pattern.map { schema.with("propertyNames", ["pattern": .string($0)]) } ?? schema
  }

  /// At least one of some schemas.
  package static func anyOf(_ schemas: [JSONSchema]) -> JSONSchema {
    JSONSchema([JSONMember("anyOf", .array(schemas.map(\.json)))])
  }

  /// A schema among the `$defs`.
  package static func reference(_ name: String) -> JSONSchema {
    JSONSchema([JSONMember("$ref", .string("#/$defs/\(JSONPointer.escape(name))"))])
  }

  /// This schema, or an object that `extends` another one, of which it says a part. Schemas of plain values stay as
  /// they are. Where an object is one of several notations, it is that one which may extend, and says so itself.
  package var orExtension: JSONSchema {
    guard isObject else { return self }
    return JSONSchema([
      JSONMember("if", Self.isExtension), JSONMember("then", inPart.json), JSONMember("else", json),
    ])
  }

  /// What may stand in an object that extends another: the same keys and values, none of them required, for the rest
  /// comes from what is extended. Elements of arrays are whole, since an array replaces another.
  ///
  /// A reference leads to the definition's own part, which has the name of the definition and `.part`.
  var inPart: JSONSchema {
    if let whole = self["else"], self["if"] == Self.isExtension {
      let others = keywords.filter { !["if", "then", "else"].contains($0.name) }
      return JSONSchema(JSONSchema(whole).inPart.keywords + others)
    }
    var part = JSONSchema()
    for keyword in keywords where keyword.name != "required" && keyword.name != "minProperties" {
      part.keywords.append(JSONMember(keyword.name, Self.inPart(keyword)))
    }
    guard self["type"] == "object" else { return part }
    var properties: [JSONMember] = []
    if case .object(let members) = part["properties"] { properties = members }
    return part.with("properties", .object(properties + [Self.extends]))
  }

  private static func inPart(_ keyword: JSONMember) -> JSONValue {
    switch (keyword.name, keyword.value) {
    case ("$ref", .string(let target)): .string("\(target).part")
    case ("properties", .object(let members)):
      .object(members.map { JSONMember($0.name, JSONSchema($0.value).inPart.json) })
    case ("anyOf", .array(let schemas)): .array(schemas.map { JSONSchema($0).inPart.json })
    case ("additionalProperties", .object): JSONSchema(keyword.value).inPart.json
    default: keyword.value
    }
  }

  /// The test for an object that extends another.
  static let isExtension: JSONValue = ["type": "object", "required": ["extends"]]

  /// The key `extends` with its meaning.
  static let extends = JSONMember(
    "extends",
    [
      "type": "string",
      "description":
        "a file relative to this one, or a sibling of this object; what is said here goes over what is said there",
    ])

  private var isObject: Bool {
    keywords.contains { $0.name == "$ref" || $0 == JSONMember("type", "object") }
  }

  /// The value of a keyword, or nil.
  package subscript(name: String) -> JSONValue? { keywords.first { $0.name == name }?.value }

  /// A schema from its JSON, which is an object, or `true`.
  private init(_ json: JSONValue) {
    if case .object(let members) = json { keywords = members } else { keywords = [] }
  }

  private func limited(_ range: QuantityRange, _ json: (Double) -> JSONValue) -> JSONSchema {
    var schema = self
    if let lower = range.lower {
      schema = schema.with(range.includesLower ? "minimum" : "exclusiveMinimum", json(lower))
    }
    if let upper = range.upper {
      schema = schema.with(range.includesUpper ? "maximum" : "exclusiveMaximum", json(upper))
    }
    return schema
  }
}

/// The `$defs` of a schema, which parts of it register while it is made.
package final class SchemaDefinitions {
  private var schemas: [String: JSONSchema] = [:]

  /// An empty collection.
  package init() {}

  /// Registers a schema under a name, once, and returns the reference to it.
  ///
  /// The name is taken before the schema is made, so that a schema may contain itself.
  package func define(_ name: String, _ make: (SchemaDefinitions) -> JSONSchema) -> JSONSchema {
    if schemas[name] == nil {
      schemas[name] = .anything
      schemas[name] = make(self)
    }
    return .reference(name)
  }

  /// Registers a schema, and beside it under `.part` that of an object of its kind that extends another.
  package func defineWithPart(_ name: String, _ make: (SchemaDefinitions) -> JSONSchema) -> JSONSchema {
    _ = define("\(name).part") { make($0).inPart }
    return define(name, make)
  }

  /// The definitions in the order of their names.
  package var json: JSONValue { .sorted(schemas.mapValues(\.json)) }
}
