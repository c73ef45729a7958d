import Documents
import HTTPTypes
import Lab
import Tracking

/// The agents that have names and versions: what is known of them. Comparing and promoting them is work (`JobsAPI`).
enum AgentsAPI {
  static let operations = [list, read]

  /// The name of a version in a path.
  static let reference = Parameter(
    "reference", in: .path, .text(1...200),
    "NAME:VERSION or NAME@ALIAS; a name alone means its champion, or else its candidate",
    example: "calm@champion")

  private static let list = Operation(
    .get, "/api/v1/agents", id: "listAgents", .agents, "Lists the versions of the models, by model and number.",
    parameters: [
      Parameter("name", in: .query, .text(1...200), "only of this model", example: "calm"), .limit, .after,
    ],
    answer: .json(
      Schemas.list(of: "AgentVersion"), "A part of the list.", example: ["items": [Examples.agent], "next": nil]),
    failures: [.conflict]
  ) { call in
    guard let models = call.context.models else { return .json(["items": [], "next": nil]) }
    let name = call.text("name")
    let versions = try await call.context.apart { try models.versions(of: name) }
    return .json(try call.page(versions, by: \.title) { call.context.fromHere(models.json(of: $0)) })
  }

  private static let read = Operation(
    .get, "/api/v1/agents/{reference}", id: "readAgent", .agents,
    "Reads all that is known of a version: what it was trained on, validation, stress results, checks and decisions.",
    parameters: [reference],
    answer: .json(Schemas.reference("AgentDetails"), "The version.", example: Examples.agentDetails),
    failures: [.notFound, .conflict]
  ) { call in
    let models = try models(call.context)
    let text = call.text("reference") ?? ""
    let whole = try await call.context.apart { try models.wholeJSON(of: version(text, models)) }
    return .json(call.context.fromHere(whole))
  }

  /// The models of a server that keeps a record.
  static func models(_ context: ServerContext) throws(Failure) -> ModelStore {
    guard let models = context.models else { throw Failure.notFound("this server keeps no record of agents") }
    return models
  }

  /// The version that somebody names.
  ///
  /// - Throws: a `Failure` where there is none.
  static func version(_ text: String, _ models: ModelStore) throws -> ModelVersion {
    do {
      return try models.named(text)
    } catch let refusal as Refusal {
      throw Failure.notFound("\(refusal)")
    } catch let problem as StoreProblem where problem.kind == .unfit {
      throw Failure.notFound("\(problem)")
    }
  }
}
