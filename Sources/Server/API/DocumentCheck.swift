import Documents
import Lab
import Training

/// What is wrong with a text, as `validate` finds it, with no file read from outside the workspace.
struct DocumentCheck: Sendable {
  /// What it calls itself.
  let kind: DocumentKind?
  /// Whether it is JSON at all.
  let isJSON: Bool
  /// What is wrong.
  let errors: [Problem]
  /// What is right, but may not be what was meant.
  let warnings: [Problem]

  init(_ bytes: [UInt8], name: String, _ workspace: Workspace) {
    let root = try? DocumentParser.parse(bytes, file: name)
    isJSON = root.map { $0.problems.isEmpty } ?? false
    let format = root?.root["stresslab"]?.string ?? ""
    kind = DocumentKind.allCases.first { format.hasPrefix("\($0.rawValue)/") }
    do throws(Problems) {
      warnings = try DocumentKind.validate(
        name, repository: nil, contents: workspace.reader(standIns: [name: bytes]))
      errors = []
    } catch {
      errors = error.all
      warnings = []
    }
  }

  /// As it is sent.
  var json: JSONValue {
    [
      "kind": kind.map { .string($0.rawValue) } ?? .null, "good": .bool(errors.isEmpty),
      "problems": .array(
        errors.map { RequestProblem($0).json } + Set(warnings).sorted().map { RequestProblem($0, .warning).json }),
    ]
  }
}

extension Failure {
  /// Problems of a document; at least one.
  static func invalid(_ problems: [Problem]) -> Failure { .invalid(Problems(problems)) }
}
