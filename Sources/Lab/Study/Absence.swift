import Documents

/// An agent that nobody chose and a scenario cannot feed, and that is left out there.
///
/// Whoever runs a scenario alone, or extends a study, has not chosen the agents in it; a study that names such an agent itself
/// is refused.
package struct Absence: Codable, Sendable, Hashable, CustomStringConvertible {
  /// The agent's name in the study.
  package let agent: String
  /// The scenario's name.
  package let scenario: String
  /// Why it is left out.
  package let reason: String

  /// A run finds it when it reads its documents.
  package init(agent: String, scenario: String, reason: String) {
    self.agent = agent
    self.scenario = scenario
    self.reason = reason
  }

  /// For people: `the agent "learner" is left out of "calm": no asset named "AAPL"`.
  package var description: String { "the agent \(quoted(agent)) is left out of \(quoted(scenario)): \(reason)" }
}
