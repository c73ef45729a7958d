import Drawing
import Lab

/// The file names of the pages beside `index.html`, by what each is about. Names in documents may be anything; those of files
/// are small letters, digits and hyphens, and none is another's.
struct PageNames: Sendable {
  /// By the name of the trained agent.
  let agents: [String: String]
  /// By the desk's number in the store.
  let desks: [Int: String]
  /// By the name of the scenario.
  let markets: [String: String]

  /// The names of a run's pages.
  init(_ summary: Summary, index: DeskIndex) {
    var anchors = Anchors()
    agents = Dictionary(
      (summary.policies ?? []).map { ($0.record.agent, anchors.make("agent", $0.record.agent) + ".html") },
      uniquingKeysWith: { first, _ in first })
    markets = Dictionary(
      summary.scenarios.filter { scenario in
        summary.markets.contains { $0.scenario == scenario.name && !$0.assets.isEmpty }
      }.map { ($0.name, anchors.make("market", $0.name) + ".html") }, uniquingKeysWith: { first, _ in first })
    let isSeveral = summary.scenarios.count > 1
    var desks: [Int: String] = [:]
    for scenario in summary.scenarios {
      let severities = index.stressed(scenario.name)
      for desk in severities.flatMap({ index.desks(scenario.name, $0) }) where desk.hasCharts {
        let words =
          ["desk"] + (isSeveral ? [scenario.name] : []) + (severities.count > 1 ? [severityWord(desk.severity)] : [])
          + [desk.agent, desk.risk]
        desks[desk.desk] = anchors.make(words.joined(separator: " ")) + ".html"
      }
    }
    self.desks = desks
  }
}

extension DeskSummary {
  /// Whether there is anything to draw of it: not of one that never traded.
  var hasCharts: Bool { executionCostBps.value != nil || survival.value != 1 }
}
