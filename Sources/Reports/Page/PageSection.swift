import Lab

/// A part of the page under a heading of its own. A new section is one file and one line in `Report.sections`.
package protocol PageSection: Sendable {
  /// The section's markup; the builder takes its heading, its anchors and its charts.
  func body(_ page: inout PageBuilder) -> [Markup]
}

/// The page in the making: headings for the contents list, anchors, and the charts to be written beside it.
package struct PageBuilder: Sendable {
  package let summary: Summary
  /// The charts of the page in its order.
  package private(set) var figures: [Figure] = []
  /// The headings of the contents list in the page's order; level 2 and 3.
  package private(set) var contents: [Heading] = []
  private var anchors = Anchors()
  private let agents: [String]

  /// A heading with its anchor.
  package struct Heading: Sendable {
    package let level: Int
    package let text: String
    package let anchor: String
  }

  /// An empty page for a summary.
  package init(_ summary: Summary) {
    self.summary = summary
    var agents: [String] = []
    for desk in summary.desks where !agents.contains(desk.agent) { agents.append(desk.agent) }
    self.agents = agents
  }

  /// A heading that the contents list names.
  package mutating func heading(_ level: Int, _ text: String, short: String? = nil, _ words: String...) -> Markup {
    let anchor = anchors.make(words.isEmpty ? text : words.joined(separator: " "))
    contents.append(Heading(level: level, text: short ?? text, anchor: anchor))
    return Markup("h\(level)", ["id": anchor], text: text)
  }

  /// A chart as a figure of the page.
  package mutating func figure(_ chart: any Chart, _ words: [String], isWide: Bool = false) -> Markup {
    let figure = Figure(id: anchors.make(words.joined(separator: " ")), chart: chart, isWide: isWide)
    figures.append(figure)
    return figure.markup
  }

  /// What a desk's charts are drawn from.
  package func scene(_ desk: DeskSummary, _ scenario: ScenarioSummary) -> DeskScene {
    let peers = summary.desks.filter { $0.scenario == desk.scenario }
    let calm =
      desk.severity == 0
      ? nil : peers.first { $0.severity == 0 && $0.agent == desk.agent && $0.risk == desk.risk }
    return DeskScene(
      summary: summary, scenario: scenario, desk: desk, calm: calm, peers: peers,
      agentIndex: agents.firstIndex(of: desk.agent) ?? 0)
  }

  /// The severities of a scenario that stress it, ascending; 0 alone where nothing else was run.
  package func severities(_ scenario: ScenarioSummary) -> [Double] {
    let all = Set(summary.desks.filter { $0.scenario == scenario.name }.map(\.severity)).sorted()
    let stressed = all.filter { $0 > 0 }
    return stressed.isEmpty ? all : stressed
  }

  /// The desks of a scenario at a severity, in the panel's order.
  package func desks(_ scenario: ScenarioSummary, _ severity: Double) -> [DeskScene] {
    summary.desks.filter { $0.scenario == scenario.name && $0.severity == severity }.map { scene($0, scenario) }
  }
}
