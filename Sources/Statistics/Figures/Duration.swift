/// Time in words: "45 s", "12 min", "3 h 20 min", "12 d". How long a day is, the caller says.
package enum Duration {
  /// From how many days on a length of time is written in days.
  package static let fewestDays = 3.0

  /// A length of time; `day` is how much of it counts as a day, in seconds.
  ///
  /// Under three days hours and minutes are written, since "1 d" would leave open which part of a day is meant.
  package static func text(_ seconds: Double, day: Double) -> String {
    guard seconds.isFinite else { return "not known" }
    let sign = seconds < 0 ? "\u{2212}" : ""
    let size = abs(seconds)
    if size >= fewestDays * day
      || (size >= day && size.truncatingRemainder(dividingBy: day) == 0 && day >= 86_400)
    {
      return sign + trimmed(size / day) + "\u{A0}d"
    }
    if size < 60 { return sign + trimmed(size) + "\u{A0}s" }
    if size < 600 && size.truncatingRemainder(dividingBy: 60) != 0 { return sign + trimmed(size / 60) + "\u{A0}min" }
    let minutes = Int((size / 60).rounded())
    if minutes < 60 { return sign + "\(minutes)\u{A0}min" }
    let hours = "\(minutes / 60)\u{A0}h"
    return sign + (minutes % 60 == 0 ? hours : "\(hours)\u{A0}\(minutes % 60)\u{A0}min")
  }

  /// A time within a horizon: one that is shorter never reads as long as the whole, which would say that nobody fell out.
  package static func within(_ seconds: Double, _ horizon: Double, unit: Unit) -> String {
    let text = unit.text(seconds)
    return seconds < horizon && text == unit.text(horizon) ? "just under \(text)" : text
  }

  /// A length of time in days, "0.5 d"; `day` is how much of it counts as a day, in seconds.
  package static func days(_ seconds: Double, day: Double) -> String {
    guard seconds.isFinite else { return "not known" }
    return (seconds < 0 ? "\u{2212}" : "") + trimmed(abs(seconds) / day) + "\u{A0}d"
  }

  /// One decimal, left out where it is zero; more where one would make nothing of something.
  private static func trimmed(_ value: Double) -> String {
    let rounded = (value * 10).rounded() / 10
    if rounded == 0 && value > 1e-9 { return Unit.number.bare(value, resolution: 0.1) }
    return Unit.decimal(rounded, decimals: rounded == rounded.rounded() ? 0 : 1)
  }
}
