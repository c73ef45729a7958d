import Documents
import Reports
import Training

/// How far the training of a seed is.
struct TrainingProgress: ShownProgress {
  /// The seed.
  let seed: Int
  /// Which window of how many; nil where there are none.
  let window: (number: Int, count: Int)?
  /// Updates that are made, of how many.
  let update: Int
  let updates: Int
  /// Updates that this process has made of them, and the seconds that they took.
  let own: Int
  let seconds: Double
  /// Environment steps of an update.
  let stepsOfUpdate: Int
  /// The best figure of a validation so far; nil before the first.
  let best: String?

  var isFinished: Bool { update >= updates && window?.number == window?.count }

  var part: String { "\(name), update \(update)/\(updates)" }

  /// `seed 3`, or `seed 3, window 2/5`.
  private var name: String { "seed \(seed)\(window.map { ", window \($0.number)/\($0.count)" } ?? "")" }

  var text: String {
    "\(name), update \(update) of \(updates), \(rate), \(left)\(best.map { "; \($0)" } ?? "")"
  }

  func text(width: Int) -> String {
    let figure = best.map { "; \($0)" } ?? ""
    return ProgressBar.line(
      share,
      [
        (10, "\(name), \(rate), \(left)\(figure)"), (10, "\(name), \(left)\(figure)"),
        (4, "\(name), \(left)"),
      ], short: ["\(left)\(figure)", left], width: width)
  }

  /// Which share of all updates is made.
  private var share: Double {
    let done = Double(update) / Double(updates)
    return window.map { (Double($0.number - 1) + done) / Double($0.count) } ?? done
  }

  private var rate: String {
    "\(ProgressBar.rate(Double(own * stepsOfUpdate) / max(seconds, 1e-9)).dropLast(2)) steps/s"
  }

  private var left: String {
    let coming = updates - update + (window.map { ($0.count - $0.number) * updates } ?? 0)
    return isFinished ? "done" : "\(ProgressBar.duration(seconds / Double(max(own, 1)) * Double(coming))) left"
  }
}
