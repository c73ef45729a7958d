import Drawing
import Lab
import Statistics

/// What a grid varies against what each desk survives: a row for each point.
struct GridPart: PageSection {
  /// The part.
  init() {}

  func body(_ page: inout PageBuilder) -> [Markup] {
    let points = page.summary.scenarios.filter { $0.point != nil }
    guard !points.isEmpty else { return [] }
    var parts = [
      page.heading(3, "Over the grid", "grid"),
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
    // An agent may have no desk at a point that cannot feed it.
    var names: [String] = []
    for scene in desks.joined() where !names.contains(scene.name) { names.append(scene.name) }
    let rows = zip(scenarios, desks).map { scenario, desks in
      let point = (scenario.point ?? []).map(\.text)
      let cells = names.map { name -> [Markup] in
        guard let survival = desks.first(where: { $0.name == name })?.desk.survival else { return [.text("no desk")] }
        let bounds = Markup("small", text: survival.boundsText(.percent))
        return [Markup("span", [:], [.text(survival.valueText(.percent)), bounds])]
      }
      return CardTable.Row(
        CardTable.Row.heading([.text(point.first ?? "")]), point.dropFirst().map { [.text($0)] } + cells)
    }
    return CardTable(
      head: axes + names.map { $0.replacing("·\u{A0}", with: "· ") }, labels: axes + names, rows: rows
    ).markup
  }
}
