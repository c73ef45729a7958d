import Drawing
import Lab

/// The agents in small multiples: a row for each, its risk profiles side by side, with the ways to its desks' pages.
struct AgentsSection: PageSection {
  /// The section.
  init() {}

  func body(_ page: inout PageBuilder) -> [Markup] {
    var parts = [
      page.heading(2, "Agent by agent", "agents"),
      Markup(
        "p", ["class": "note full"],
        text:
          "Each agent behind each risk profile, on the same paths and the same axes: equity and leverage have one range each over "
          + "all agents, and their bands show how paths spread, no confidence "
          + "interval\(shaded(page))\(Self.lines(page)). The rest of a desk stands on its "
          + "own page."),
    ]
    let isSeveral = page.hasSeveralPanels
    for scenario in page.summary.scenarios {
      for severity in page.severities(scenario) {
        let desks = page.desks(scenario, severity)
        guard !desks.isEmpty else { continue }
        if isSeveral {
          let title = "\(scenario.title), severity \(severityText(severity))"
          parts.append(page.heading(3, title, scenario.name, severityWord(severity), "agents"))
        }
        let idle = desks.filter { !$0.desk.hasCharts }
        if !idle.isEmpty {
          parts.append(
            Markup("p", text: "\(listed(idle.map(\.name), most: 24)) never traded: nothing is drawn of that."))
        }
        let agents = AgentScene.all(desks, severity)
        // A report of so many has no room for charts of each agent.
        guard page.room.leastRank == .further else {
          if !agents.isEmpty { parts.append(links(agents, page)) }
          continue
        }
        if isSeveral {
          guard !agents.isEmpty else { continue }
          let drawn = page.grid(agents.flatMap(Self.wishes))
          parts.append(Markup("div", ["class": "agent"], [links(agents, page)] + drawn))
        } else {
          for agent in agents { parts.append(row(agent, &page)) }
        }
      }
    }
    return parts
  }

  /// The charts of an agent.
  private static func wishes(_ agent: AgentScene) -> [PageBuilder.Wish] {
    let words = [agent.scenario.name, severityWord(agent.severity), agent.agent]
    return ChartCatalogue.agent.compactMap { entry in
      entry.make(agent).map {
        PageBuilder.Wish(chart: $0, words: words + [entry.name], rank: entry.rank, isWide: true, isOfRow: true)
      }
    }
  }

  /// An agent of a report of one panel: what it does, the ways to its desks, and its charts.
  private func row(_ agent: AgentScene, _ page: inout PageBuilder) -> Markup {
    let heading = page.heading(3, agent.agent, agent.scenario.name, severityWord(agent.severity), agent.agent)
    var text: [Markup] = []
    if let line = agent.summary.agents?.first(where: { $0.name == agent.agent }) {
      text.append(.text(line.text.prefix(1).uppercased() + line.text.dropFirst() + ". "))
    }
    for line in agent.lines where line.profiles.count > 1 {
      text.append(.text("Behind \(listed(line.profiles, most: 8)) it is the same in every figure. "))
    }
    text += [.text("In full: ")] + desks(agent, page) { $0.risk } + [.text(".")]
    return Markup(
      "div", ["class": "agent"], [heading, Markup("p", ["class": "note"], text)] + page.grid(Self.wishes(agent)))
  }

  /// The ways to an agent's desks, each called by its name or by a part of it.
  private func desks(
    _ agent: AgentScene, _ page: PageBuilder, called text: (DeskSummary) -> String? = { _ in nil }
  ) -> [Markup] {
    let desks = page.desks(agent.scenario, agent.severity).filter {
      $0.desk.agent == agent.agent && page.names.desks[$0.desk.desk] != nil
    }
    return Array(desks.flatMap { [page.link($0.desk, text($0.desk)), .text(", ")] }.dropLast())
  }

  /// What is shaded, behind a semicolon; nothing where no event acts.
  private func shaded(_ page: PageBuilder) -> String {
    let most = page.summary.scenarios.filter { page.severities($0).last ?? 0 > 0 }.map(\.events.count).max() ?? 0
    return most == 0 ? "" : most == 1 ? "; shaded is the event" : "; shaded is where events act, on the median path"
  }

  /// Which profile has which line, behind a semicolon; nothing of more than two, of which some may be alike for some agents.
  private static func lines(_ page: PageBuilder) -> String {
    let profiles = (page.summary.riskProfiles ?? []).map(\.name)
    guard profiles.count == 2 else { return "" }
    return "; " + zip(AgentChart.dashWords, profiles).map { "\($0): \($1)" }.joined(separator: ", ")
  }

  /// The ways to all desks' pages.
  private func links(_ agents: [AgentScene], _ page: PageBuilder) -> Markup {
    let links = agents.flatMap { desks($0, page) + [.text(", ")] }.dropLast()
    return Markup("p", ["class": "note full"], [.text("All of ")] + links + [.text(".")])
  }
}
