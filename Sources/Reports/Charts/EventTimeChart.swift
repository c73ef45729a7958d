import Drawing
import Lab
import Statistics

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

  /// The chart of one quantity; `calm` is the same at severity 0.
  init(_ scene: MarketScene, _ fan: Fan, calm: Fan?, name: String, axis: String, unit: Unit) {
    self.scene = scene
    self.fan = fan
    self.calm = calm
    self.name = name
    self.axis = axis
    self.unit = unit
  }

  /// The event that times are counted from.
  private var clockEvent: String {
    guard scene.scenario.events.count > 1 else { return "the event" }
    return scene.summary.recovery.from.map { "“\($0)”" } ?? "the first event"
  }

  /// Where the median is furthest from what it is compared with, as a ratio.
  private struct Finding {
    let index: Int
    let ratio: Double
    let reference: String
    /// The median when the event starts.
    let before: Double
  }

  /// The largest deviation after the event's start: from the median without the event at the same moment, which both
  /// markets reach on the same random numbers; where that was not run, from the median when the event starts.
  private var finding: Finding? {
    guard let start = fan.seconds.lastIndex(where: { $0 <= 0 }) ?? fan.seconds.indices.first else { return nil }
    let before = fan.p50[start]
    let usual = calm.map { Dictionary(zip($0.seconds, $0.p50), uniquingKeysWith: { first, _ in first }) }
    let reference =
      usual == nil
      ? "what it was when \(clockEvent) started" : "what it is without \(scene.scenario.eventWord) at that moment"
    let findings = fan.seconds.indices.compactMap { index -> Finding? in
      guard fan.seconds[index] > 0, let other = usual.map({ $0[fan.seconds[index]] }) ?? before, other > 0 else {
        return nil
      }
      return Finding(index: index, ratio: fan.p50[index] / other, reference: reference, before: before)
    }
    return findings.max { distance($0) < distance($1) }
  }

  /// How far a ratio is from 1, up or down alike: a half is as far as the double.
  private func distance(_ finding: Finding) -> Double { max(finding.ratio, 1 / finding.ratio) }

  var title: String {
    let asset = scene.fans.asset
    guard scene.fans.isInEventTime else { return "\(asset): median \(name) \(range)" }
    guard let finding else { return "\(asset): \(name) after \(clockEvent) starts was not recorded" }
    let value = fan.p50[finding.index]
    if abs(finding.ratio - 1) < 0.005 {
      let reference = finding.reference.replacing(" at that moment", with: "")
      return "\(asset): median \(name) stays within 0.5\u{A0}% of \(reference)"
    }
    let verb = value < finding.before ? "falls to" : value > finding.before ? "rises to" : "is"
    let when = scene.scenario.clock.unit.text(fan.seconds[finding.index])
    return "\(asset): median \(name) \(verb) \(unit.text(value)) \(when) after \(clockEvent) starts, "
      + "\(times(finding.ratio)) times \(finding.reference)"
  }

  /// Where the median lies, where no event moves it.
  private var range: String {
    guard let low = fan.p50.min(), let high = fan.p50.max() else { return "was not recorded" }
    let ends = [low, high].map { unit.text($0) }
    return ends[0] == ends[1] ? "is \(ends[0]) throughout" : "lies between \(ends[0]) and \(ends[1])"
  }

  private func times(_ ratio: Double) -> String {
    Unit.number.bare(ratio, resolution: ratio < 2 ? 0.005 : ratio < 10 ? 0.05 : 5)
  }

  var subtitle: String {
    let time = scene.fans.isInEventTime ? "; each path counted from where \(clockEvent) starts on it" : ""
    let other =
      calm == nil || !scene.fans.isInEventTime ? "" : "; dashed: median without \(scene.scenario.eventWord)"
    return fan.spreadText + time + other
  }
  var description: String {
    "Quantiles across paths of the \(name) \(scene.fans.isInEventTime ? "through the event" : "in time")."
  }
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
}
