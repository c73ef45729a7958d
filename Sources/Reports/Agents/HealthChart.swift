import Drawing
import Lab
import Statistics

/// A share of paths in time: on which an agent sees what it was not trained on, or wants all that it may.
struct HealthChart: Chart {
  private let visit: VisitScene
  private let curve: Curve
  private let kind: Kind

  /// What is shared.
  enum Kind: Sendable {
    case outside, saturated
  }

  /// Nil where there is nothing to draw.
  init?(_ visit: VisitScene, _ kind: Kind) {
    let health = visit.behaviour.health
    guard let curve = kind == .outside ? health.outside : health.saturated, curve.seconds.count > 1 else { return nil }
    self.visit = visit
    self.curve = curve
    self.kind = kind
  }

  private var isInEventTime: Bool { visit.behaviour.health.isInEventTime }
  private var unit: Unit { visit.scenario.clock.unit }
  private var name: String { visit.scene.name }

  private func share(_ value: Double) -> String { Unit.percent.text(value, resolution: 0.005) }

  /// The share of closes in each time, which says more than any single moment.
  var title: String {
    let health = visit.behaviour.health
    let what =
      kind == .outside
      ? "\(name) sees an input that it was not trained on"
      : "\(name) wants \(visit.scene.record.fastest == nil ? "the whole leverage of its mandate" : "the largest pace")"
    let shares = health.phases.compactMap { phase -> String? in
      guard let estimate = kind == .outside ? phase.outside : phase.saturated, estimate.value != nil else { return nil }
      return "\(estimate.valueText(.percent)) \(phase.phase.words(events: visit.scenario.events.count))"
    }
    guard let first = shares.first else { return what }
    guard isInEventTime else { return "\(what) at \(first.replacing(" throughout", with: "")) of closes" }
    return "\(what) at \(first.replacing(" before", with: " of closes before"))"
      + (shares.count > 1 ? ", \(listed(Array(shares.dropFirst())))" : "")
  }
  var subtitle: String {
    let time = isInEventTime ? "; each path counted from where the event starts on it" : ""
    let method = curve.method?.name ?? "none"
    return "Paths that may still trade, \(Unit.decimal(Double(curve.n), decimals: 0)) at most; band: pointwise "
      + "\(Unit.percent.tick(curve.confidence, step: curve.confidence)) interval (\(method))\(time)"
  }
  var description: String {
    "The share of paths against time, with its interval: a line in a band."
  }

  private var rows: [Int] { DataTable.thinned(curve.seconds.count) }

  var table: DataTable {
    DataTable(
      [isInEventTime ? "Since the event’s start" : "Trading time", "share of paths", "low", "high", "paths"],
      rows.map { index in
        [
          unit.text(curve.seconds[index]), share(curve.value[index]), share(curve.low[index]),
          share(curve.high[index]), curve.atRisk.map { "\($0[index])" } ?? "\u{2013}",
        ]
      })
  }

  /// Shares with room over 100 % for the rule's label.
  private var axis: Axis {
    let share = Axis.share("share of paths")
    return Axis(share.title, 0...1.12, ticks: share.ticks)
  }

  func draw(_ layout: Layout) -> Picture {
    let first = curve.seconds.first ?? 0, last = max(curve.seconds.last ?? 1, first + 1)
    let title = isInEventTime ? "trading time since the event’s start" : "trading time since the start"
    var plot = Plot(
      layout, x: .time(title, first...last, visit.scenario.clock), y: axis)
    plot.band(curve.seconds, curve.low, curve.high, style: "o \(visit.scene.series)")
    plot.line(curve.seconds, curve.value, style: "m \(visit.scene.series)")
    if isInEventTime { plot.rule(at: 0, "event starts") }
    if let value = curve.value.last { plot.endLabel(share(value), at: value, series: visit.scene.series) }
    return plot.picture(crosshair: rows.map { curve.seconds[$0] })
  }
}
