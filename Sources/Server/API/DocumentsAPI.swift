import Documents
import Foundation
import HTTPTypes
import Lab
import Training

/// Scenarios, studies, trainings and searches: list, read, check, save with versions.
enum DocumentsAPI {
  static let operations = [list, read, save, versions, version, validate, schema, template]

  /// The name of a document in a path.
  static let name = Parameter(
    "name", in: .path, .name, "the document's file in the workspace, its slashes encoded as %2F",
    example: "scenarios/flash-crash.json")

  /// A scenario to begin with.
  static let scenarioTemplate = DocumentKind.scenario.template

  private static let kinds = DocumentKind.allCases.map(\.rawValue)

  private static let list = Operation(
    .get, "/api/v1/documents", id: "listDocuments", .documents, "Lists the documents of the workspace.",
    parameters: [
      Parameter("kind", in: .query, .choice(kinds), "only of this kind", example: "scenario"),
      Parameter("family", in: .query, .text(0...255), "only in this folder beneath scenarios", example: "history"),
      .limit, .after,
    ],
    answer: .json(
      Schemas.list(of: "DocumentEntry"), "A part of the list.",
      example: ["items": [Examples.documentEntry], "next": nil])
  ) { call in
    let (kind, family) = (call.text("kind"), call.text("family"))
    let entries = try await call.context.apart { try call.context.library.entries() }
    let wanted = entries.filter { entry in
      (kind == nil || entry.kind?.rawValue == kind) && (family == nil || entry.family == family)
    }
    return .json(try call.page(wanted, by: { "\($0.name)" }, \.json))
  }

  private static let read = Operation(
    .get, "/api/v1/documents/{name}", id: "readDocument", .documents,
    "Reads a document; its ETag is what a save needs.",
    parameters: [name],
    answer: .json(Schemas.reference("Document"), "The document.", example: Examples.document), failures: [.notFound]
  ) { call in
    let name = call.name("name")
    let (entry, bytes) = try await call.context.apart { try found(name, call.context.library) }
    return .json(json(entry, bytes), tag: entry.digest)
  }

  private static let save = Operation(
    .put, "/api/v1/documents/{name}", id: "saveDocument", .documents,
    "Saves a document, whole or not at all, and keeps the one before as a version. What is wrong in it is refused.",
    parameters: [
      name,
      Parameter(
        "If-Match", in: .header, .text(1...200), "the ETag of what is to be replaced", example: "\"4b227777d4dd1fc6\""),
      Parameter("If-None-Match", in: .header, .choice(["*"]), "for a new document", example: "*"),
      Parameter(
        "draft", in: .query, .flag, "save it with what is wrong in it; unless it is no JSON", example: true),
    ],
    body: DocumentText.form, example: ["text": .string(DocumentKind.scenario.template)],
    answer: .json(Schemas.reference("Document"), "The document as it was saved.", example: Examples.document),
    failures: [.created, .preconditionFailed, .preconditionRequired, .insufficientStorage]
  ) { call, body in
    let name = call.name("name")
    let context = call.context
    let bytes = Array(body.text.utf8)
    let isDraft = call.flag("draft")
    let known = call.text("If-Match")
    let isNew = call.text("If-None-Match") != nil
    let saved = try await context.apart {
      let check = DocumentCheck(bytes, name: "\(name)", context.workspace)
      guard check.errors.isEmpty || (isDraft && check.isJSON) else { throw Failure.invalid(check.errors) }
      return try context.library.save(bytes, as: name) { digest in
        switch (digest, known, isNew) {
        case (nil, nil, _): return
        case (let digest?, let known?, _) where EntityTags(known).contain("\"\(digest)\""): return
        case (_?, nil, false):
          throw Failure(
            .preconditionRequired, "preconditionRequired", "\(name) is there: If-Match says which one is to be replaced"
          )
        default:
          throw Failure(.preconditionFailed, "changed", "\(name) is not what it was: read it again")
        }
      }
    }
    return .json(
      json(saved.entry, bytes), status: saved.isNew ? .created : .ok, headers: [(.eTag, "\"\(saved.entry.digest)\"")])
  }

  private static let versions = Operation(
    .get, "/api/v1/documents/{name}/versions", id: "listVersions", .documents,
    "Lists the versions of a document that were saved here, newest first.", parameters: [name, .limit, .after],
    answer: .json(
      Schemas.list(of: "Version"), "A part of the list.",
      example: ["items": [["number": 2, "saved": "2026-01-31T09:30:00Z", "bytes": 1841]], "next": nil]),
    failures: [.notFound]
  ) { call in
    let name = call.name("name")
    let versions = try await call.context.apart {
      _ = try found(name, call.context.library)
      return call.context.library.savedVersions(of: name)
    }
    return .json(
      try call.page(versions.reversed(), by: { "\($0.number)" }) { version in
        [
          "number": .integer(version.number), "saved": .string(Moment.text(seconds: version.time)),
          "bytes": .integer(version.size),
        ]
      })
  }

