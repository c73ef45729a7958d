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
    let passing = CriteriaTable(page).passing
    return [
      heading,
      Markup(
        "p", ["class": "full"],
        [
          .text("Of all desks’ worst paths the one that ends lowest is that of "), page.link(scene.desk),
          .text(
            "\(place)\(others).\(ruined)\(Self.byEvents(scene))"
              + "\(Self.ends(scenes))\(Self.end(scenes.filter { passing.contains($0.desk.desk) }))"
          ),
        ]),
    ] + part
  }

  /// " Of paths that it survives without the event the one that ends lowest, path 812, ends at 24.1 % of the start, ruined."; empty
  /// where that is the worst path itself, or not known.
  private static func byEvents(_ scene: DeskScene) -> String {
    guard let ending = scene.desk.worstByEvents, let path = ending.path, path != scene.desk.worstPath?.path else {
      return ""
    }
    return
      " Of paths that it survives without \(scene.scenario.eventWord) the one that ends lowest, path \(path), ends at "
      + "\(percent(ending.equity)) of the start, \(ending.isRuined ? "ruined" : "not ruined")."
  }

  /// " Of those that pass all limits the lowest is 77.5 % (hold · none)."; empty where none passes.
  private static func end(_ passing: [DeskScene]) -> String {
    guard let least = passing.least({ $0.desk.worstPath?.equity.last }), let end = least.desk.worstPath?.equity.last
    else { return "" }
    return " Of those that pass all limits the lowest is \(percent(end)) (\(name(least, among: passing)))."
  }

  private static func percent(_ share: Double) -> String { Unit.percent.text(share, resolution: 0.0005) }

  private static func name(_ scene: DeskScene, among scenes: [DeskScene]) -> String {
    Set(scenes.map(\.scenario.name)).count == 1 ? scene.name : "\(scene.name) in “\(scene.scenario.title)”"
  }

  /// So many desks have the end of their worst path in a sentence.
  private static let mostEnds = 5

  /// " Each desk’s worst path ends, of the start, at 21.6 % (momentum · none), …", the lowest first; empty of one desk.
  private static func ends(_ scenes: [DeskScene]) -> String {
    guard scenes.count > 1 else { return "" }
    let ends = scenes.compactMap { scene in scene.desk.worstPath?.equity.last.map { (scene: scene, end: $0) } }
    let sorted = ends.sorted { $0.end < $1.end }
    let told = sorted.prefix(mostEnds).map { line in
      "\(percent(line.end)) (\(name(line.scene, among: scenes)))"
    }
    let rest = sorted.count - told.count
    let others =
      rest > 0
      ? ["those of \(rest) others at \(percent(sorted[mostEnds].end)) or more"] : []
    return " Each desk’s worst path ends, of the start, at \(listed(told + others, most: mostEnds + 1))."
  }
}
