import Drawing
import Lab
import Statistics

/// The worst path of all: of the desk whose worst path ends lowest.
struct WorstPathSection: PageSection {
  /// The section.
  init() {}

  func body(_ page: inout PageBuilder) -> [Markup] {
    let scenes = page.highest.filter { $0.desk.hasCharts && $0.desk.worstPath?.equity.last != nil }
    let lowest = scenes.lowest { $0.worstPath?.equity.last }
    guard let scene = lowest.first else { return [] }
    let words = [scene.scenario.name, severityWord(scene.desk.severity)]
    let heading = page.heading(2, "The worst path", "worst-path")
    let part = WorstPathPart(scene).markup(&page, words: words, isWhole: false)
    guard !part.isEmpty else { return [] }
    let isOne = page.summary.scenarios.count == 1
    let place = isOne ? "" : ", in “\(scene.scenario.title)”"
    let others =
      lowest.count > 1 ? "; \(lowest.count - 1) other \(lowest.count == 2 ? "desk ends" : "desks end") as low" : ""
    let ruined =
      scene.desk.worstPathInCalm?.isRuined == true
      ? " It is ruined without \(scene.scenario.eventWord) too." : ""
    return [
      heading,
      Markup(
        "p", ["class": "full"],
        [
          .text("Of all desks’ worst paths the one that ends lowest is that of "), page.link(scene.desk),
          .text(
            "\(place)\(others).\(ruined) In full it stands on its page, as every other desk’s does.\(Self.ends(scenes))"
          ),
        ]),
    ] + part
  }

  /// So many desks have the end of their worst path in a sentence.
  private static let mostEnds = 5

  /// " Each desk’s worst path ends, of the start, at 21.6 % (momentum · none), …", the lowest first; empty of one desk.
  private static func ends(_ scenes: [DeskScene]) -> String {
    guard scenes.count > 1 else { return "" }
    let isOne = Set(scenes.map(\.scenario.name)).count == 1
    let ends = scenes.compactMap { scene in scene.desk.worstPath?.equity.last.map { (scene: scene, end: $0) } }
    let sorted = ends.sorted { $0.end < $1.end }
    let told = sorted.prefix(mostEnds).map { line in
      let name = isOne ? line.scene.name : "\(line.scene.name) in “\(line.scene.scenario.title)”"
      return "\(Unit.percent.text(line.end, resolution: 0.0005)) (\(name))"
    }
    let rest = sorted.count - told.count
    let others =
      rest > 0
      ? ["those of \(rest) others at \(Unit.percent.text(sorted[mostEnds].end, resolution: 0.0005)) or more"] : []
    return " Each desk’s worst path ends, of the start, at \(listed(told + others, most: mostEnds + 1))."
  }
}
