import Drawing
import Lab

/// A quantity of the market through the event, in event time: each path is shifted so that its event starts at 0.
///
/// Four charts share this: price, half-spread, depth and volume. They differ in what they measure and how it is told.
struct EventTimeChart: Chart {
  private let scene: MarketScene
  private let fan: Fan
  private let calm: Fan?
  private let name: String
  private let axis: String
  private let unit: Unit
  /// Whether the finding is the lowest point of the median or the highest.
  private let findsLowest: Bool

  /// The chart of one quantity; `calm` is the same at severity 0.
  init(
    _ scene: MarketScene, _ fan: Fan, calm: Fan?, name: String, axis: String, unit: Unit, findsLowest: Bool
  ) {
    self.scene = scene
    self.fan = fan
    self.calm = calm
    self.name = name
    self.axis = axis
    self.unit = unit
    self.findsLowest = findsLowest
  }

  /// The place of the median's extreme.
  private var extreme: Int? {
    findsLowest
      ? fan.p50.indices.min { fan.p50[$0] < fan.p50[$1] } : fan.p50.indices.max { fan.p50[$0] < fan.p50[$1] }
  }

  var title: String {
    guard let extreme, fan.p50.indices.contains(extreme) else { return "\(scene.fans.asset): \(name) was not recorded" }
    let value = unit.text(fan.p50[extreme])
    let when = scene.scenario.clock.unit.text(abs(fan.seconds[extreme]))
    let after =
      scene.fans.isInEventTime
      ? (fan.seconds[extreme] < 0 ? "\(when) before the event" : "\(when) after the event starts") : "\(when) in"
    var sentence = "\(scene.fans.asset): median \(name) \(findsLowest ? "falls" : "rises") to \(value) \(after)"
    if let calm, let usual = median(of: calm.p50), usual > 0 {
      let ratio = fan.p50[extreme] / usual
      sentence += ", \(Unit.decimal(ratio, decimals: ratio < 2 ? 2 : 0)) times what it is without the event"
    }
    return sentence
  }
  var subtitle: String {
    let time = scene.fans.isInEventTime ? "Each path counted from its own event; " : ""
    let other = calm == nil ? "" : "; dashed: median without the event"
    return time + fan.spreadText + other
  }
  var description: String { "Quantiles across paths of the \(name) through the event." }
  var table: DataTable {
    fan.table(
      scene.fans.isInEventTime ? "Since the event’s start" : "Trading time", time: scene.scenario.clock.unit,
      value: unit)
  }

  func draw(_ layout: Layout) -> Picture {
    let session = scene.scenario.clock.sessionSeconds
    let first = fan.seconds.first ?? 0, last = max(fan.seconds.last ?? 1, first + 1)
    let title = scene.fans.isInEventTime ? "trading time since the event’s start" : "trading time since the start"
    var plot = Plot(
      layout, x: .time(title, first...last, day: session),
      y: .around(
        fan.extent + (calm?.p50 ?? []), axis, unit: unit == .percent ? .percent : .number, mayBeLogarithmic: true,
        headroom: 0.12))
    if scene.fans.isInEventTime { plot.rule(at: 0, "event starts") }
    plot.fan(fan, series: "s0", unit: unit == .percent ? .percent : .number, otherMedian: calm)
    return plot.picture(crosshair: fan.tableSeconds)
  }

  private func median(of values: [Double]) -> Double? {
    values.isEmpty ? nil : values.sorted()[values.count / 2]
  }
}
