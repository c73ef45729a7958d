import Drawing
import Lab
import Statistics

/// The share of paths on which the desk is not yet ruined, against time, with the number at risk.
struct SurvivalChart: Chart {
  private let scene: DeskScene

  /// The chart of a desk's survival.
  init(_ scene: DeskScene) { self.scene = scene }

  private var curve: Curve { scene.desk.survivalCurve.anchored(1) }
  private var horizon: Double { scene.scenario.clock.horizonSeconds }

  var title: String {
    let unknown = "an unknown share"
    var sentence = "\(scene.name) survives \(scene.desk.survival.text(.percent, otherwise: unknown)) of paths"
    if let calm = scene.calm, !scene.scenario.events.isEmpty {
      sentence += "; without \(scene.scenario.eventWord) \(calm.survival.text(.percent, otherwise: unknown))"
    }
    return sentence
  }
  var subtitle: String {
    let band =
      "band: pointwise \(Unit.percent.tick(curve.confidence, step: curve.confidence)) interval (\(curve.method?.name ?? "none"))"
    let time = scene.desk.timeSurvivedSeconds
    let mean = time.value.map {
      Duration.within($0, horizon, unit: scene.scenario.clock.unit) + " \(time.intervalText(scene.scenario.clock.unit))"
    }
    return "Kaplan–Meier, n = \(Unit.decimal(Double(curve.n), decimals: 0)), until "
      + "\(scene.scenario.clock.unit.text(horizon)); \(band); mean time survived within it: \(mean ?? "not known")\(scene.calm == nil ? "" : "; dashed: at severity 0")"
  }
  var description: String { "Right-continuous steps of the share of paths not ruined by each time." }
  var table: DataTable {
    DataTable(
      ["Trading time", "not ruined", "low", "high", "at risk"],
      rows.map { index in
        let share = { (value: Double) in Unit.percent.text(value, resolution: 0.001) }
        return [
          scene.scenario.clock.unit.text(curve.seconds[index]), share(curve.value[index]), share(curve.low[index]),
          share(curve.high[index]), curve.riskText(at: curve.seconds[index], paths: Double(curve.n)),
        ]
      })
  }

  private var rows: [Int] { DataTable.thinned(curve.seconds.count) }

  func draw(_ layout: Layout) -> Picture {
    let clock = scene.scenario.clock
    var plot = Plot(
      layout.with(bottom: layout.bottom + 38),
      x: .time("trading time since the start", 0...horizon, clock), y: .share("not ruined"))
    plot.events(scene.desk.severity > 0 ? scene.scenario.events : [])
    plot.stepBand(curve.seconds, curve.low, curve.high, until: horizon, style: "o \(scene.series)")
    if let calm = scene.calm?.survivalCurve.anchored(1) {
      plot.steps(calm.seconds, calm.value, until: horizon, style: "n s0 d")
      if let last = calm.value.last {
        plot.endLabel(Unit.percent.text(last, resolution: 0.01), at: last, series: "s0", dash: "d")
      }
    }
    plot.steps(curve.seconds, curve.value, until: horizon, style: "m \(scene.series)")
    if let last = curve.value.last {
      plot.endLabel(Unit.percent.text(last, resolution: 0.01), at: last, series: scene.series)
      // The survivors are censored together, at the horizon.
      let end = plot.point(horizon, last)
      plot.add(
        Markup(
          "path",
          ["class": "n \(scene.series)", "d": PathData.line([Point(end.x, end.y - 5), Point(end.x, end.y + 5)])]))
    }
    plot.numberAtRisk(curve, until: horizon, everyone: Double(curve.n))
    return plot.picture(crosshair: rows.map { curve.seconds[$0] })
  }
}
