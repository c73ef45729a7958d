/// A file that a run read, or an agent of the study that it read.
package struct InputFile: Codable, Sendable, Equatable {
  /// What a file is to the run, by the word that stands in `summary.json`.
  package enum Role: String, Codable, Sendable {
    /// The study, or a document that it extends.
    case study
    /// The table of positions that a study's accounts start with.
    case positions
    /// A scenario, or a document that it extends.
    case scenario
    /// What a scenario reads, such as recorded prices.
    case data
    /// An agent of the panel as the study says it; no file of its own.
    case agent
    /// What an agent reads beside the study.
    case agentFile = "agent file"
    /// What a risk rule reads beside the study.
    case ruleFile = "rule file"
  }

  /// What it is to the run.
  package let role: Role
  /// As it was given on the command line or in the study; of an agent, its name in the panel.
  package let name: String
  /// Of the file's bytes, or of the agent's JSON on one line with sorted keys; hexadecimal.
  package let sha256: String

  /// A run makes it from what it has read.
  package init(role: Role, name: String, sha256: String) {
    self.role = role
    self.name = name
    self.sha256 = sha256
  }
}
