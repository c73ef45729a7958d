import Drawing
import Lab
import Statistics

/// The panel: who its agents are, and every desk's figures in one table for each scenario.
struct PanelSection: PageSection {
  /// The section.
  init() {}

  func body(_ page: inout PageBuilder) -> [Markup] {
    var parts = [page.heading(2, "The panel", "panel")]
    parts += introduction(page.summary, isDecided(page.summary))
    for scenario in page.summary.scenarios {
      for severity in page.severities(scenario) {
        let desks = page.desks(scenario, severity)
        guard !desks.isEmpty else { continue }
        if page.summary.scenarios.count > 1 || page.severities(scenario).count > 1 {
          parts.append(Markup("h4", text: "\(scenario.title), severity \(Unit.number.tick(severity, step: severity))"))
        }
        parts.append(DeskTable(desks: desks, summary: page.summary).markup)
        let scene = PanelScene(summary: page.summary, scenario: scenario, severity: severity, desks: desks)
        let charts = ChartCatalogue.panel.compactMap { entry in
          entry.make(scene).map { chart in
            PageBuilder.Wish(
              chart: chart, words: [scenario.name, severityWord(severity), entry.name], rank: entry.rank,
              isWide: true)
          }
        }
        parts += page.grid(charts)
      }
    }
    return parts
  }

  /// What the agents and the risk profiles do, and why leverage matters.
  private func introduction(_ summary: Summary, _ isDecided: Bool) -> [Markup] {
    var parts: [Markup] = []
    if let agents = summary.agents, !agents.isEmpty {
      parts.append(definitions(agents.map { ($0.name, $0.text) }))
    }
    if let profiles = summary.riskProfiles, !profiles.isEmpty {
      parts.append(
        Markup("p", text: "Every agent runs behind every risk profile; agent and profile together are a desk."))
      parts.append(definitions(profiles.map { ($0.name, $0.text) }))
    }
    let leveraged = (summary.agents ?? []).filter { ($0.leverage ?? 0) > 1 }
    if !leveraged.isEmpty && !isDecided {
      let list = leveraged.map { "\($0.name) \(Unit.number.tick($0.leverage ?? 1, step: $0.leverage ?? 1))\u{A0}times" }
      parts.append(
        Markup(
          "p",
          text:
            "Leverage is what puts this panel’s survival between 5 and 95\u{A0}%: its agents aim to hold a multiple of "
            + "their equity (\(list.joined(separator: ", "))), so that a fall of some per cent ruins part of the paths and "
            + "spares the rest. Without leverage nearly every path would survive, and there would be little to compare."
        ))
    }
    return parts
  }

  /// Whether no desk survives between 5 and 95 % of paths, so that there is nothing for leverage to explain.
  private func isDecided(_ summary: Summary) -> Bool {
    !summary.desks.contains { desk in desk.survival.value.map { $0 >= 0.05 && $0 <= 0.95 } ?? false }
  }

  private func definitions(_ lines: [(String, String)]) -> Markup {
    Markup("dl", [:], lines.flatMap { [Markup("dt", text: $0.0), Markup("dd", text: $0.1)] })
  }
}

/// A severity as a part of an anchor: "s1", "s0-5".
func severityWord(_ severity: Double) -> String { "s\(Unit.number.tick(severity, step: severity == 0 ? 1 : severity))" }
