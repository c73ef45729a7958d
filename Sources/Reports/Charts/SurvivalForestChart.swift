import Drawing
import Lab
import Statistics

/// Survival of every desk side by side, with the events and at severity 0.
struct SurvivalForestChart: Chart {
  private let scene: PanelScene

  /// The chart of a panel's survival.
  init(_ scene: PanelScene) { self.scene = scene }

  private var hasCalm: Bool { scene.desks.contains { $0.calm != nil } }

  var title: String {
    let known = scene.desks.filter { $0.desk.survival.value != nil }
    let (worst, best) = (known.lowest(\.survival.value), known.highest(\.survival.value))
    guard let low = worst.first, let high = best.first else { return "No desk was run" }
    let ends = [low, high].map { $0.desk.survival.valueText(.percent) }
    if known.count == 1 { return "\(low.name) survives \(ends[0]) of paths" }
    if ends[0] == ends[1] { return "Every desk survives \(ends[0]) of paths" }
    return "Survival goes from \(ends[0]) (\(listed(worst.map(\.name)))) to \(ends[1]) (\(listed(best.map(\.name))))"
  }
  var subtitle: String {
    let estimate = scene.desks.first?.desk.survival
    let method = estimate.map { "\($0.intervalName), n = \(Unit.decimal(Double($0.n), decimals: 0)) paths each" } ?? ""
    return "\(method)\(hasCalm ? "; hollow: at severity 0" : "")"
  }
  var description: String { "A point with its interval for each desk." }
  var table: DataTable {
    DataTable(
      ["Desk", "survival", "at severity 0"],
      scene.desks.map { desk in
        [
          desk.name, desk.desk.survival.text(.percent, otherwise: "not known"),
          desk.calm?.survival.text(.percent, otherwise: "not known") ?? "not run",
        ]
      })
  }

  func draw(_ layout: Layout) -> Picture {
    let figures = scene.desks.map { TextWidth.of($0.desk.survival.figureText(.percent), size: 13) }.max() ?? 0
    let widest = scene.desks.map { TextWidth.of($0.name, size: 13) }.max() ?? 80
    let left = layout.isNarrow ? 20 : min(max(widest + 16, 110), 260)
    let names = scene.desks.map {
      TextWidth.wrap($0.name, size: 13, width: layout.isNarrow ? layout.width - left - 16 : left - 16)
    }
    // A name of several lines makes its row higher.
    let heights = names.map { Double($0.count - 1) * 16 + (layout.isNarrow ? 44.0 : 36.0) }
    let sized = layout.with(
      height: layout.top + layout.bottom + max(heights.reduce(0, +), 36), left: left,
      right: max(layout.isNarrow ? 136 : 150, figures + 14))
    let axis = Axis.share("survival")
    var plot = Plot(
      sized, x: Axis("share of paths not ruined by the horizon", 0...1) { axis.ticks($0 > 260 ? $0 : 120) },
      y: Axis("", 0...1) { _ in [] })
    var top = sized.plotTop
    for (index, desk) in scene.desks.enumerated() {
      let more = Double(names[index].count - 1) * 16
      let place = top + (layout.isNarrow ? 30 + more : 18 + more / 2)
      top += heights[index]
      for (line, name) in names[index].enumerated() {
        let down = Double(line) * 16
        if layout.isNarrow {
          plot.addLabel(plot.text(name, sized.plotLeft, place - more - 13 + down, style: "k"))
        } else {
          plot.addLabel(plot.text(name, sized.plotLeft - 10, place + 4.5 - more / 2 + down, style: "e"))
        }
      }
      plot.add(
        Markup(
          "path", ["class": "g", "d": PathData.line([Point(sized.plotLeft, place), Point(sized.plotRight, place)])]))
      if let calm = desk.calm?.survival.value {
        plot.add(circle(plot.point(calm, 0).x, place, "h \(desk.series)", "at severity 0"))
      }
      guard let value = desk.desk.survival.value else { continue }
      if let low = desk.desk.survival.low, let high = desk.desk.survival.high {
        let ends = [Point(plot.point(low, 0).x, place), Point(plot.point(high, 0).x, place)]
        plot.add(Markup("path", ["class": "m \(desk.series)", "d": PathData.line(ends)]))
      }
      plot.add(circle(plot.point(value, 0).x, place, "f \(desk.series)", desk.desk.survival.text(.percent)))
      plot.addLabel(plot.text(desk.desk.survival.figureText(.percent), sized.plotRight + 10, place + 4.5))
    }
    return plot.picture()
  }

  private func circle(_ x: Double, _ y: Double, _ style: String, _ note: String) -> Markup {
    Markup("circle", ["class": style, "cx": Plot.coordinate(x), "cy": Plot.coordinate(y), "r": "5"]).noted(note)
  }
}
