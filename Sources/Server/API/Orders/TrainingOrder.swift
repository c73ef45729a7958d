import Documents
import Training

/// A training to be made.
struct TrainingOrder: WorkOrder {
  let document: WorkspaceName
  let seeds: [Int]
  let folder: WorkspaceName?
  let priority: Int

  static let form = Form(
    Field("document", .documentName, "a training"),
    Field("seeds", .list(.integer(in: 0...1_000_000), count: 0...100), default: [], "in place of the document's"),
    Field("folder", .optional(.folderName), "of the agents beneath agents; the document's name unless given"),
    .priority, make: Self.init)

  static let example: JSONValue = ["document": "scenarios/training/calm.json", "seeds": [1]]

  func order(_ context: ServerContext) throws -> JobOrder {
    let file = try TrainingFile(reading: "\(document)", contents: context.workspace.reader())
    let output =
      try folder.map { "\(Workspace.agents)/\($0)" } ?? Self.freeFolder(file.name, in: Workspace.agents, context)
    var arguments = ["train", "\(document)"]
    arguments += try Self.option("seeds", seeds.map { "\($0)" })
    arguments += ["--out", output, "--quiet"]
    return JobOrder(
      .training, title: file.plan.title, documents: ["\(document)"], output: output, arguments: arguments,
      goingOn: arguments + ["--resume"], priority: priority)
  }
}
