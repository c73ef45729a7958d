import Drawing
import Lab
import Statistics

/// Survival against the loss that counts as ruin: where another threshold would have put the desk.
struct LossChart: Chart {
  private let scene: DeskScene

  /// The chart of a desk's survival at every loss; nil where it was not recorded.
  init?(_ scene: DeskScene) {
    guard scene.desk.lossCurve.loss.count > 1 else { return nil }
    self.scene = scene
  }

  private var curve: LossCurve { scene.desk.lossCurve }

  var title: String {
    let parts = [0.1, 0.2].compactMap { loss -> String? in
      guard let index = curve.loss.firstIndex(where: { abs($0 - loss) < 1e-9 }) else { return nil }
      return "\(Unit.percent.text(loss, resolution: 1)) or more on "
        + Unit.percent.text(1 - curve.survival[index], resolution: 0.005)
    }
    let falls = "loses, at some time, \(parts.joined(separator: " and ")) of paths"
    let isRuinedElse = scene.desk.ruinCauses.contains { $0.cause != .equityBelow && $0.share.value != 0 }
    return parts.isEmpty
      ? "\(scene.name): survival at any loss" : "\(scene.name) \(isRuinedElse ? "is liquidated or " : "")\(falls)"
  }
  var subtitle: String {
    "Share of paths that nothing else ruined and whose equity never fell by the loss, within steps; n = "
      + "\(Unit.decimal(Double(curve.n), decimals: 0)); \(Unit.percent.tick(curve.confidence, step: curve.confidence)) interval (\(curve.method.name)); "
      + "dotted: a band that holds the whole curve as often (Massart)"
  }
  var description: String { "Survival as a function of the loss that would count as ruin." }
  var table: DataTable {
    let share = { (value: Double) in Unit.percent.text(value, resolution: 0.001) }
    return DataTable(
      ["Loss", "survival", "low", "high"],
      rows.map { index in
        [share(curve.loss[index]), share(curve.survival[index]), share(curve.low[index]), share(curve.high[index])]
      })
  }

  private var rows: [Int] { DataTable.thinned(curve.loss.count) }

  func draw(_ layout: Layout) -> Picture {
    let most = curve.loss.last ?? 1
    var plot = Plot(
      layout.with(right: layout.right - 20),
      x: Axis("loss that counts as ruin, % of starting equity", 0...most) { length in
        Axis.around([0, most], "", unit: .percent).ticks(length).filter { $0.value <= most }
      }, y: .share("survival"))
    let ruin = plot.point(min(1 - scene.summary.ruin.equityBelow, most), 0)
    plot.rule(at: 1 - scene.summary.ruin.equityBelow, "")
    plot.addLabel(plot.text("ruin here", ruin.x - 5, ruin.y - 7, style: "t k e"))
    plot.band(curve.loss, curve.low, curve.high, style: "o \(scene.series)")
    for sign in [-1.0, 1] {
      let edge = curve.survival.map { min(1, max(0, $0 + sign * curve.halfBand)) }
      plot.line(curve.loss, edge, style: "p d2 \(scene.series)")
    }
    plot.line(curve.loss, curve.survival, style: "m \(scene.series)")
    if let last = curve.survival.last {
      plot.endLabel(Unit.percent.text(last, resolution: 0.01), at: last, series: scene.series)
    }
    return plot.picture(crosshair: rows.map { curve.loss[$0] })
  }
}
