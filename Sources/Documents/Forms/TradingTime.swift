/// Durations as people write them: a number and a unit, such as `20s`, `6m`, `13h`, `252d`, or several of them, the larger
/// unit first: `13h30m`.
///
/// They count trading time: a day is one session, or 24 h where trading is continuous.
package enum TradingTime {
  /// Seconds of trading time in a day; the clock's calendar tells it to the rest of a document.
  package enum SecondsPerDay: ReadingKey {
    /// 24 hours until the calendar has been read.
    package static var initial: Double { 86_400 }
  }

  /// The units, the largest first.
  private static let units = ["d", "h", "m", "s", "ms"]

  /// The pattern of a duration without a sign and without anchors, for schemas that allow other notations beside it.
  ///
  /// Whole parts of larger units, then one that may have a fraction.
  package static let unsignedPattern =
    "("
    + units.indices.reversed().map { last in
      units[..<last].map { "([0-9]+\($0))?" }.joined() + #"[0-9]+(\.[0-9]+)?"# + units[last]
    }.joined(separator: "|") + ")"

  /// The pattern of a duration, for schemas.
  package static let pattern = "^-?\(unsignedPattern)$"

  /// Durations as they may be written, for schemas.
  package static let examples: [JSONValue] = ["500ms", "20s", "13h30m", "252d"]

  /// Seconds of trading time, or nil when the text is no duration.
  package static func seconds(_ text: String, secondsPerDay: Double) -> Double? {
    guard let parts = parts(text) else { return nil }
    let seconds = parts.days * secondsPerDay + parts.seconds
    return seconds.isFinite ? seconds : nil
  }

  /// The days of a duration, and the seconds beside them; nil when the text is none. Both have the sign of the whole.
  package static func parts(_ text: String) -> (days: Double, seconds: Double)? {
    var rest = text[...]
    let sign: Double = rest.hasPrefix("-") ? -1 : 1
    if sign < 0 { rest.removeFirst() }
    guard !rest.isEmpty else { return nil }
    var larger = units[...]
    var (days, seconds) = (0.0, 0.0)
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(number.count)
      let unit = rest.prefix { $0.isASCII && $0.isLetter }
      rest = rest.dropFirst(unit.count)
      let digits = number.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
      guard digits.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isNumber) }), digits.count == 1 || rest.isEmpty,
        let value = Double(number), let place = larger.firstIndex(of: String(unit))
      else { return nil }
      larger = larger[(place + 1)...]
      switch unit {
      case "d": days = value
      case "h": seconds += value * 3600
      case "m": seconds += value * 60
      case "s": seconds += value
      // Milliseconds are divided, not multiplied by 0.001, so that 1500ms is exactly 1.5 s.
      default: seconds += value / 1000
      }
    }
    return (sign * days, sign * seconds)
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
}
