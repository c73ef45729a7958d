import Foundation

/// What a number measures, and so how it is rounded and written: the one place of page, charts, terminal and store.
///
/// Fractions are written in percent; time in seconds, minutes, hours or days, whose length the caller says; no number is
/// ever written as "nan" or "inf": what could not be estimated is said in words where it is used.
///
/// Rounding keeps what a reader takes literally: what is not 0 is never written as 0, and a share that is not 1 never as
/// 100 %, since one death in ten thousand is not none. Further decimals are written until it is not.
package enum Unit: Sendable, Hashable {
  /// A fraction, written in percent.
  case percent
  /// Hundredths of a percent.
  case basisPoints
  /// A plain number.
  case number
  /// Time in seconds; `day` is how much of it counts as a day.
  case duration(day: Double)
  /// Time in seconds, in days alone: for clocks whose step is a day.
  case days(day: Double)

  /// By what a value is multiplied before it is written.
  package var factor: Double { self == .percent ? 100 : 1 }

  /// What stands behind the number, with its blank.
  var suffix: String {
    switch self {
    case .percent: "\u{A0}%"
    case .basisPoints: "\u{A0}bps"
    case .number, .duration, .days: ""
    }
  }

  /// The value with as many decimals as its size calls for (or as `resolution`, half the width of its interval, allows).
  package func text(_ value: Double, resolution: Double? = nil) -> String {
    guard value.isFinite else { return "not known" }
    if let time = timeText(value) { return time }
    return bare(value, resolution: resolution ?? 0.02 * abs(value)) + suffix
  }

  /// A duration in words; nil for what is none.
  private func timeText(_ value: Double) -> String? {
    switch self {
    case .duration(let day): Duration.text(value, day: day)
    case .days(let day): Duration.days(value, day: day)
    case .percent, .basisPoints, .number: nil
    }
  }

  /// The number alone, without its unit.
  package func bare(_ value: Double, resolution: Double) -> String {
    guard value.isFinite else { return "not known" }
    if let time = timeText(value) { return time }
    if self == .percent {
      // Sums of shares miss 0 and 1 by their rounding, far less than one path in any run.
      if abs(value) < Unit.dust { return "0" }
      if abs(value - 1) < Unit.dust { return "100" }
    }
    if self == .number && abs(value) >= 10_000 && resolution >= 50 { return Unit.thousands(value, resolution) }
    let number = value * factor
    var decimals = decimals(resolution * factor)
    var text = Unit.decimal(number, decimals: decimals)
    while decimals < Unit.mostDecimals && isTooRound(text, number) {
      decimals += 1
      text = Unit.decimal(number, decimals: decimals)
    }
    return text
  }

  /// What is nearer to 0 or 1 than this differs from them by rounding alone.
  private static let dust = 1e-10
  private static let mostDecimals = 12

  /// Whether a text says 0 of what is not 0, or 100 % of what is not all.
  private func isTooRound(_ text: String, _ number: Double) -> Bool {
    guard number != 0 else { return false }
    let digits = text.filter(\.isNumber)
    if digits.allSatisfy({ $0 == "0" }) { return true }
    // A share is never more than all; what may be, such as a price over its start, rounds as any number.
    return self == .percent && number < 100 && text.hasPrefix("100")
  }

  /// A large number in thousands or millions, such as "151k" or "1.25M".
  private static func thousands(_ value: Double, _ resolution: Double) -> String {
    let (unit, name) = abs(value) >= 999_500 ? (1e6, "M") : (1e3, "k")
    let decimals = resolution / unit >= 0.5 ? 0 : resolution / unit >= 0.05 ? 1 : 2
    return decimal(value / unit, decimals: decimals) + name
  }

  /// Decimals such that the last one still means something.
  private func decimals(_ resolution: Double) -> Int {
    guard resolution > 0 else { return 1 }
    switch resolution {
    case 5...: return 0
    case 0.05...: return 1
    case 0.005...: return 2
    default: return self == .number ? min(Unit.mostDecimals, Int((-log10(resolution)).rounded(.up))) : 3
    }
  }

  /// A tick's label: as many decimals as its step calls for.
  package func tick(_ value: Double, step: Double) -> String {
    if let time = timeText(value) { return time }
    let step = abs(step * factor)
    var decimals = 0
    while decimals < 6 {
      let scaled = step * pow(10, Double(decimals))
      if abs(scaled - scaled.rounded()) < 1e-6 * max(scaled, 1) { break }
      decimals += 1
    }
    let number = value * factor
    if self == .number && abs(number) >= 10_000 && step >= 50 { return Unit.thousands(number, step) }
    return Unit.decimal(number, decimals: decimals) + suffix
  }

  /// A price per unit: two decimals, and under 10 as many more as give four digits that count.
  package static func price(_ value: Double) -> String {
    number.bare(value, resolution: min(0.006, abs(value) * 6e-4))
  }

  /// A quantity that can be cut into parts: whole from 100 on.
  package static func quantity(_ value: Double) -> String {
    number.bare(value, resolution: abs(value) >= 100 ? 5 : abs(value) >= 1 ? 0.01 : 1e-4)
  }

  /// A decimal number with a true minus sign and groups of three digits; never "-0". From 10¹⁵ on, where nobody counts
  /// digits any more, `3.2e45`.
  package static func decimal(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return "not known" }
    guard abs(value) < 1e15 else {
      let text = String(format: "%.1e", abs(value)).replacing("e+", with: "e")
      return (value < 0 ? "\u{2212}" : "") + text
    }
    let text = String(format: "%.\(decimals)f", abs(value))
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    var whole = ""
    for (index, digit) in parts[0].enumerated() {
      if index > 0 && (parts[0].count - index) % 3 == 0 { whole += "," }
      whole.append(digit)
    }
    let isZero = !text.contains { $0 != "0" && $0 != "." }
    return (value < 0 && !isZero ? "\u{2212}" : "") + whole + (parts.count > 1 ? ".\(parts[1])" : "")
  }
}
