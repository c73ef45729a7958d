import Drawing
import Lab
import Statistics

/// A scenario: what happens in it, the market it made, the panel without the event, and each desk.
struct ScenarioSection: PageSection {
  private let scenario: ScenarioSummary

  /// The section of a scenario.
  init(scenario: ScenarioSummary) { self.scenario = scenario }

  func body(_ page: inout PageBuilder) -> [Markup] {
    var parts = [page.heading(2, scenario.title, scenario.name, "scenario")]
    parts += ScenarioStory(scenario: scenario).markup
    let severities = page.severities(scenario)
    if severities == [0], !scenario.events.isEmpty {
      parts.append(
        Markup("p", text: "This run has severity 0 alone: the market below is the one without \(scenario.eventWord)."))
    }
    for severity in severities {
      let suffix = severities.count > 1 ? ", severity \(severityText(severity))" : ""
      parts += MarketPart(scenario: scenario, severity: severity, suffix: suffix).body(&page)
      parts += AttributionPart(scenario: scenario, severity: severity, suffix: suffix).body(&page)
      parts += RuinPart(scenario: scenario, severity: severity, suffix: suffix).body(&page)
      parts += SensitivityPart(scenario: scenario, severity: severity, suffix: suffix).body(&page)
      for desk in page.desks(scenario, severity) {
        parts += DeskPart(desk: desk, suffix: suffix).body(&page)
      }
    }
    return parts
  }
}
