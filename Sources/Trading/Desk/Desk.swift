/// An agent behind its risk overlay: a row of the report.
package struct Desk: Sendable {
  /// The desk's place in the study's fixed order; the outcome row's `desk`.
  package let index: Int
  /// The agent's name in the panel.
  package let agentName: String
  /// What decides.
  package let agent: any Agent
  /// The risk profile's name.
  package let riskName: String
  /// The rules of the overlay, in the order of their names.
  package let rules: [any RiskRule]

  /// A desk.
  package init(index: Int, agentName: String, agent: any Agent, riskName: String, rules: [any RiskRule]) {
    self.index = index
    self.agentName = agentName
    self.agent = agent
    self.riskName = riskName
    self.rules = rules
  }
}
