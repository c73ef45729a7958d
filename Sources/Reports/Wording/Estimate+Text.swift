import Drawing
import Glibc
import Lab
import Statistics

extension Estimate {
  /// Half the interval's width, or nil where it is open.
  private var resolution: Double? {
    guard let low, let high, high > low else { return nil }
    return (high - low) / 2
  }

  /// The value with its unit, or `otherwise` where there is nothing to estimate from.
  func valueText(_ unit: Unit, otherwise: String = "not reached") -> String {
    guard let value, value.isFinite else { return otherwise }
    return unit.text(value, resolution: resolution)
  }

  /// What the sample says in place of an interval, in words; nil where its interval stands for itself.
  package var evidenceText: String? {
    switch evidence {
    case .sampled: return nil
    case .tooFewPaths: return n == 1 ? "one path" : "too few paths"
    case .notSeen(let atMost):
      let seen = value == 0 ? "not seen" : "no exception seen"
      let sure = Unit.percent.tick(confidence, step: confidence)
      return "\(seen); at most \(Estimate.shareText(atMost)) of paths (\(sure))"
    }
  }

  /// A small share in percent, to two digits however small.
  private static func shareText(_ share: Double) -> String {
    let digits = share > 0 ? 1 - Int(log10(share * 100).rounded(.down)) : 0
    return Unit.decimal(share * 100, decimals: min(max(digits, 0), 12)) + "\u{A0}%"
  }

  /// The interval as `[low, high]` without the unit, or what the sample says in its place; an open end reads "–" (of a
  /// duration, "not reached").
  func intervalText(_ unit: Unit) -> String {
    evidenceText.map { "[\($0)]" } ?? boundsText(unit)
  }

  /// The value with its bounds in numbers, for a place that has no room for words; without bounds the words all the same.
  package func figureText(_ unit: Unit) -> String {
    let interval = figuresText(unit)
    return interval.isEmpty ? valueText(unit) : "\(valueText(unit)) \(interval)"
  }

  /// A difference of two figures in percent, with its sign: "+2.8 [2.7, 2.9] points".
  package var pointsText: String {
    guard let value, value.isFinite else { return "an unknown number of points" }
    let interval = figuresText(.percent)
    let number = Unit.percent.bare(value, resolution: resolution ?? abs(value) * 0.02)
    return "\(value > 0 ? "+" : "")\(number)\(interval.isEmpty ? "" : " \(interval)") points"
  }

  /// The bounds in numbers, or where there are none the words in their place.
  func figuresText(_ unit: Unit) -> String { low == nil && high == nil ? intervalText(unit) : boundsText(unit) }

  /// The bounds alone, as `[low, high]` without the unit.
  func boundsText(_ unit: Unit) -> String {
    guard low != nil || high != nil else { return "" }
    let resolution = resolution ?? (value.map { abs($0) * 0.02 } ?? 0.01)
    var open = "\u{2013}"
    switch unit {
    case .duration, .days: open = "not reached"
    case .percent, .basisPoints, .number: break
    }
    let ends = [low, high].map { end in
      end.flatMap { $0.isFinite ? unit.bare($0, resolution: resolution) : nil } ?? open
    }
    return "[\(ends[0]), \(ends[1])]"
  }

  /// The bounds in the least room, without the unit: "67.4–69.0", "−4.5 to −4.3", "≥ 67.4" where one is open; empty where both
  /// are.
  func rangeText(_ unit: Unit) -> String {
    let resolution = resolution ?? (value.map { abs($0) * 0.02 } ?? 0.01)
    let ends = [low, high].map { end in end.flatMap { $0.isFinite ? unit.bare($0, resolution: resolution) : nil } }
    switch (ends[0], ends[1]) {
    case (let low?, let high?): return low.allSatisfy(Self.isOfNumber) ? "\(low)\u{2013}\(high)" : "\(low) to \(high)"
    case (let low?, nil): return "≥\u{A0}\(low)"
    case (nil, let high?): return "≤\u{A0}\(high)"
    case (nil, nil): return ""
    }
  }

  /// One bound in the least room: "≥ 67.4", "≤ 69.0"; empty where it is open.
  func boundText(_ unit: Unit, isLow: Bool) -> String {
    let resolution = resolution ?? (value.map { abs($0) * 0.02 } ?? 0.01)
    guard let end = isLow ? low : high, end.isFinite else { return "" }
    return "\(isLow ? "≥" : "≤")\u{A0}\(unit.bare(end, resolution: resolution))"
  }

  /// Whether a dash behind it reads as a range: not behind a sign or a unit.
  private static func isOfNumber(_ character: Character) -> Bool {
    character.isNumber || character == "." || character == ","
  }

  /// The value with its interval, such as "97.3 % [96.9, 97.6]".
  package func text(_ unit: Unit, otherwise: String = "not reached") -> String {
    let interval = intervalText(unit)
    let value = valueText(unit, otherwise: otherwise)
    return interval.isEmpty || self.value == nil ? value : "\(value) \(interval)"
  }
}
