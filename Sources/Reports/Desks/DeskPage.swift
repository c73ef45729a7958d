import Drawing
import Lab

/// The page of a desk: what became of it in words and figures, its charts, and its worst path.
struct DeskPage: ReportPage {
  let scene: DeskScene
  /// The file's name.
  let file: String
  /// The other desks of the agent at this severity that have a page.
  private let others: [DeskSummary]

  /// The pages of a run: of each desk that is stressed and has anything to draw, in the order of the scenarios, the
  /// severities and the panel.
  static func all(_ page: PageBuilder) -> [any ReportPage] {
    page.summary.scenarios.flatMap { scenario in
      page.severities(scenario).flatMap { page.desks(scenario, $0) }
    }.compactMap { scene in
      page.names.desks[scene.desk.desk].map { DeskPage(scene: scene, file: $0) }
    }
  }

  private init(scene: DeskScene, file: String) {
    self.scene = scene
    self.file = file
    others = scene.peers.filter { $0.severity == scene.desk.severity && $0.desk != scene.desk.desk && $0.hasCharts }
  }

  var title: String {
    let isOne = scene.summary.scenarios.count == 1
    let severity = scene.desk.severity == 1 ? "" : " at severity \(severityText(scene.desk.severity))"
    return isOne ? "\(scene.name)\(severity)" : "\(scene.name), in “\(scene.scenario.title)”\(severity)"
  }
  let kind = "desk"
  let origin = "agents"

  func body(_ page: inout PageBuilder) -> [Markup] {
    let words = [scene.scenario.name, severityWord(scene.desk.severity), scene.desk.agent, scene.desk.risk]
    var parts = [
      Markup("section", [:], [page.heading(2, "What became of it", words.joined(separator: " "))] + facts(page)),
      Markup(
        "section", [:],
        [page.heading(2, "In pictures", (words + ["pictures"]).joined(separator: " "))]
          + page.grid(charts(page, words))),
    ]
    let worst = WorstPathPart(scene).markup(&page, words: words, isWhole: true)
    if !worst.isEmpty {
      let heading = page.heading(2, "Its worst path", (words + ["worst"]).joined(separator: " "))
      parts.append(Markup("section", [:], [heading] + worst))
    }
    return parts
  }

  private func facts(_ page: PageBuilder) -> [Markup] {
    DeskFate(scene).markup + training + DeskFigures(scene).markup + neighbours(page)
  }

  /// What a trained agent learned on, so that its name is no riddle.
  private var training: [Markup] {
    let policy = (scene.summary.policies ?? []).first { $0.record.agent == scene.desk.agent }
    return policy?.record.trainingText.map { [Markup("p", text: $0)] } ?? []
  }

  /// The way to the other desks of the agent, and to how it was trained.
  private func neighbours(_ page: PageBuilder) -> [Markup] {
    var links = others.map { page.link($0) }
    if let name = page.names.agents[scene.desk.agent] {
      links.append(Markup("a", ["href": name], text: "how \(scene.desk.agent) was trained, and what it does"))
    }
    guard !links.isEmpty else { return [] }
    return [Markup("p", [:], [.text("See also: ")] + links.flatMap { [$0, .text(", ")] }.dropLast())]
  }

  private func charts(_ page: PageBuilder, _ words: [String]) -> [PageBuilder.Wish] {
    ChartCatalogue.desk.flatMap { entry -> [PageBuilder.Wish] in
      guard let chart = entry.make(scene) else { return [] }
      var wishes = [PageBuilder.Wish(chart: chart, words: words + [entry.name], rank: entry.rank)]
      // The same desk without the event stands beside the first chart.
      if entry.name == ChartCatalogue.desk.first?.name, let calm = scene.calm,
        let chart = entry.make(page.scene(calm, scene.scenario))
      {
        wishes.append(
          PageBuilder.Wish(chart: chart, words: words + [entry.name, "without-the-event"], rank: entry.rank))
      }
      return wishes
    }
  }
}
