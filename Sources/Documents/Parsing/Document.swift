/// A document with everything that it extends merged in.
package struct Document: Sendable {
  /// The merged tree.
  package let root: Node
  /// The files that were read, the document itself first, with their bytes.
  package let files: [SourceFile]
  /// What was wrong without ending the reading; `Form.read` reports it with the rest.
  package let problems: [Problem]

  /// A document of its parts.
  package init(root: Node, files: [SourceFile], problems: [Problem]) {
    self.root = root
    self.files = files
    self.problems = problems
  }

  /// A file as it was read.
  package struct SourceFile: Sendable, Hashable {
    /// The path as it was given, or as `extends` led to it.
    package let path: String
    /// What was in it.
    package let bytes: [UInt8]

    /// A file with what was in it.
    package init(path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }
  }
}

extension Form {
  /// The value of a whole document.
  ///
  /// - Parameter reading: carries what the reader tells the document, such as names that may be referred to.
  /// - Throws: everything that is wrong, sorted by position.
  package func read(_ document: Document, telling tell: (Reading) -> Void = { _ in }) throws(Problems) -> Value {
    let reading = Reading(problems: document.problems)
    tell(reading)
    let value = value(of: document.root, reading, ignoring: ["$schema"])
    if !reading.problems.isEmpty { throw Problems(reading.problems) }
    guard let value else { preconditionFailure("Invariant: a reading without a value has a problem") }
    return value
  }

  /// The value of a file that a program wrote: one document, which extends no other.
  ///
  /// - Throws: everything that is wrong, sorted by position.
  package func read(_ bytes: [UInt8], file: String) throws(Problems) -> Value {
    let (root, problems) = try DocumentParser.parse(bytes, file: file)
    return try read(Document(root: root, files: [], problems: problems))
  }

  /// The whole schema of documents of this form, with its `$defs`.
  ///
  /// - Parameters:
  ///   - name: what the document is, such as `scenario`.
  ///   - examples: whole documents.
  package func documentSchema(_ name: String, title: String, examples: [JSONValue] = []) -> JSONValue {
    let definitions = SchemaDefinitions()
    let whole = JSONSchema(schema(definitions, first: []).keywords)
      .allowing("$schema", JSONSchema.string().with("description", "where this schema lies, for editors"))
    var keywords = [
      JSONMember("$schema", "https://json-schema.org/draft/2020-12/schema"), JSONMember("title", .string(title)),
      JSONMember("type", "object"),
    ]
    if !examples.isEmpty { keywords.append(JSONMember("examples", .array(examples))) }
    keywords += [
      JSONMember("properties", .object([JSONSchema.extends])),
      JSONMember("if", ["required": ["extends"]]),
      JSONMember("then", definitions.defineWithPart(name) { _ in whole }.inPart.json),
      JSONMember("else", JSONSchema.reference(name).json),
      JSONMember("$defs", definitions.json),
    ]
    return .object(keywords)
  }
}

extension Catalogue {
  /// The whole schema of documents that are models of this catalogue, with its `$defs`.
  package func documentSchema(title: String, examples: [JSONValue]) -> JSONValue {
    let definitions = SchemaDefinitions()
    let schema = schema(definitions).orExtension
    return .object(
      [
        JSONMember("$schema", "https://json-schema.org/draft/2020-12/schema"), JSONMember("title", .string(title)),
        JSONMember("examples", .array(examples)), JSONMember("properties", .object([JSONSchema.extends])),
      ] + schema.keywords + [JSONMember("$defs", definitions.json)])
  }
}

extension JSONSchema {
  /// An object schema with one more optional property.
  fileprivate func allowing(_ name: String, _ schema: JSONSchema) -> JSONSchema {
    JSONSchema(
      keywords.map { keyword in
        guard keyword.name == "properties", case .object(let members) = keyword.value else { return keyword }
        return JSONMember("properties", .object([JSONMember(name, schema.json)] + members))
      })
  }
}
