import Agents
import Documents
import Markets

/// The kinds of documents that people write.
package enum DocumentKind: String, Sendable, CaseIterable {
  case scenario, study, agent

  /// The JSON Schema (2020-12) of the kind, made from the same forms that read it.
  package var schema: JSONValue {
    switch self {
    case .scenario:
      Scenario.form.documentSchema(
        "scenario", title: "A StressLab scenario: a market under stress", examples: examples)
    case .study:
      Study.form.documentSchema(
        "study", title: "A StressLab study: who runs through which scenarios", examples: examples)
    case .agent:
      AgentModels.catalogue.documentSchema(
        title: "A StressLab agent: an entry of a study's panel", examples: examples)
    }
  }

  /// A document of the kind to begin with.
  package var template: String {
    switch self {
    case .scenario: BuiltInDocuments.scenario
    case .study: BuiltInDocuments.study
    case .agent: BuiltInDocuments.agent
    }
  }

  private var examples: [JSONValue] {
    guard let (root, _) = try? DocumentParser.parse(Array(template.utf8), file: rawValue) else {
      preconditionFailure("Invariant: templates are JSON")
    }
    return [root.json]
  }
}
