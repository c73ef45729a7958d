import Lab

/// The desks of a run by what a page asks for, so that no section looks through all of them for each of them.
struct DeskIndex: Sendable {
  /// Each agent's place in the panel, by name.
  let agents: [String: Int]
  private let markets: [Market: [DeskSummary]]
  private let peers: [Agent: [DeskSummary]]
  private let severities: [String: [Double]]

  private struct Market: Hashable {
    let scenario: String
    let severity: Double
  }

  private struct Agent: Hashable {
    let scenario, agent: String
  }

  init(_ desks: [DeskSummary]) {
    var agents: [String: Int] = [:]
    for desk in desks where agents[desk.agent] == nil { agents[desk.agent] = agents.count }
    self.agents = agents
    markets = Dictionary(grouping: desks) { Market(scenario: $0.scenario, severity: $0.severity) }
    peers = Dictionary(grouping: desks) { Agent(scenario: $0.scenario, agent: $0.agent) }
    severities = Dictionary(grouping: markets.keys, by: \.scenario).mapValues { $0.map(\.severity).sorted() }
  }

  /// The desks of a scenario at a severity, in the panel's order.
  func desks(_ scenario: String, _ severity: Double) -> [DeskSummary] {
    markets[Market(scenario: scenario, severity: severity)] ?? []
  }

  /// The desks of the same agent in the same scenario, at every severity and behind every risk profile.
  func peers(of desk: DeskSummary) -> [DeskSummary] {
    peers[Agent(scenario: desk.scenario, agent: desk.agent)] ?? []
  }

  /// The severities at which a scenario was run, ascending.
  func severities(of scenario: String) -> [Double] { severities[scenario] ?? [] }

  /// Those of them that stress it, ascending; 0 alone where nothing else was run.
  func stressed(_ scenario: String) -> [Double] {
    let all = severities(of: scenario)
    let stressed = all.filter { $0 > 0 }
    return stressed.isEmpty ? all : stressed
  }
}
