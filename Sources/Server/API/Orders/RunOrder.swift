import Documents
import Lab

/// Scenarios or a study to be run.
struct RunOrder: WorkOrder {
  let documents: [WorkspaceName]
  let study: WorkspaceName?
  let paths: Int?
  let seed: Int?
  let agents: [String]
  let risks: [String]
  let severities: [Double]
  let folder: WorkspaceName?
  let priority: Int

  static let form = Form(
    Field("documents", .list(.documentName, count: 1...20), "one study, or scenarios"),
    Field("study", .optional(.documentName), "a study under which the scenarios run"),
    Field("paths", .optional(.integer(in: 1...10_000_000)), "of each scenario and severity; the study's unless given"),
    Field("seed", .optional(.integer(in: 0...Int.max)), "what all draws follow from; the study's unless given"),
    Field("agents", .list(.string, count: 0...100), default: [], "only these agents of the panel"),
    Field("risks", .list(.string, count: 0...100), default: [], "only these risk profiles"),
    Field(
      "severities", .list(.number(in: .between(0, 100)), count: 0...20), default: [],
      "of the events, in place of the study's"),
    Field("folder", .optional(.folderName), "of the report beneath reports; the document's name unless given"),
    .priority, make: Self.init)

  static let example: JSONValue = [
    "documents": ["scenarios/flash-crash.json"], "paths": 2000, "severities": [0, 1], "priority": 0,
  ]

  func order(_ context: ServerContext) throws -> JobOrder {
    let file = try plan(context).file
    let output =
      try folder.map { "\(Workspace.reports)/\($0)" }
      ?? Self.freeFolder(file.name, in: Workspace.reports, context)
    var arguments = ["run"] + documents.map { "\($0)" }
    arguments += Self.option("study", study) + Self.option("paths", paths) + Self.option("seed", seed)
    arguments += try Self.option("agents", agents) + Self.option("risk", risks)
    arguments += try Self.option("severity", severities.map(JSONWriter.number))
    arguments += ["--out", output, "--quiet"]
    return JobOrder(
      .run, title: file.title, documents: (documents + [study].compactMap(\.self)).map { "\($0)" }, output: output,
      arguments: arguments, goingOn: arguments + ["--resume"], priority: priority)
  }

  /// What is simulated.
  ///
  /// - Throws: everything that is wrong in the documents, or what does not fit them.
  func plan(_ context: ServerContext) throws -> RunPlan {
    let settings = RunSettings(
      paths: paths, firstPath: nil, seed: seed.map(UInt64.init), agents: agents.isEmpty ? nil : agents,
      severities: severities.isEmpty ? nil : severities, risks: risks.isEmpty ? nil : risks, threads: nil, tile: nil)
    let file = try StudyFile(
      reading: documents.map { "\($0)" }, under: study.map { "\($0)" }, repository: nil,
      contents: context.workspace.reader())
    return try RunPlan(file, settings)
  }
}
