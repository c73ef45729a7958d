/// Durations as people write them: a number and a unit, such as `20s`, `6m`, `13h`, `252d`.
///
/// They count trading time: a day is one session, or 24 h where trading is continuous.
package enum TradingTime {
  /// Seconds of trading time in a day; the clock's calendar tells it to the rest of a document.
  package enum SecondsPerDay: ReadingKey {
    /// 24 hours until the calendar has been read.
    package static var initial: Double { 86_400 }
  }

  /// The pattern of a duration, for schemas.
  package static let pattern = #"^-?[0-9]+(\.[0-9]+)?(ms|s|m|h|d)$"#

  /// Seconds of trading time, or nil when the text is no duration.
  package static func seconds(_ text: String, secondsPerDay: Double) -> Double? {
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") }
    let digits = number.hasPrefix("-") ? number.dropFirst() : number
    let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isNumber) }), let value = Double(number),
      let unit = secondsPerUnit(text.dropFirst(number.count), secondsPerDay)
    else { return nil }
    // Milliseconds are divided, not multiplied by 0.001, so that 1500ms is exactly 1.5 s.
    let seconds = unit == 0.001 ? value / 1000 : value * unit
    return seconds.isFinite ? seconds : nil
  }

  /// A duration in the largest of hours, minutes, seconds and milliseconds that divides it.
  package static func text(seconds: Double) -> String {
    if seconds == 0 { return "0s" }
    for (unit, size) in [("h", 3600.0), ("m", 60), ("s", 1)] where seconds.remainder(dividingBy: size) == 0 {
      return "\(JSONWriter.number(seconds / size))\(unit)"
    }
    let milliseconds = seconds * 1000
    return milliseconds == milliseconds.rounded()
      ? "\(JSONWriter.number(milliseconds))ms" : "\(JSONWriter.number(seconds))s"
  }

  private static func secondsPerUnit(_ unit: Substring, _ secondsPerDay: Double) -> Double? {
    switch unit {
    case "ms": 0.001
    case "s": 1
    case "m": 60
    case "h": 3600
    case "d": secondsPerDay
    default: nil
    }
  }
}
