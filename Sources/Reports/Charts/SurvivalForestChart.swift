import Drawing
import Lab

/// Survival of every desk side by side, with and without the event.
struct SurvivalForestChart: Chart {
  private let scene: PanelScene

  /// The chart of a panel's survival.
  init(_ scene: PanelScene) { self.scene = scene }

  private var hasCalm: Bool { scene.desks.contains { $0.calm != nil } }

  var title: String {
    let known = scene.desks.filter { $0.desk.survival.value != nil }
    guard let worst = known.min(by: { ($0.desk.survival.value ?? 1) < ($1.desk.survival.value ?? 1) }),
      let best = known.max(by: { ($0.desk.survival.value ?? 0) < ($1.desk.survival.value ?? 0) })
    else { return "No desk was run" }
    if worst.desk.survival.valueText(.percent) == best.desk.survival.valueText(.percent) {
      return "Every desk survives \(worst.desk.survival.valueText(.percent)) of paths"
    }
    return "Survival goes from \(worst.desk.survival.valueText(.percent)) (\(worst.name)) to "
      + "\(best.desk.survival.valueText(.percent)) (\(best.name))"
  }
  var subtitle: String {
    let estimate = scene.desks.first?.desk.survival
    let method = estimate.map { "\($0.intervalName), n = \(Unit.decimal(Double($0.n), decimals: 0)) paths each" } ?? ""
    return "\(method)\(hasCalm ? "; hollow: without the event" : "")"
  }
  var description: String { "A point with its interval for each desk." }
  var table: DataTable {
    DataTable(
      ["Desk", "survival", "without the event"],
      scene.desks.map { desk in
        [
          desk.name, desk.desk.survival.text(.percent, otherwise: "not known"),
          desk.calm?.survival.text(.percent, otherwise: "not known") ?? "not run",
        ]
      })
  }

  func draw(_ layout: Layout) -> Picture {
    let rowHeight = layout.isNarrow ? 44.0 : 36.0
    let figures = scene.desks.map { TextWidth.of($0.desk.survival.figureText(.percent), size: 13) }.max() ?? 0
    let widest = scene.desks.map { TextWidth.of($0.name, size: 13) }.max() ?? 80
    let sized = layout.with(
      height: layout.top + layout.bottom + rowHeight * Double(max(scene.desks.count, 1)),
      left: layout.isNarrow ? 20 : min(max(widest + 16, 110), 260),
      right: max(layout.isNarrow ? 136 : 150, figures + 14))
    let axis = Axis.share("survival")
    var plot = Plot(
      sized, x: Axis("share of paths not ruined by the horizon", 0...1) { axis.ticks($0 > 260 ? $0 : 120) },
      y: Axis("", 0...1) { _ in [] })
    for (index, desk) in scene.desks.enumerated() {
      let place = sized.plotTop + rowHeight * (Double(index) + (layout.isNarrow ? 0.68 : 0.5))
      if layout.isNarrow {
        plot.addLabel(plot.text(desk.name, sized.plotLeft, place - 13, style: "k"))
      } else {
        plot.addLabel(plot.text(desk.name, sized.plotLeft - 10, place + 4.5, style: "e"))
      }
      plot.add(
        Markup(
          "path", ["class": "g", "d": PathData.line([Point(sized.plotLeft, place), Point(sized.plotRight, place)])]))
      if let calm = desk.calm?.survival.value {
        plot.add(circle(plot.point(calm, 0).x, place, "h \(desk.series)", "without the event"))
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
