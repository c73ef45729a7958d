import Agents
import Documents
import Markets

/// The kinds of documents that people write.
package enum DocumentKind: String, Sendable, CaseIterable {
  case scenario, study, agent

  /// The JSON Schema (2020-12) of the kind, made from the same forms that read it.
  package var schema: JSONValue {
    switch self {
    case .scenario: Scenario.form.documentSchema("scenario", title: "A StressLab scenario: a market under stress")
    case .study: Study.form.documentSchema("study", title: "A StressLab study: who runs through which scenarios")
    case .agent:
      Self.schema(of: AgentModels.catalogue, title: "A StressLab agent: an entry of a study's panel")
    }
  }

  private static func schema<Model>(of catalogue: Catalogue<Model>, title: String) -> JSONValue {
    let definitions = SchemaDefinitions()
    let reference = catalogue.schema(definitions)
    return .object(
      [
        JSONMember("$schema", "https://json-schema.org/draft/2020-12/schema"), JSONMember("title", .string(title)),
      ] + reference.keywords + [JSONMember("$defs", definitions.json)])
  }
}