  private static let version = Operation(
    .get, "/api/v1/documents/{name}/versions/{number}", id: "readVersion", .documents, "Reads a version of a document.",
    parameters: [
      name, Parameter("number", in: .path, .integer(1...1_000_000), "of the version", example: 1),
    ],
    answer: .json(
      .object([JSONMember("type", "object")]), "The version.",
      example: ["name": "scenarios/mine.json", "number": 1, "text": "{}"]), failures: [.notFound]
  ) { call in
    let (name, number) = (call.name("name"), call.integer("number") ?? 0)
    guard let bytes = try await call.context.apart({ try call.context.library.version(number, of: name) }) else {
      throw Failure.notFound("there is no version \(number) of \(name)")
    }
    return .json([
      "name": .string("\(name)"), "number": .integer(number), "text": .string(String(decoding: bytes, as: UTF8.self)),
    ])
  }

  private static let validate = Operation(
    .post, "/api/v1/validations", id: "validate", .documents,
    "Checks a text as the commands do, and says everything that is wrong, each with its place.",
    body: NamedText.form, example: ["text": .string(DocumentKind.scenario.template), "name": "scenarios/mine.json"],
    answer: .json(
      Schemas.reference("Validation"), "What is wrong with it, if anything.",
      example: ["kind": "scenario", "good": true, "problems": []])
  ) { call, body in
    let context = call.context
    let check = try await context.apart {
      DocumentCheck(Array(body.text.utf8), name: body.name ?? NamedText.usualName, context.workspace)
    }
    return .json(check.json)
  }

  private static let kindParameter = Parameter("kind", in: .path, .choice(kinds), "of documents", example: "scenario")

  private static let schema = Operation(
    .get, "/api/v1/schemas/{kind}", id: "readSchema", .documents,
    "Reads the JSON Schema (2020-12) of a kind of documents.", parameters: [kindParameter],
    answer: .json(.object([JSONMember("type", "object")]), "The schema.", example: ["title": "A StressLab scenario"])
  ) { call in
    guard let kind = call.text("kind").flatMap(DocumentKind.init) else { throw Failure.notFound("no such kind") }
    let schema = try await call.context.apart { call.context.schemas.entry(kind) }
    return Reply(.bytes(schema.bytes, type: "application/json"), tag: schema.digest)
  }

  private static let template = Operation(
    .get, "/api/v1/templates/{kind}", id: "readTemplate", .documents, "Reads a document of a kind to begin with.",
    parameters: [kindParameter],
    answer: .json(.object([JSONMember("type", "object")]), "The document.", example: ["text": "{}"])
  ) { call in
    guard let kind = call.text("kind").flatMap(DocumentKind.init) else { throw Failure.notFound("no such kind") }
    return .json(["kind": .string(kind.rawValue), "text": .string(kind.template)])
  }

  /// A document that is there.
  static func found(
    _ name: WorkspaceName, _ library: DocumentLibrary
  ) throws -> (entry: DocumentLibrary.Entry, bytes: [UInt8]) {
    guard DocumentLibrary.isDocument(name), let entry = try library.entry(name), let bytes = try library.bytes(of: name)
    else {
      let names = (try? library.entries().map { "\($0.name)" }) ?? []
      throw Failure.notFound(
        "there is no document \(quoted("\(name)"))\(Suggestion.hint(for: "\(name)", among: names))")
    }
    return (entry, bytes)
  }

  private static func json(_ entry: DocumentLibrary.Entry, _ bytes: [UInt8]) -> JSONValue {
    guard case .object(let members) = entry.json else { return entry.json }
    return .object(members + [JSONMember("text", .string(String(decoding: bytes, as: UTF8.self)))])
  }
}

/// A body with a text.
struct DocumentText: Sendable {
  let text: String

  static let form = Form(
    Field("text", .string, "the document, as its file shall be"),
    make: { text throws(FormViolation) in DocumentText(text: text) })
}

/// A body with a text and the name that it goes by.
struct NamedText: Sendable {
  let text: String
  let name: String?

  /// Where a text without a name is taken to lie.
  static let usualName = "scenarios/untitled.json"

  static let form = Form(
    Field("text", .string, "the document"),
    Field(
      "name", .optional(.documentName), "its file, from which paths in it count; \(usualName) unless given"),
    make: { text, name throws(FormViolation) in NamedText(text: text, name: name.map { "\($0)" }) })
}
