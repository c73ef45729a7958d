import Documents
import Lab
import Tracking

/// Two versions of a model to be compared through a study.
struct ComparisonOrder: WorkOrder {
  let first: String
  let second: String
  let study: WorkspaceName
  let paths: Int?
  let priority: Int

  static let form = Form(
    Field("first", .string, "the version that is judged by, such as calm@champion"),
    Field("second", .string, "the version that is judged, such as calm@candidate"),
    Field("study", .documentName, "a study whose panel names agents:NAME@champion"),
    Field("paths", .optional(.integer(in: 1...10_000_000)), "of each scenario and severity; the study's unless given"),
    .priority, make: Self.init)

  static let example: JSONValue = [
    "first": "calm@champion", "second": "calm@candidate", "study": "scenarios/studies/gate.json", "paths": 400,
  ]

  func order(_ context: ServerContext) throws -> JobOrder {
    for agent in [first, second] { try AgentName.check(agent) }
    try context.check(study)
    let arguments =
      ["agents", "compare", first, second, "--study", "\(study)"] + Self.option("paths", paths) + ["--json"]
    return JobOrder(
      .comparison, title: "\(second) against \(first)", documents: ["\(study)"], arguments: arguments,
      priority: priority)
  }
}

/// A version of a model to be promoted, through its gate.
struct PromotionOrder: WorkOrder {
  let agent: String
  let alias: String
  let study: WorkspaceName?
  let paths: Int?
  let priority: Int

  static let form = Form(
    Field("agent", .string, "the version, such as calm@candidate"),
    Field("alias", .string, default: "champion", "what it shall be"),
    Field("study", .optional(.documentName), "of the gate; those of earlier checks unless given"),
    Field("paths", .optional(.integer(in: 1...10_000_000)), "of each scenario and severity; the study's unless given"),
    .priority, make: Self.init)

  static let example: JSONValue = ["agent": "calm@candidate", "study": "scenarios/studies/gate.json"]

  func order(_ context: ServerContext) throws -> JobOrder {
    try AgentName.check(agent)
    try AgentName.check(alias)
    if let study { try context.check(study) }
    let arguments =
      ["agents", "promote", agent, "--as", alias] + Self.option("study", study) + Self.option("paths", paths)
    return JobOrder(
      .promotion, title: "\(agent) as \(alias)", documents: study.map { ["\($0)"] } ?? [], output: "tracking/models",
      arguments: arguments, priority: priority)
  }
}

extension ServerContext {
  /// Refuses a document in which something is wrong, or that names a file outside the workspace, before a job reads it.
  fileprivate func check(_ document: WorkspaceName) throws {
    let (_, bytes) = try DocumentsAPI.found(document, library)
    let check = DocumentCheck(bytes, name: "\(document)", workspace)
    guard check.errors.isEmpty else { throw Failure.invalid(check.errors) }
  }
}

/// Names of agents in requests.
enum AgentName {
  /// Refuses what would be no name, or an option of the command.
  static func check(_ text: String) throws(Failure) {
    guard !text.isEmpty, text.utf8.count <= 200, !text.hasPrefix("-"),
      text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_.@:".contains($0)) })
    else { throw Failure(.unprocessableContent, "refused", "\(quoted(text)) is no agent's name") }
  }
}
