import Drawing
import Lab
import Statistics

/// What survival would be where a figure that the scenario fixes is another: a row for each figure and factor.
struct WhatIfPart: PageSection {
  /// The part.
  init() {}

  func body(_ page: inout PageBuilder) -> [Markup] {
    let worlds = page.summary.whatIfs ?? []
    guard let first = worlds.first else { return [] }
    let story = WhatIfStory(page.summary)
    var parts = [
      page.heading(3, "If a fixed figure were another", "what-if"), introduction(first, worlds, page.summary),
    ]
    for scenario in page.summary.scenarios {
      let own = worlds.filter { $0.scenario == scenario.name }
      guard !own.isEmpty else { continue }
      let caption = page.summary.scenarios.count > 1 ? scenario.title : nil
      parts.append(table(own, story, caption: caption))
      parts.append(
        Markup(
          "details", [:],
          [Markup("summary", text: "Survival of every desk with each figure, with intervals"), everyDesk(own)]))
    }
    return parts
  }

  private func introduction(_ first: WhatIfWorld, _ worlds: [WhatIfWorld], _ summary: Summary) -> Markup {
    var figures: [String] = []
    for world in worlds {
      let text = "\(world.figure) (\(world.pointer))"
      if !figures.contains(text) { figures.append(text) }
    }
    let paths = Unit.decimal(Double(first.paths), decimals: 0)
    let limit = Unit.percent.tick(summary.leastSurvival, step: summary.leastSurvival)
    return Markup(
      "p", ["class": "note full"],
      text:
        "What somebody has judged, or fitted with an error, and no path draws, multiplied one at a time at severity "
        + "\(severityText(first.severity)), on \(first.paths == Int(summary.run.paths) ? "all" : "the first") \(paths) paths of the "
        + "run: \(listed(figures, most: 32)). A desk falls under \(limit) of survival, or rises over it, where its whole "
        + "interval does and all paths of the run as written say otherwise; changes are taken path by path (Tango’s interval)."
    )
  }

  private func table(_ worlds: [WhatIfWorld], _ story: WhatIfStory, caption: String?) -> Markup {
    let limit = story.limitText
    return CardTable(
      caption: caption ?? "Survival where one figure is another",
      head: ["figure", "times", "falls under \(limit)", "rises over \(limit)", "moves most", "by"],
      rows: worlds.map { world in
        let turned = story.turned(world)
        let most = story.mostMoved(world)
        return [
          world.figure, factorText(world.factor), names(turned.falling), names(turned.rising),
          most.map { "\($0.agent)\u{A0}·\u{A0}\($0.risk)" } ?? "none",
          most.map { $0.change.pointsText } ?? "\u{2013}",
        ]
      }
    ).markup
  }

  private func names(_ desks: [WhatIfWorld.Desk]) -> String {
    desks.isEmpty ? "none" : listed(desks.map { "\($0.agent)\u{A0}·\u{A0}\($0.risk)" })
  }

  private func everyDesk(_ worlds: [WhatIfWorld]) -> Markup {
    let desks = worlds[0].desks
    return CardTable(
      caption: "Survival of each desk",
      head: ["desk"] + worlds.map { "\($0.figure) × \(factorText($0.factor))" },
      rows: desks.indices.map { index in
        ["\(desks[index].agent)\u{A0}·\u{A0}\(desks[index].risk)"]
          + worlds.map { $0.desks[index].survival.text(.percent) }
      }
    ).markup
  }
}
