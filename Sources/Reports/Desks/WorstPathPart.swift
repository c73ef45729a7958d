import Drawing
import Lab
import Statistics

/// The path that ended worst for a desk: in words, its trades that mattered, what it drew, and in pictures.
struct WorstPathPart: Sendable {
  private let scene: DeskScene

  /// The part of a desk.
  init(_ scene: DeskScene) { self.scene = scene }

  /// What stands under its heading, the filmstrip first; empty where no path was kept.
  ///
  /// - Parameters:
  ///   - words: what the charts' anchors are made of.
  ///   - isWhole: whether the path in full stands below, with a short table of trades that is open from the start.
  func markup(_ page: inout PageBuilder, words: [String], isWhole: Bool) -> [Markup] {
    let charts = ChartCatalogue.worstPath.enumerated().compactMap { place, entry in
      entry.make(scene).map { chart in
        PageBuilder.Wish(
          chart: chart, words: words + [entry.name], rank: entry.rank, isWide: true,
          isOpen: place > 0 && chart.table.rows.count <= 12)
      }
    }
    guard let trace = scene.desk.worstPath, !charts.isEmpty else { return [] }
    let film = Markup("div", ["class": "film"], page.grid(Array(charts.prefix(1))))
    let text = [trace.text, inCalm].compactMap { $0 }.joined(separator: " ")
    return [Markup("p", ["class": "facts"], text: text), film]
      + (EquityMovesStory(scene)?.markup ?? []) + (drawn(trace).map { [$0] } ?? [])
      + (isWhole ? page.grid(Array(charts.dropFirst())) : [])
  }

  /// How the same path ends without the events; nil where that is not known.
  private var inCalm: String? {
    guard let ending = scene.desk.worstPathInCalm, !scene.scenario.events.isEmpty else { return nil }
    return "Without \(scene.scenario.eventWord) the same path, with the same draws, ends at "
      + "\(Unit.percent.text(ending.equity, resolution: 0.0005)) of the start, \(ending.isRuined ? "ruined too" : "not ruined")."
  }

  /// What the worst path drew for itself.
  private func drawn(_ trace: Trace) -> Markup? {
    guard !trace.parameters.isEmpty else { return nil }
    let list = trace.parameters.map { "\(parameterName($0.path)) \($0.text(scene.scenario.clock.unit))" }
    return Markup("p", ["class": "note"], text: "This path drew: \(list.joined(separator: "; ")).")
  }
}
