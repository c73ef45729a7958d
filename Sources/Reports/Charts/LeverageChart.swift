import Drawing
import Lab
import Statistics

/// A desk's gross leverage through the event, each path counted from its own; in clock time where there is none.
struct LeverageChart: Chart {
  private let scene: DeskScene
  private let fan: Fan

  /// The chart of a desk's leverage; nil where it was not counted, or where the desk holds as good as nothing throughout.
  init?(_ scene: DeskScene) {
    guard let fan = scene.desk[.leverage], fan.holdsAnything else { return nil }
    self.scene = scene
    self.fan = fan
  }

  private var isInEventTime: Bool { scene.scenario.isInEventTime }
  private var clockEvent: String { scene.summary.clockEvent(of: scene.scenario) }

  /// The points that the title tells of: from the event's start on, or, in clock time, all before the horizon.
  private var told: [Int] {
    fan.seconds.indices.filter {
      isInEventTime ? fan.seconds[$0] >= 0 : fan.seconds[$0] < scene.scenario.clock.horizonSeconds
    }
  }

  var title: String {
    let medians = told.map { fan.p50[$0] }
    guard let first = medians.first, let low = medians.min(), let high = medians.max() else {
      return "\(scene.name): its leverage was not recorded"
    }
    let most = told.map { fan.p95[$0] }.max() ?? 0
    let lies = "between \(LeverageWords.text(low)) and \(LeverageWords.text(high))"
    let median =
      isInEventTime
      ? "holds \(LeverageWords.text(first)) times equity on the median when \(clockEvent) starts, then \(lies)"
      : "holds \(lies) times equity on the median"
    return "\(scene.name) \(median); one path of twenty reaches \(LeverageWords.text(most)) or more"
  }
  var subtitle: String {
    fan.spreadText + (isInEventTime ? "; each path counted from where \(clockEvent) starts on it" : "")
      + "; 0: no position, as after ruin and at the horizon, where all is closed"
  }
  var description: String {
    "Quantiles across paths of gross leverage, positions long and short over equity, "
      + "\(isInEventTime ? "through the event" : "in time")."
  }
  var table: DataTable {
    fan.table(
      isInEventTime ? "Since the event’s start" : "Trading time", time: scene.scenario.clock.unit, value: .number)
  }

  func draw(_ layout: Layout) -> Picture {
    let first = fan.seconds.first ?? 0, last = max(fan.seconds.last ?? 1, first + 1)
    let title = isInEventTime ? "trading time since the event’s start" : "trading time since the start"
    var plot = Plot(
      layout, x: .time(title, first...last, scene.scenario.clock),
      y: .around(
        scene.peers.flatMap { $0[.leverage]?.bandExtent ?? [] }, "gross leverage, times equity", holdsZero: true,
        headroom: 0.12))
    if isInEventTime { plot.rule(at: 0, "event starts") }
    plot.fan(fan, series: scene.series, unit: .number)
    return plot.picture(crosshair: fan.tableSeconds)
  }
}

/// How leverage is written: "4.00", "0".
enum LeverageWords {
  /// With two decimals, or as many as tell it from 0.
  static func text(_ leverage: Double) -> String {
    leverage == 0 ? "0" : Unit.number.bare(leverage, resolution: 0.005)
  }
}

extension Fan {
  /// Whether one path of twenty is anywhere else than at 0.
  var holdsAnything: Bool { p95.contains { $0 > 0 } }
}

extension ScenarioSummary {
  /// Whether what is counted through the event where there is one runs in event time.
  var isInEventTime: Bool { !events.isEmpty }
}

extension Summary {
  /// The event that times are counted from, in words.
  func clockEvent(of scenario: ScenarioSummary) -> String {
    guard scenario.events.count > 1 else { return "the event" }
    return recovery.from.map { "“\($0)”" } ?? "the first event"
  }
}
