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
    return [
      heading,
      Markup(
        "p", [:],
        [
          .text("Of all desks’ worst paths the one that ends lowest is that of "), page.link(scene.desk),
          .text("\(place)\(others). In full it stands on its page, as every other desk’s does."),
        ]),
    ] + part
  }
}
