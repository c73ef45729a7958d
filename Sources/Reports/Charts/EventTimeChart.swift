import Drawing
import Glibc
import Lab
import Statistics

/// A quantity of the market through the event, in event time: each path is shifted so that its event starts at 0.
///
/// Five charts share this: price, half-spread, depth, volume and range. They differ in what they measure and how it is told.
struct EventTimeChart: Chart {
  private let scene: MarketScene
  private let fan: Fan
  private let calm: Fan?
  private let name: String
  private let axis: String
  private let unit: Unit
  private let isOfPrice: Bool

  /// The chart of one quantity; `calm` is the same at severity 0. Nil where that is no other, but for a price.
  init?(
    _ scene: MarketScene, _ fan: Fan, calm: Fan?, name: String, axis: String, unit: Unit, isOfPrice: Bool = false
  ) {
    if !isOfPrice, scene.fans.isInEventTime, let calm, calm == fan { return nil }
    self.scene = scene
    self.fan = fan
    // Where a severity may move its start, path and moment are others without the events: nothing to compare with.
    self.calm = Self.severityMovesStart(scene) ? nil : calm
    self.name = name
    self.axis = axis
    self.unit = unit
    self.isOfPrice = isOfPrice
  }

  /// Whether the event that times are counted from may start elsewhere at another severity.
  private static func severityMovesStart(_ scene: MarketScene) -> Bool {
    let events = scene.scenario.events
    let from = scene.summary.recovery.from.flatMap { name in events.first { $0.name == name } }
    return (from.map { [$0] } ?? events).contains { $0.severityMovesStart ?? $0.waitsForPrices ?? false }
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
    /// The same as a difference: for a price that may be negative, of which a ratio tells nothing.
    let difference: Double
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
      guard fan.seconds[index] > 0, let other = usual.map({ $0[fan.seconds[index]] }) ?? before,
        other > 0 || mayBeNegative
      else { return nil }
      return Finding(
        index: index, ratio: fan.p50[index] / other, difference: fan.p50[index] - other, reference: reference,
        before: before)
    }
    return findings.max { distance($0) < distance($1) }
  }

  /// How far a ratio is from 1, up or down alike: a half is as far as the double.
  private func distance(_ finding: Finding) -> Double {
    mayBeNegative ? abs(finding.difference) : max(finding.ratio, 1 / finding.ratio)
  }

  /// Whether it is a price that may be negative.
  private var mayBeNegative: Bool { isOfPrice && scene.fans.mayBeNegative }

  var title: String {
    let asset = scene.fans.asset
    guard scene.fans.isInEventTime else { return "\(asset): median \(name) \(range)" }
    guard let finding else { return "\(asset): \(name) after \(clockEvent) starts was not recorded" }
    // Where prices only move more, their median falls for their mean to stay: no fall is to be told.
    let onlyWidens = isOfPrice && scene.scenario.events.allSatisfy { $0.movesPrice == false }
    let size = mayBeNegative ? abs(finding.difference) : abs(log(finding.ratio))
    if let widening, onlyWidens || size < 0.1 * widening.width { return spread(widening) }
    let value = fan.p50[finding.index]
    if mayBeNegative ? abs(finding.difference) < 0.005 : abs(finding.ratio - 1) < 0.005 {
      let reference = finding.reference.replacing(" at that moment", with: "")
      return "\(asset): median \(name) stays within 0.5\u{A0}% of \(reference)"
    }
    let verb = value < finding.before ? "falls to" : value > finding.before ? "rises to" : "is"
    let when = scene.scenario.clock.unit.text(fan.seconds[finding.index])
    let said = "\(asset): median \(name) \(verb) \(unit.text(value)), \(when) after \(clockEvent) starts, "
    if mayBeNegative {
      let side = finding.difference < 0 ? "under" : "over"
      return said + "\(times(abs(finding.difference))) starting prices \(side) \(finding.reference)"
    }
    return said
      + "\(times(finding.ratio)) times \(finding.reference)"
  }

  /// Where the bands are widest against those without the event at the same moment, by half and more.
  private struct Widening {
    let index: Int
    /// Logarithm of the 95th over the 5th percentile, or their difference.
    let width: Double
    /// Without the event.
    let calm: (low: Double, high: Double)
  }

  private var widening: Widening? {
    guard let calm else { return nil }
    let places = Dictionary(zip(calm.seconds, calm.seconds.indices), uniquingKeysWith: { first, _ in first })
    let widenings = fan.seconds.indices.compactMap { index -> (Widening, factor: Double)? in
      guard fan.seconds[index] > 0, let place = places[fan.seconds[index]],
        mayBeNegative || (fan.p5[index] > 0 && calm.p5[place] > 0)
      else { return nil }
      let width = { (low: Double, high: Double) in mayBeNegative ? high - low : log(high / low) }
      let widths = (width(fan.p5[index], fan.p95[index]), width(calm.p5[place], calm.p95[place]))
      guard widths.0 > 1.5 * widths.1 else { return nil }
      return (
        Widening(index: index, width: widths.0, calm: (calm.p5[place], calm.p95[place])), widths.0 / max(widths.1, 1e-6)
      )
    }
    // Of moments alike the first.
    let most = widenings.map(\.factor).max() ?? 0
    return widenings.first { $0.factor >= 0.95 * most }?.0
  }

  /// What an event does that goes up on some paths and down on others: the median tells nothing of it.
  private func spread(_ widening: Widening) -> String {
    let when = scene.scenario.clock.unit.text(fan.seconds[widening.index])
    let ends = [fan.p5[widening.index], fan.p95[widening.index], widening.calm.low, widening.calm.high].map {
      unit.text($0)
    }
    return "\(scene.fans.asset): the middle 90\u{A0}% of \(name) reach from \(ends[0]) to \(ends[1]) \(when) after "
      + "\(clockEvent) starts, from \(ends[2]) to \(ends[3]) without \(scene.scenario.eventWord)"
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
    if scene.fans.isInEventTime, calm == nil, scene.calm != nil {
      return fan.spreadText + time + "; not beside severity 0, where it may start at other times, or not at all"
    }
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
    let first = fan.seconds.first ?? 0, last = max(fan.seconds.last ?? 1, first + 1)
    let title = scene.fans.isInEventTime ? "trading time since the event’s start" : "trading time since the start"
    var plot = Plot(
      layout, x: .time(title, first...last, scene.scenario.clock),
      y: .around(
        fan.extent + (calm?.p50 ?? []), axis, unit: unit == .percent ? .percent : .number, mayBeLogarithmic: true,
        headroom: 0.12))
    if scene.fans.isInEventTime { plot.rule(at: 0, "event starts") }
    plot.fan(fan, series: "s0", unit: unit == .percent ? .percent : .number, otherMedian: calm)
    return plot.picture(crosshair: fan.tableSeconds)
  }
}
