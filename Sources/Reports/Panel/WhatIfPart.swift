import Drawing
import Lab
import Statistics

/// What survival would be where a figure that the scenario fixes is another: a row for each figure, and for each factor whom it takes
/// across the least survival and whom it moves most.
struct WhatIfPart: PageSection {
  /// The part.
  init() {}

  func body(_ page: inout PageBuilder) -> [Markup] {
    let worlds = page.summary.whatIfs ?? []
    guard let first = worlds.first else { return [] }
    let story = WhatIfStory(page.summary)
    var parts = [
      page.heading(3, "If a fixed figure were another", "what-if"), introduction(first, page.summary),
    ]
    for scenario in page.summary.scenarios {
      let own = worlds.filter { $0.scenario == scenario.name }
      guard !own.isEmpty else { continue }
      let caption = page.summary.scenarios.count > 1 ? scenario.title : nil
      parts.append(table(own, story, caption: caption))
      parts.append(
        Markup(
          "details", [:],
          [
            Markup("summary", text: "Survival of every desk with each figure, with intervals"), everyDesk(own),
            places(own),
          ]))
    }
    return parts
  }

  private func introduction(_ first: WhatIfWorld, _ summary: Summary) -> Markup {
    let paths = Unit.decimal(Double(first.paths), decimals: 0)
    let limit = Unit.percent.tick(summary.leastSurvival, step: summary.leastSurvival)
    return Markup(
      "p", ["class": "note full"],
      text:
        "Figures that somebody has judged, or fitted with an error, and no path draws, multiplied one at a time at severity "
        + "\(severityText(first.severity)), on \(first.paths == Int(summary.run.paths) ? "all" : "the first") \(paths) paths of the "
        + "run. A desk crosses \(limit) where its whole interval does, against all paths of the run as written; changes in points of "
        + "survival are taken path by path (Tango’s interval)."
    )
  }

  /// Where each figure stands in the scenario.
  private func places(_ worlds: [WhatIfWorld]) -> Markup {
    var places: [String] = []
    for world in worlds {
      let text = "\(world.figure): \(world.pointer)"
      if !places.contains(text) { places.append(text) }
    }
    return Markup(
      "p", ["class": "note"], text: "Where they stand, * for each of a kind: \(places.joined(separator: "; ")).")
  }

  /// A row a figure: for each factor who crosses the least survival, and whom it moves most.
  private func table(_ worlds: [WhatIfWorld], _ story: WhatIfStory, caption: String?) -> Markup {
    var figures: [String] = []
    for world in worlds where !figures.contains(world.figure) { figures.append(world.figure) }
    let factors = Set(worlds.map(\.factor)).sorted()
    let crosses = "crosses \(story.limitText)"
    let table = CardTable(
      caption: caption ?? "Survival where one figure is another",
      head: ["figure"] + factors.flatMap { ["× \(factorText($0)): \(crosses)", "moves most, points"] },
      rows: figures.map { figure in
        CardTable.Row(
          CardTable.Row.heading([.text(figure)]),
          factors.flatMap { factor -> [[Markup]] in
            guard let world = worlds.first(where: { $0.figure == figure && $0.factor == factor }) else {
              return [[.text("not run")], [.text("not run")]]
            }
            let moved = story.mostMoved(world).map(Self.moved) ?? [.text("none")]
            return [[.text(crossing(story.turned(world)))], [Markup("span", [:], moved)]]
          })
      }
    ).markup
    return Markup("div", ["class": "decision figures"], [table])
  }

  private func crossing(_ turned: (falling: [WhatIfWorld.Desk], rising: [WhatIfWorld.Desk])) -> String {
    let parts = [(turned.falling, "down"), (turned.rising, "up")].filter { !$0.0.isEmpty }
      .map { "\(listed($0.0.map(\.name))) \($0.1)" }
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }

  private static func moved(_ desk: WhatIfWorld.Desk) -> [Markup] {
    let words = desk.change.pointsText.replacing(" points", with: "").split(separator: " ", maxSplits: 1).map(
      String.init)
    return [.text("\(desk.name) \(words[0]) "), Markup("small", text: words.dropFirst().joined())]
  }

  private func everyDesk(_ worlds: [WhatIfWorld]) -> Markup {
    let desks = worlds[0].desks
    return CardTable(
      caption: "Survival of each desk",
      head: ["desk"] + worlds.map { "\($0.figure) × \(factorText($0.factor))" },
      rows: desks.indices.map { index in
        [desks[index].name] + worlds.map { $0.desks[index].survival.text(.percent) }
      }
    ).markup
  }
}
