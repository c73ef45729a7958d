import Documents
import HTTPTypes

/// Why a request is not answered as it asks. It is the one form of all errors: status, a code for programs, words for people,
/// and every problem of a document with its place.
package struct Failure: Error, Sendable {
  /// The answer's status.
  package let status: HTTPResponse.Status
  /// A word for programs, such as `notFound`.
  package let code: String
  /// What is wrong, and what to do instead.
  package let message: String
  /// What is wrong in a document or in the request, place by place.
  package let problems: [RequestProblem]
  /// Headers that go with it, such as `Allow`.
  package let headers: [(HTTPField.Name, String)]

  /// A failure.
  package init(
    _ status: HTTPResponse.Status, _ code: String, _ message: String, problems: [RequestProblem] = [],
    headers: [(HTTPField.Name, String)] = []
  ) {
    (self.status, self.code, self.message) = (status, code, message)
    (self.problems, self.headers) = (problems, headers)
  }

  /// As it is sent.
  package var json: JSONValue {
    [
      "error": [
        "code": .string(code), "message": .string(PrintableText.escaped(message)),
        "problems": .array(problems.map(\.json)),
      ]
    ]
  }
}

/// A problem and its place: in a document a file, line and column, in a request the name of what is wrong.
package struct RequestProblem: Sendable, Hashable {
  /// How much it matters.
  package enum Severity: String, Sendable { case error, warning }

  /// Which file it is in, or `body`, `query`, `path`, `header`.
  package let file: String
  /// From 1; 0 for the whole.
  package let line, column: Int
  /// A JSON pointer, or the name of a parameter.
  package let path: String
  /// What was expected, what was found.
  package let message: String
  /// How much it matters.
  package let severity: Severity

  /// A problem of a document.
  package init(_ problem: Problem, _ severity: Severity = .error) {
    file = problem.position.file
    (line, column) = (problem.position.line, problem.position.column)
    (path, message, self.severity) = (problem.path, PrintableText.escaped(problem.message), severity)
  }

  /// A problem of a parameter.
  package init(in place: String, _ name: String, _ message: String) {
    (file, line, column, path) = (place, 0, 0, name)
    (self.message, severity) = (message, .error)
  }

  /// As it is sent.
  package var json: JSONValue {
    [
      "file": .string(file), "line": .integer(line), "column": .integer(column), "path": .string(path),
      "message": .string(message), "severity": .string(severity.rawValue),
    ]
  }
}

extension Failure {
  /// Nothing has that name.
  package static func notFound(_ what: String) -> Failure { Failure(.notFound, "notFound", what) }

  /// The system failed at it: a full disk, no memory.
  package static func system(_ what: String, _ fault: SystemFault) -> Failure {
    Failure(
      fault == .diskFull || fault == .quotaExceeded ? .insufficientStorage : .serviceUnavailable, "systemFailed",
      "\(what): \(fault)")
  }

  /// A document or a request says what cannot be.
  package static func invalid(_ problems: Problems) -> Failure {
    guard !problems.areOfTheSystem else {
      return Failure(
        .serviceUnavailable, "systemFailed", problems.all.first { $0.fault != nil }?.description ?? "",
        problems: problems.all.map { RequestProblem($0) })
    }
    let count = problems.all.count
    return Failure(
      .unprocessableContent, "invalid", count == 1 ? "there is a problem" : "there are \(count) problems",
      problems: problems.all.map { RequestProblem($0) })
  }
}
