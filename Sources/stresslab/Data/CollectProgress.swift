import Documents
import Lab
import MarketData
import Reports

/// How far a collection of bars is.
struct CollectProgress: ShownProgress {
  /// Exchange, market and step.
  let what: String
  /// Where it began, how far it is and where it ends, milliseconds since 1970.
  let start, reached, end: Int64
  /// Bars that are new.
  let new: Int
  /// Seconds since it began.
  let seconds: Double

  var isFinished: Bool { reached >= end }

  var part: String { "up to \(day)" }

  var text: String { "\(what): \(new) new bars up to \(day), \(left)" }

  func text(width: Int) -> String {
    ProgressBar.line(
      share, [(10, "\(what), \(new) new bars up to \(day), \(left)"), (4, "\(new) bars up to \(day), \(left)")],
      short: ["\(new) bars, \(left)", left], width: width)
  }

  /// As `--events` tells it.
  var event: ToldEvent {
    ToldEvent(
      .page,
      [
        "rows": .integer(new), "from": .string(Timestamp.text(milliseconds: start)),
        "to": .string(Timestamp.text(milliseconds: reached)), "done": .number(min(max(share, 0), 1)),
      ])
  }

  private var day: String { String(Timestamp.text(milliseconds: reached).prefix(10)) }

  private var share: Double { end > start ? Double(reached - start) / Double(end - start) : 1 }

  private var left: String {
    isFinished ? "done" : "\(ProgressBar.duration(seconds * (1 - share) / max(share, 1e-9))) left"
  }
}
