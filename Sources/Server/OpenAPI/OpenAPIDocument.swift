import Documents
import HTTPTypes
import Lab

/// The API in the words of OpenAPI 3.1, made from the operations.
struct OpenAPIDocument {
  private let operations: [Operation]

  init(_ operations: [Operation]) { self.operations = operations.filter { $0.topic != nil } }

  /// Failures that any operation may answer with, beside its own.
  private static let failures: [HTTPResponse.Status] = [
    .badRequest, .unauthorized, .forbidden, .methodNotAllowed, .misdirectedRequest, .internalServerError,
    .serviceUnavailable,
  ]

  /// The document.
  var json: JSONValue {
    [
      "openapi": "3.1.0",
      "info": [
        "title": "StressLab",
        "summary": "Stress tests of trading agents: define, run, watch, compare.",
        "description":
          "Names with slashes are one segment of a path, encoded as %2F. What changes something takes JSON. All failures have one form.",
        "version": .string(Program.version), "license": ["name": "GPL-3.0-or-later", "identifier": "GPL-3.0-or-later"],
      ],
      "servers": [["url": "/"]], "security": [.object([]), ["bearer": []], ["cookie": []]],
      "tags": .array(Operation.Topic.allCases.map { ["name": .string($0.rawValue)] }), "paths": paths,
      "components": [
        "schemas": .object(Schemas.all.map { JSONMember($0.name, $0.schema) }),
        "securitySchemes": [
          "bearer": ["type": "http", "scheme": "bearer"],
          "cookie": ["type": "apiKey", "in": "cookie", "name": .string(Visitor.cookie)],
        ],
      ],
    ]
  }

  private var paths: JSONValue {
    var names: [String] = []
    for operation in operations where !names.contains(operation.path) { names.append(operation.path) }
    return .object(
      names.map { name in
        JSONMember(
          name,
          .object(
            operations.filter { $0.path == name }.map {
              JSONMember($0.method.rawValue.lowercased(), Self.json($0))
            }))
      })
  }

  private static func json(_ operation: Operation) -> JSONValue {
    var members = [
      JSONMember("operationId", .string(operation.id)),
      JSONMember("tags", .array([.string(operation.topic?.rawValue ?? "")])),
      JSONMember("summary", .string(operation.summary)),
    ]
    if !operation.parameters.isEmpty {
      members.append(JSONMember("parameters", .array(operation.parameters.map(json))))
    }
    if let body = operation.body {
      members.append(
        JSONMember(
          "requestBody",
          [
            "required": true,
            "content": [
              "application/json": ["schema": body.schema(SchemaDefinitions()).json, "example": body.example]
            ],
          ]))
    }
    members.append(JSONMember("responses", responses(operation)))
    return .object(members)
  }

  private static func json(_ parameter: Parameter) -> JSONValue {
    [
      "name": .string(parameter.name), "in": .string(parameter.place.rawValue), "required": .bool(parameter.isRequired),
      "description": .string(parameter.summary), "schema": parameter.schema.json, "example": parameter.example,
    ]
  }

  private static func responses(_ operation: Operation) -> JSONValue {
    let answer = operation.answer
    var content: [JSONMember] = [JSONMember("description", .string(answer.summary))]
    if !answer.type.isEmpty {
      let body: JSONValue = .object([
        JSONMember(answer.type, ["schema": answer.schema, "example": answer.example])
      ])
      content.append(JSONMember("content", body))
    }
    var members = [JSONMember("\(answer.status.code)", .object(content))]
    if operation.method == .get, answer.type != "text/event-stream" {
      members.append(JSONMember("304", ["description": "It is what If-None-Match names."]))
    }
    for status in Set(operation.failures + failures).sorted(by: { $0.code < $1.code }) {
      // A new document is an answer, too.
      if status.code < 300 {
        members.append(JSONMember("\(status.code)", .object(content)))
        continue
      }
      members.append(
        JSONMember(
          "\(status.code)",
          [
            "description": .string(status.reasonPhrase),
            "content": ["application/json": ["schema": Schemas.reference("Error"), "example": Examples.failure]],
          ]))
    }
    return .object(members)
  }
}
