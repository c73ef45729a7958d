import Drawing
import Lab
import Statistics

/// The panel at a glance: what compares its desks, in pictures and in one table for each scenario.
struct PanelSection: PageSection {
  /// The section.
  init() {}

  func body(_ page: inout PageBuilder) -> [Markup] {
    var parts = [page.heading(2, "The panel at a glance", "panel")]
    let criteria = CriteriaTable(page)
    parts += introduction(page) + GridPart().body(&page)
    for scenario in page.summary.scenarios {
      for severity in page.severities(scenario) {
        let desks = page.desks(scenario, severity)
        guard !desks.isEmpty else { continue }
        let title = "\(scenario.title), severity \(severityText(severity))"
        // Of a grid a table of its own compares the points.
        if scenario.point != nil {
          let table = DeskTable(desks: desks, page: page, criteria: criteria).markup
          parts.append(Markup("details", [:], [Markup("summary", text: "The desks of \(title)")] + table))
          continue
        }
        if page.hasSeveralPanels { parts.append(Markup("h3", text: title)) }
        parts += charts(desks, scenario, severity, &page)
        parts += DeskTable(desks: desks, page: page, criteria: criteria).markup
      }
    }
    parts += SafetyMarginPart().body(&page)
    parts += WhatIfPart().body(&page)
    return parts + ComparisonPart().body(&page)
  }

  /// The charts of the whole panel, a line of the catalogue each.
  private func charts(
    _ desks: [DeskScene], _ scenario: ScenarioSummary, _ severity: Double, _ page: inout PageBuilder
  ) -> [Markup] {
    let scene = PanelScene(summary: page.summary, scenario: scenario, severity: severity, desks: desks)
    return page.grid(
      ChartCatalogue.panel.compactMap { entry in
        entry.make(scene).map { chart in
          PageBuilder.Wish(
            chart: chart, words: [scenario.name, severityWord(severity), entry.name], rank: entry.rank)
        }
      })
  }

  /// What the agents and the risk profiles do, and what leverage goes with.
  private func introduction(_ page: PageBuilder) -> [Markup] {
    let summary = page.summary
    var parts: [Markup] = []
    if let agents = summary.agents, !agents.isEmpty {
      parts.append(
        Markup(
          "dl", [:],
          agents.flatMap { agent in
            [Markup("dt", text: agent.name), Markup("dd", [:], [.text(agent.text)] + link(agent.name, page))]
          }))
    }
    if let profiles = summary.riskProfiles, !profiles.isEmpty {
      parts.append(
        Markup("p", text: "Every agent runs behind every risk profile; agent and profile together are a desk."))
      parts.append(definitions(profiles.map { ($0.name, $0.text) }))
    }
    parts += leverage(page)
    let who = summary.agents.map { "\($0.count) \($0.count == 1 ? "agent" : "agents")" } ?? "the agents"
    let rules = summary.riskProfiles.map { "\($0.count) risk \($0.count == 1 ? "profile" : "profiles")" }
    let folded =
      parts.isEmpty
      ? []
      : [
        Markup(
          "details", [:],
          [Markup("summary", text: "Who they are: \(who)\(rules.map { ", \($0)" } ?? "")")] + parts)
      ]
    return folded + absences(page)
  }

  /// Agents that have no desk somewhere.
  private func absences(_ page: PageBuilder) -> [Markup] {
    let summary = page.summary
    guard let absences = summary.absences, !absences.isEmpty else { return [] }
    return [
      Markup(
        "p",
        text: "Agents of the default study, or of one that this one extends, have no desk where a scenario cannot "
          + "feed them:"),
      Markup(
        "ul", [:],
        absences.map { absence in
          let title = summary.scenarios.first { $0.name == absence.scenario }?.title ?? absence.scenario
          return Markup("li", text: "\(absence.agent), in “\(title)”: \(absence.reason)")
        }),
    ]
  }

  /// What leverage the agents aim at, and how the desks with and without it fare.
  private func leverage(_ page: PageBuilder) -> [Markup] {
    let leveraged = (page.summary.agents ?? []).filter { ($0.leverage ?? 0) > 1 }
    guard !leveraged.isEmpty else { return [] }
    let others = comparison(page, Set(leveraged.map(\.name)))
    let who = leveraged.count == page.summary.agents?.count ? "All" : "Some"
    let list = leveraged.map { agent in
      "\(agent.name) \(Unit.number.tick(agent.leverage ?? 1, step: agent.leverage ?? 1))\u{A0}times"
    }
    return [
      Markup(
        "p",
        text: "\(who) agents aim to hold a multiple of their equity, as far as the venue and the risk profile let "
          + "them: \(list.joined(separator: ", ")). A position of so many times equity loses so many per cent of it for each "
          + "per cent that the price moves against it.\(others)")
    ]
  }

  /// The way to the page of an agent that was trained.
  private func link(_ agent: String, _ page: PageBuilder) -> [Markup] {
    guard let name = page.names.agents[agent] else { return [] }
    let training = (page.summary.policies ?? []).first { $0.record.agent == agent }?.record.trainingText
    return [
      .text(training.map { ". \($0) " } ?? ". "),
      Markup("a", ["href": name], text: "How \(agent) was trained, and what it does"),
    ]
  }

  /// The survival of desks that trade with and without leverage side by side, in each scenario that has both.
  private func comparison(_ page: PageBuilder, _ leveraged: Set<String>) -> String {
    let isSeveral = page.summary.scenarios.count > 1
    return page.summary.scenarios.compactMap { scenario -> String? in
      guard let severity = page.severities(scenario).last else { return nil }
      let desks = page.desks(scenario, severity).filter { $0.trades && $0.desk.survival.value != nil }
      guard let with = range(desks.filter { leveraged.contains($0.desk.agent) }),
        let without = range(desks.filter { !leveraged.contains($0.desk.agent) })
      else { return nil }
      let place = isSeveral ? " in “\(scenario.title)”" : ""
      return " At severity \(severityText(severity))\(place) the desks of these agents that trade survive \(with) of "
        + "paths, those of the others \(without)."
    }.joined()
  }

  /// "3 %" or "3 % to 97 %": from the lowest survival to the highest.
  private func range(_ desks: [DeskScene]) -> String? {
    guard let low = desks.lowest(\.survival.value).first, let high = desks.highest(\.survival.value).first else {
      return nil
    }
    let ends = [low, high].map { $0.desk.survival.valueText(.percent) }
    return ends[0] == ends[1] ? ends[0] : "\(ends[0]) to \(ends[1])"
  }

  private func definitions(_ lines: [(String, String)]) -> Markup {
    Markup("dl", [:], lines.flatMap { [Markup("dt", text: $0.0), Markup("dd", text: $0.1)] })
  }
}

/// A severity as it is written: "1", "0.5".
func severityText(_ severity: Double) -> String { Unit.number.tick(severity, step: severity == 0 ? 1 : severity) }

/// A severity as a part of an anchor: "s1", "s0-5".
func severityWord(_ severity: Double) -> String { "s\(severityText(severity))" }
