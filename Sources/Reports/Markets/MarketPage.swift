import Drawing
import Lab

/// The page of a scenario's market: every chart of every asset, and what survival hangs on of what it drew.
struct MarketPage: ReportPage {
  let scenario: ScenarioSummary
  let summary: Summary
  /// The file's name.
  let file: String

  /// The pages of a run, in the order of the scenarios.
  static func all(_ page: PageBuilder) -> [any ReportPage] {
    page.summary.scenarios.compactMap { scenario in
      page.names.markets[scenario.name].map { MarketPage(scenario: scenario, summary: page.summary, file: $0) }
    }
  }

  var title: String { "The market of “\(scenario.title)”" }
  let kind = "market"
  let origin = "panel"

  func body(_ page: inout PageBuilder) -> [Markup] {
    let severities = page.severities(scenario)
    return severities.flatMap { severity -> [Markup] in
      let suffix = severities.count > 1 ? ", severity \(severityText(severity))" : ""
      let market = MarketPart(scenario: scenario, severity: severity, suffix: suffix)
      return [
        market.further(&page), SensitivityPart(scenario: scenario, severity: severity, suffix: suffix).body(&page),
      ]
      .filter { !$0.isEmpty }.map { Markup("section", [:], $0) }
    }
  }
}
