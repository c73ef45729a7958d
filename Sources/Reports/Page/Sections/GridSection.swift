import Drawing
import Lab
import Statistics

/// What a grid varies against what each desk survives: a row for each point.
struct GridSection: PageSection {
  /// The section.
  init() {}

  func body(_ page: inout PageBuilder) -> [Markup] {
    let points = page.summary.scenarios.filter { $0.point != nil }
    guard !points.isEmpty else { return [] }
    var parts = [
      page.heading(2, "Over the grid", "grid"),
      Markup(
        "p",
        text: "Survival at each point of the grid, at the highest severity that was run. All points draw the same "
          + "random numbers, so that what differs between rows is what the grid varies."),
    ]
    var files: [String] = []
    for point in points where !files.contains(point.file) { files.append(point.file) }
    for file in files {
      let rows = points.filter { $0.file == file }
      if files.count > 1 { parts.append(Markup("h4", text: ScenarioFile.name(of: file))) }
      parts.append(table(rows, page))
    }
    return parts
  }

  private func table(_ scenarios: [ScenarioSummary], _ page: PageBuilder) -> Markup {
    let axes = scenarios.first?.point?.map(\.name) ?? []
    let desks = scenarios.map { scenario in page.severities(scenario).last.map { page.desks(scenario, $0) } ?? [] }
    let names = desks.first?.map(\.name) ?? []
    let rows = zip(scenarios, desks).map { scenario, desks in
      let point = (scenario.point ?? []).enumerated().map { index, value in
        index == 0
          ? Markup("th", ["scope": "row", "role": "rowheader"], text: value.text)
          : Markup("td", ["role": "cell", "data-label": value.name], text: value.text)
      }
      let cells = desks.map { scene in
        Markup(
          "td", ["role": "cell", "data-label": scene.name],
          [
            Markup(
              "span", [:],
              [
                .text(scene.desk.survival.valueText(.percent)),
                Markup("small", text: scene.desk.survival.boundsText(.percent)),
              ])
          ])
      }
      return Markup("tr", ["role": "row"], point + cells)
    }
    let head = (axes + names.map { $0.replacing("·\u{A0}", with: "· ") }).map {
      Markup("th", ["scope": "col", "role": "columnheader"], text: $0)
    }
    return Markup(
      "div", ["class": "scroll"],
      [
        Markup(
          "table", ["class": "cards", "role": "table"],
          [
            Markup("thead", ["role": "rowgroup"], [Markup("tr", ["role": "row"], head)]),
            Markup("tbody", ["role": "rowgroup"], rows),
          ])
      ])
  }
}
