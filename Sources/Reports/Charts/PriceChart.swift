import Drawing
import Lab
import Statistics

/// The price of an asset in clock time, with the event marked.
struct PriceChart: Chart {
  private let scene: MarketScene
  private let fan: Fan

  /// The chart of an asset's price; nil where it was not counted.
  init?(_ scene: MarketScene) {
    guard let fan = scene.fans[.price] else { return nil }
    self.scene = scene
    self.fan = fan
  }

  private var events: [EventLine] { scene.scenario.events }
  private var drawsEvents: Bool { scene.severity > 0 && !events.isEmpty }

  var title: String {
    let asset = scene.fans.asset
    guard let first = fan.p50.first, let last = fan.p50.last, let low = fan.p5.min() else {
      return "\(asset): no prices"
    }
    let without = scene.severity > 0 || events.isEmpty ? "" : "Without \(scene.scenario.eventWord), "
    // Where prices only move more, their median falls for their mean to stay.
    if !events.isEmpty, events.allSatisfy({ $0.movesPrice == false }), let under = fan.p5.last, let over = fan.p95.last
    {
      return "\(without)\(asset) ends between \(price(under)) and \(price(over)) on 90\u{A0}% of paths; "
        + "its median ends at \(price(last))"
    }
    let path = fan.n == 1 ? fan.samplePaths.first : nil
    let change = (path?.last ?? last) / (path?.first ?? first) - 1
    let size = Unit.percent.text(abs(change), resolution: 0.001)
    let end =
      abs(change) < 0.0005
      ? "ends about where it started" : change < 0 ? "ends \(size) under its start" : "ends \(size) over its start"
    if fan.n == 1 {
      return "\(without)\(asset) \(end); it goes down to \(price(path?.min() ?? low))"
    }
    let lowest =
      low < first ? "its 5th percentile goes down to \(price(low))" : "its 5th percentile never goes under its start"
    return "\(without)\(asset)’s median \(end); \(lowest)"
  }
  var subtitle: String {
    let events = drawsEvents ? scene.scenario.eventMarks : ""
    let paths = fan.samplePaths.isEmpty ? "" : "; thin lines: single paths"
    return "\(fan.spreadText)\(events)\(paths)"
  }
  var description: String {
    "Price of \(scene.fans.asset) over \(scene.scenario.clock.unit.text(scene.scenario.clock.horizonSeconds)) of trading. "
      + "Quantiles across paths, the median bold\(drawsEvents ? ", \(scene.scenario.eventWord) marked" : "")."
  }
  var table: DataTable {
    fan.table("Trading time", time: scene.scenario.clock.unit, value: .number)
  }

  func draw(_ layout: Layout) -> Picture {
    let clock = scene.scenario.clock
    var plot = Plot(
      layout,
      x: .time("trading time since the start", 0...clock.horizonSeconds, clock),
      y: .around(
        scene.allSeverities.flatMap { $0[.price]?.extent ?? [] }, "price", mayBeLogarithmic: true, headroom: 0.12))
    plot.events(drawsEvents ? events : [])
    plot.fan(fan, series: "s0", unit: .number)
    return plot.picture(crosshair: fan.tableSeconds)
  }

  private func price(_ value: Double) -> String { Unit.number.text(value, resolution: abs(value) * 0.005) }
}
