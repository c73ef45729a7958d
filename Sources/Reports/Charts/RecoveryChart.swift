import Drawing
import Lab
import Statistics

/// How long impaired paths take to recover, with ruin competing (Aalen–Johansen): recovered stacked from below, ruined
/// from above, and between them the share that is neither, hatched.
struct RecoveryChart: Chart {
  private let scene: DeskScene

  /// The chart of a desk's recovery, or nil at severity 0, where nothing struck, and where no path was impaired.
  init?(_ scene: DeskScene) {
    guard scene.desk.severity > 0, scene.desk.recovery.n > 0 else { return nil }
    self.scene = scene
  }

  private var recovered: Curve { scene.desk.recoveredCurve.anchored(0) }
  private var ruined: Curve { scene.desk.ruinedCurve.anchored(0) }
  private var isEmpty: Bool { scene.desk.recoveredCurve.seconds.isEmpty }
  /// What stands in place of a curve.
  private var nothing: String {
    scene.desk.recovery.n == 1
      ? "one path was impaired, too few for a curve"
      : "\(scene.desk.recovery.n) paths were impaired, too few for a curve"
  }
  private var level: String { Unit.percent.text(scene.summary.recovery.level.rawValue, resolution: 0.1) }
  private var end: Double { max(recovered.seconds.last ?? 0, ruined.seconds.last ?? 0, 1) }

  var title: String {
    guard !isEmpty else { return "\(scene.name): \(nothing)" }
    return
      "\(scene.name): an impairment ends in recovery, to \(level) of equity, with a probability of "
      + scene.desk.recovery.text(.percent, otherwise: "unknown size")
  }
  var subtitle: String {
    guard !isEmpty else {
      let reference = scene.scenario.events.isEmpty ? "the peak before a drawdown" : "the equity before the event"
      return "Impaired: a close at \(scene.summary.recovery.impairedText) of \(reference), or under"
    }
    let median = scene.desk.medianRecoverySeconds.text(scene.scenario.clock.unit, otherwise: "not reached")
    return
      "Aalen–Johansen, ruin competing, paths censored at the horizon (one still down there counts as watched until then); n = \(Unit.decimal(Double(scene.desk.recovery.n), decimals: 0)) impaired "
      + "paths; median time to recovery: \(median); band: \(Unit.percent.tick(recovered.confidence, step: recovered.confidence)) interval "
      + "(\(recovered.method?.name ?? "none"))"
  }
  var description: String {
    "Cumulative incidence of recovery and of ruin since the impairment; the rest is unresolved."
  }
  var table: DataTable {
    let share = { (value: Double) in Unit.percent.text(value, resolution: 0.001) }
    return DataTable(
      ["Since the impairment", "recovered", "low", "high", "ruined", "unresolved"],
      rows.map { index in
        let time = recovered.seconds[index]
        let ruin = ruined.value(at: time)
        return [
          scene.scenario.clock.unit.text(time), share(recovered.value[index]), share(recovered.low[index]),
          share(recovered.high[index]), share(ruin), share(max(0, 1 - recovered.value[index] - ruin)),
        ]
      })
  }

  private var rows: [Int] { isEmpty ? [] : DataTable.thinned(recovered.seconds.count) }

  func draw(_ layout: Layout) -> Picture {
    let recoveredEnd = recovered.value.last ?? 0
    let ruinedEnd = ruined.value.last ?? 0
    let unresolved = max(0, 1 - recoveredEnd - ruinedEnd)
    let share = { (value: Double) in Unit.percent.text(value, resolution: layout.isNarrow ? 0.06 : 0.01) }
    let labels = [
      ("ruined \(share(ruinedEnd))", 1 - ruinedEnd / 2),
      ("unresolved \(share(unresolved))", recoveredEnd + unresolved / 2),
      ("recovered \(share(recoveredEnd))", recoveredEnd / 2),
    ]
    // A label of all three digits needs more room than a layout gives.
    let widest = labels.map { TextWidth.of($0.0, size: 13) }.max() ?? 0
    var plot = Plot(
      layout.with(right: max(layout.isNarrow ? 118 : 132, widest + 6), bottom: layout.bottom + 38),
      x: .time("trading time since the impairment", 0...end, scene.scenario.clock),
      y: .share("of impaired paths"))
    guard !isEmpty else {
      let middle = Point((plot.layout.plotLeft + plot.layout.plotRight) / 2, layout.height / 2)
      plot.addLabel(plot.text(nothing, middle.x, middle.y, style: "t c"))
      return plot.picture()
    }
    plot.stepBand([0], [0], [1], until: end, style: "u")
    let ones = ruined.value.map { _ in 1.0 }
    let zeros = recovered.value.map { _ in 0.0 }
    plot.stepBand(ruined.seconds, ruined.value.map { 1 - $0 }, ones, until: end, style: "v")
    plot.stepBand(ruined.seconds, ruined.value.map { 1 - $0 }, ones, until: end, style: "i s0")
    plot.stepBand(recovered.seconds, zeros, recovered.value, until: end, style: "v")
    plot.stepBand(recovered.seconds, zeros, recovered.value, until: end, style: "i \(scene.series)")
    plot.stepBand(recovered.seconds, recovered.low, recovered.high, until: end, style: "o \(scene.series)")
    plot.steps(recovered.seconds, recovered.value, until: end, style: "m \(scene.series)")
    plot.steps(ruined.seconds, ruined.value.map { 1 - $0 }, until: end, style: "m s0 d")
    for (label, place) in labels { plot.endLabel(label, at: place, series: nil) }
    plot.numberAtRisk(recovered, until: end)
    return plot.picture(crosshair: rows.map { recovered.seconds[$0] })
  }
}
