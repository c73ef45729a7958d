import Agents
import Documents
import Lab
import Markets

/// The kinds of documents that people write. It stands here because trainings and searches are the last of them to be known
/// on the way up: whoever sees this module sees the forms of all.
package enum DocumentKind: String, Sendable, CaseIterable {
  case scenario, study, agent, training, tuning

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
    case .training:
      TrainingPlan.form.documentSchema(
        "training", title: "A StressLab training: what an agent learns on, sees and may do", examples: examples)
    case .tuning:
      TuningPlan.form.documentSchema(
        "tuning", title: "A StressLab search: which values of a training are tried, and how", examples: examples)
    }
  }

  /// A document of the kind to begin with.
  package var template: String {
    switch self {
    case .scenario: BuiltInDocuments.scenario
    case .study: BuiltInDocuments.study
    case .agent: BuiltInDocuments.agent
    case .training: BuiltInDocuments.training
    case .tuning: BuiltInDocuments.tuning
    }
  }

  private var examples: [JSONValue] {
    guard let (root, _) = try? DocumentParser.parse(Array(template.utf8), file: rawValue) else {
      preconditionFailure("Invariant: templates are JSON")
    }
    return [root.json]
  }
}
