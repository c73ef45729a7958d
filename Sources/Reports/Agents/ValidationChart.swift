import Drawing
import Lab
import Statistics

/// How a policy was judged while it learned, and which one became the agent.
struct ValidationChart: Chart {
  private let scene: TrainedScene
  private let curve: PolicyRecord.ValidationCurve
  /// Those with a figure.
  private let points: [Point]

  private struct Point: Sendable {
    let update: Int
    let steps, value: Double
  }

  /// Nil where there are fewer than two figures.
  init?(_ scene: TrainedScene) {
    guard let curve = scene.record.validation else { return nil }
    points = curve.values.indices.compactMap { index in
      curve.values[index].map { Point(update: curve.updates[index], steps: curve.steps[index], value: $0) }
    }
    guard points.count > 1 else { return nil }
    self.scene = scene
    self.curve = curve
  }

  private var chosen: Point? { points.first { $0.update == curve.best } }

  private var measure: String {
    guard curve.measure != "growth" else { return "growth" }
    return Measures.catalogue.first { $0.name == curve.measure }?.title.lowercased() ?? curve.measure
  }

  var title: String {
    let count = "of \(points.count) validations"
    guard let chosen, let last = points.last else { return "None \(count) is that of the agent" }
    let end =
      chosen.update == last.update ? "the last" : "the last one has \(Unit.number.text(last.value))"
    return "The agent is the policy after \(StepCount.text(chosen.steps)) steps, with \(measure) "
      + "\(Unit.number.text(chosen.value)) the best \(count); \(end)"
  }
  var subtitle: String {
    let what =
      curve.measure == "growth" ? "Mean logarithm of final over starting equity" : "The measure \(curve.measure)"
    let paths = curve.paths.map { " on \(Unit.decimal(Double($0), decimals: 0)) paths of each market" } ?? ""
    return
      "\(what), the most likely action at every close,\(paths) that nothing is learned from; \(curve.aim) is best. "
      + "The best of several flatters by its luck"
  }
  var description: String {
    "Validation figures against environment steps: a line with a dot for each, the chosen one filled."
  }
  var table: DataTable {
    DataTable(
      ["Steps", "update", curve.measure, "chosen"],
      points.map { point in
        [
          StepCount.text(point.steps), "\(point.update)", Unit.number.text(point.value),
          point.update == curve.best ? "yes" : "",
        ]
      })
  }

  func draw(_ layout: Layout) -> Picture {
    var plot = Plot(
      layout, x: StepCount.axis(to: points.last?.steps ?? 1),
      y: .around(points.map(\.value), "validation: \(measure)", headroom: 0.12))
    plot.level(0)
    plot.line(points.map(\.steps), points.map(\.value), style: "n \(scene.series)")
    if points.count <= 120 {
      for point in points where point.update != curve.best { dot(&plot, point, style: "h", radius: 3) }
    }
    if let chosen {
      plot.rule(at: chosen.steps, "chosen")
      dot(&plot, chosen, style: "f", radius: 6)
    }
    if let last = points.last { plot.endLabel(Unit.number.text(last.value), at: last.value, series: scene.series) }
    return plot.picture(crosshair: points.map(\.steps))
  }

  private func dot(_ plot: inout Plot, _ point: Point, style: String, radius: Double) {
    let place = plot.point(point.steps, point.value)
    plot.add(
      Markup(
        "circle",
        [
          "class": "\(style) \(scene.series)", "cx": Plot.coordinate(place.x), "cy": Plot.coordinate(place.y),
          "r": Plot.coordinate(radius),
        ]))
  }
}
