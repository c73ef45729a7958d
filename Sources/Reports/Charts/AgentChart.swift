import Drawing
import Lab
import Statistics

/// An agent behind each risk profile: the panels of `AgentPanel.catalogue` side by side, in small.
///
/// Equity and leverage have one range each over the whole panel of agents. A panel that would say nothing is left out.
struct AgentChart: Chart {
  private let scene: AgentScene

  /// The chart of an agent; nil where no equity of it was counted.
  init?(_ scene: AgentScene) {
    guard AgentPanel.equity.count(scene) > 0 else { return nil }
    self.scene = scene
  }

  /// What the lines of the first, the second, … profile look like.
  static let dashWords = ["solid", "dashed", "dotted", "dash-dotted"]

  private var panels: [AgentPanel] { AgentPanel.catalogue.filter { $0.count(scene) > 0 } }
  private var left: [AgentPanel] { AgentPanel.catalogue.filter { $0.count(scene) == 0 } }

  var title: String {
    let parts = scene.lines.map { line in
      "\(line.desk.desk.survival.valueText(.percent, otherwise: "an unknown share")) behind \(line.name)"
    }
    return "\(scene.agent) survives \(listed(parts, most: 8)) (of paths)"
  }
  var subtitle: String {
    let fan = scene.lines.lazy.compactMap { $0.desk.desk[.equity] }.first
    let paths = Unit.decimal(Double(fan?.n ?? 0), decimals: 0)
    var text = "Bands: the middle 50\u{A0}% and 90\u{A0}% of \(paths) paths"
    if AgentPanel.leverage.count(scene) > 0 { text += " (leverage: 90\u{A0}%)" }
    if !left.isEmpty { text += "; not drawn: \(left.map(\.silence).joined(separator: ", "))" }
    if scene.lines.count > 1, panels.contains(where: \.holdsAllLines) {
      text += "; " + scene.lines.enumerated().map { "\(Self.dashWords[$0 % 4]): \($1.name)" }.joined(separator: ", ")
    }
    return text
  }
  var description: String {
    "Small panels of \(scene.agent): \(listed(panels.map(\.description), most: 8))."
  }
  var table: DataTable {
    DataTable(
      [
        "Risk profile", "survives", "median at the end", "5\u{A0}% end with at most", "loses 20\u{A0}% or more on",
        "highest median leverage",
      ],
      scene.lines.map { line in
        let (desk, fan) = (line.desk.desk, line.desk.desk[.equity])
        let ends = [fan?.p50.last, fan?.p5.last].map { end in
          end.map { Fan.text($0, .percent, resolution: 0.001) } ?? "not known"
        }
        let leverage = desk[.leverage]?.p50.max().map(LeverageWords.text) ?? "not known"
        return [line.name, desk.survival.figureText(.percent)] + ends + [share(desk.lossCurve, losing: 0.2), leverage]
      })
  }

  private func share(_ curve: LossCurve, losing loss: Double) -> String {
    guard let index = curve.loss.firstIndex(where: { abs($0 - loss) < 1e-9 }) else { return "not known" }
    return Unit.percent.text(1 - curve.survival[index], resolution: 0.001)
  }

  func draw(_ layout: Layout) -> Picture {
    let count = panels.reduce(0) { $0 + $1.count(scene) }
    let columns = layout.isNarrow ? 2 : min(max(count, 3), 5)
    let canvas = layout.isNarrow ? layout.width : 980
    let (width, height) = (canvas / Double(columns), layout.isNarrow ? 190.0 : 170.0)
    let isTight = columns > 4
    let small = layout.with(
      width: width, height: height, left: isTight ? 40 : 46, right: isTight ? 50 : 60, top: 34, bottom: 44)
    let pictures = panels.flatMap { $0.draw(scene, small) }
    let rows = (pictures.count + columns - 1) / columns
    let marks = pictures.enumerated().map { index, picture in
      let (x, y) = (Double(index % columns) * width, Double(index / columns) * height)
      return Markup(
        "g", ["transform": "translate(\(Plot.coordinate(x)) \(Plot.coordinate(y)))"], picture.marks)
    }
    return Picture(layout.with(width: canvas, height: Double(rows) * height), marks)
  }
}
