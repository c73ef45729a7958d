import Drawing
import Lab
import Statistics

/// A scenario: what happens in it, the market it made, and what that did to the panel.
struct ScenarioSection: PageSection {
  private let scenario: ScenarioSummary

  /// The section of a scenario.
  init(scenario: ScenarioSummary) { self.scenario = scenario }

  func body(_ page: inout PageBuilder) -> [Markup] {
    var parts = [page.heading(2, scenario.title, scenario.name, "scenario")]
    let severities = page.severities(scenario)
    // Of a grid the first point tells what all of them share.
    let first = page.summary.scenarios.first { $0.file == scenario.file && $0.point != nil } ?? scenario
    guard first.name == scenario.name else {
      parts.append(Markup("p", [:], [.text("As “\(first.title)”, but for what the grid varies. ")] + market(page)))
      for severity in severities {
        let suffix = severities.count > 1 ? ", severity \(severityText(severity))" : ""
        parts += RuinPart(scenario: scenario, severity: severity, suffix: suffix).body(&page)
      }
      return parts
    }
    parts += ScenarioStory(scenario: scenario).markup
    if let opening = page.summary.openings?.first(where: { $0.scenario == scenario.name }) {
      parts += OpeningPart(opening: opening, executes: page.summary.executes).markup
    }
    if severities == [0], !scenario.events.isEmpty {
      parts.append(
        Markup("p", text: "This run has severity 0 alone: the market below is the one without \(scenario.eventWord)."))
    }
    for severity in severities {
      let suffix = severities.count > 1 ? ", severity \(severityText(severity))" : ""
      parts += MarketPart(scenario: scenario, severity: severity, suffix: suffix).overview(&page)
      parts += RuinPart(scenario: scenario, severity: severity, suffix: suffix).body(&page)
    }
    return parts
  }

  private func market(_ page: PageBuilder) -> [Markup] {
    guard let name = page.names.markets[scenario.name] else { return [] }
    return [Markup("a", ["href": name], text: "Its market"), .text(".")]
  }
}
