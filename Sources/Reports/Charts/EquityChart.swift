import Drawing
import Lab
import Statistics

/// A desk's equity in clock time, with the event marked; ruined paths stay in it with what was left.
struct EquityChart: Chart {
  private let scene: DeskScene
  private let fan: Fan

  /// The chart of a desk's equity; nil where it was not counted.
  init?(_ scene: DeskScene) {
    guard let fan = scene.desk[.equity] else { return nil }
    self.scene = scene
    self.fan = fan
  }

  /// Whether it is the desk without the events that the scenario has.
  private var isCalm: Bool { scene.desk.severity == 0 && !scene.scenario.events.isEmpty }
  private var drawsEvents: Bool { scene.desk.severity > 0 && !scene.scenario.events.isEmpty }

  var title: String {
    guard let median = fan.p50.last, let low = fan.p5.last else { return "\(scene.name): no equity was recorded" }
    let without = isCalm ? " without \(scene.scenario.eventWord)" : ""
    // Of one path there is no median; and bins are wider than its figure.
    if fan.n == 1 {
      let end = fan.samplePaths.first?.last ?? median
      return "\(scene.name)\(without) ends with \(end > 0 ? EquityWords.with(end) : "nothing, or a debt")"
    }
    // Counts hold all that is at or under 0 in one bin.
    let end = median > 0 ? EquityWords.with(median) : "nothing, or a debt"
    let worst = low > 0 ? "with \(Unit.percent.text(low, resolution: 0.01)) of it or less" : "with nothing, or in debt"
    return "\(scene.name)\(without): the median at the end is \(end); at least 5\u{A0}% of paths end \(worst)"
  }
  var subtitle: String {
    "\(fan.spreadText); ruined paths stay in with what was left"
      + (drawsEvents ? scene.scenario.eventMarks : "")
  }
  var description: String { "Quantiles across paths of equity over starting equity." }
  var table: DataTable { fan.table("Trading time", time: scene.scenario.clock.unit, value: .percent) }

  func draw(_ layout: Layout) -> Picture {
    let clock = scene.scenario.clock
    let extent = scene.peers.flatMap { $0[.equity]?.extent ?? [] }
    var plot = Plot(
      layout, x: .time("trading time since the start", 0...clock.horizonSeconds, clock),
      y: .around(
        extent + [1, scene.summary.ruin.equityBelow], "equity, % of start", unit: .percent, mayBeLogarithmic: true,
        headroom: 0.12))
    if drawsEvents { plot.events(scene.scenario.events) }
    plot.fan(fan, series: scene.series, unit: .percent)
    plot.threshold(scene.summary.ruin.equityBelow, "ruin")
    return plot.picture(crosshair: fan.tableSeconds)
  }
}
