import Documents
import HTTPTypes
import Hummingbird

/// One thing that the server does: declared once, and from it come the route, the checks of its parameters and body, and its part
/// of the OpenAPI document.
package struct Operation: Sendable {
  /// What operations are about, in the order of the document.
  package enum Topic: String, Sendable, CaseIterable {
    case documents, markets, jobs, reports, agents, data, monitors, server
  }

  /// How the request calls it.
  package let method: HTTPRequest.Method
  /// Its path with parameters in braces, such as `/api/v1/documents/{name}`.
  package let path: String
  /// Its name in clients, in camelCase.
  package let id: String
  /// What it is about; nil for what is no part of the API, such as a page.
  package let topic: Topic?
  /// What it does, in a line.
  package let summary: String
  /// Its parameters.
  package let parameters: [Parameter]
  /// What its body is; nil where it has none.
  package let body: BodyDescription?
  /// What it answers where all is well.
  package let answer: AnswerDescription
  /// Failures of its own, beside those that every operation has.
  package let failures: [HTTPResponse.Status]
  /// Whether a visitor without the token may call it.
  package let isOpen: Bool
  let run: @Sendable (Call) async throws -> Reply

  /// A body, for the document.
  package struct BodyDescription: Sendable {
    let schema: @Sendable (SchemaDefinitions) -> JSONSchema
    let example: JSONValue
  }

  /// An answer, for the document.
  package struct AnswerDescription: Sendable {
    let status: HTTPResponse.Status
    let type: String
    let schema: JSONValue
    let example: JSONValue
    let summary: String

    /// JSON of a schema.
    package static func json(
      _ schema: JSONValue, status: HTTPResponse.Status = .ok, _ summary: String, example: JSONValue
    ) -> AnswerDescription {
      AnswerDescription(status: status, type: "application/json", schema: schema, example: example, summary: summary)
    }

    /// Text of a type.
    package static func text(_ type: String, _ summary: String, example: String) -> AnswerDescription {
      AnswerDescription(
        status: .ok, type: type, schema: ["type": "string"], example: .string(example), summary: summary)
    }

    /// Nothing.
    package static func nothing(_ summary: String) -> AnswerDescription {
      AnswerDescription(status: .noContent, type: "", schema: .bool(true), example: .null, summary: summary)
    }
  }

  private init(
    _ method: HTTPRequest.Method, _ path: String, id: String, _ topic: Topic?, _ summary: String,
    _ parameters: [Parameter], _ body: BodyDescription?, _ answer: AnswerDescription,
    _ failures: [HTTPResponse.Status], isOpen: Bool, _ run: @escaping @Sendable (Call) async throws -> Reply
  ) {
    (self.method, self.path, self.id, self.topic, self.summary) = (method, path, id, topic, summary)
    (self.parameters, self.body, self.answer, self.failures) = (parameters, body, answer, failures)
    (self.isOpen, self.run) = (isOpen, run)
  }

  /// An operation without a body.
  package init(
    _ method: HTTPRequest.Method, _ path: String, id: String, _ topic: Topic?, _ summary: String,
    parameters: [Parameter] = [], answer: AnswerDescription, failures: [HTTPResponse.Status] = [],
    isOpen: Bool = false, _ run: @escaping @Sendable (Call) async throws -> Reply
  ) {
    self.init(method, path, id: id, topic, summary, parameters, nil, answer, failures, isOpen: isOpen, run)
  }

  /// An operation whose body is read by a form.
  package init<Value: Sendable>(
    _ method: HTTPRequest.Method, _ path: String, id: String, _ topic: Topic, _ summary: String,
    parameters: [Parameter] = [], body form: Form<Value>, example: JSONValue, answer: AnswerDescription,
    failures: [HTTPResponse.Status] = [], isOpen: Bool = false,
    _ run: @escaping @Sendable (Call, Value) async throws -> Reply
  ) {
    self.init(
      method, path, id: id, topic, summary, parameters,
      BodyDescription(schema: { form.schema($0) }, example: example), answer,
      failures + [.unprocessableContent, .unsupportedMediaType, .contentTooLarge, .requestTimeout], isOpen: isOpen
    ) { call in
      let (value, text) = try await call.body(form)
      return try await run(call.with(body: text), value)
    }
  }

  /// A page: HTML for a browser, no part of the API.
  package static func page(
    _ path: String, _ summary: String, parameters: [Parameter] = [], isOpen: Bool = false,
    _ run: @escaping @Sendable (Call) async throws -> Reply
  ) -> Operation {
    Operation(
      .get, path, id: "page", nil, summary, parameters: parameters,
      answer: .text("text/html", summary, example: ""), isOpen: isOpen, run)
  }
}
