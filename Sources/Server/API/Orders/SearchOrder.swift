import Documents
import Training

/// A search for the values of a training.
struct SearchOrder: WorkOrder {
  let document: WorkspaceName
  let seed: Int?
  let folder: WorkspaceName?
  let priority: Int

  static let form = Form(
    Field("document", .documentName, "a search"),
    Field("seed", .optional(.integer(in: 0...Int.max)), "what all draws follow from; the document's unless given"),
    Field("folder", .optional(.folderName), "beneath tuning; the document's name unless given"),
    .priority, make: Self.init)

  static let example: JSONValue = ["document": "scenarios/tuning/example.json"]

  func order(_ context: ServerContext) throws -> JobOrder {
    let file = try TuningFile(reading: "\(document)", contents: context.workspace.reader())
    let output =
      try folder.map { "\(Workspace.tuning)/\($0)" } ?? Self.freeFolder(file.name, in: Workspace.tuning, context)
    let arguments = ["tune", "\(document)"] + Self.option("seed", seed) + ["--out", output, "--quiet"]
    return JobOrder(
      .search, title: file.plan.title, documents: ["\(document)"], output: output, arguments: arguments,
      goingOn: arguments + ["--resume"], priority: priority)
  }
}
