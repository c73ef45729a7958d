import Documents
import Reports
import Training

/// How far the training of a seed is.
struct TrainingProgress: ShownProgress {
  /// The seed.
  let seed: Int
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

  var isFinished: Bool { update >= updates }

  var part: String { "seed \(seed), update \(update)/\(updates)" }

  var text: String {
    "seed \(seed), update \(update) of \(updates), \(rate), \(left)\(best.map { "; \($0)" } ?? "")"
  }

  func text(width: Int) -> String {
    let figure = best.map { "; \($0)" } ?? ""
    return ProgressBar.line(
      Double(update) / Double(updates),
      [
        (10, "seed \(seed), \(rate), \(left)\(figure)"), (10, "seed \(seed), \(left)\(figure)"),
        (4, "seed \(seed), \(left)"),
      ], short: ["\(left)\(figure)", left], width: width)
  }

  private var rate: String {
    "\(ProgressBar.rate(Double(own * stepsOfUpdate) / max(seconds, 1e-9)).dropLast(2)) steps/s"
  }

  private var left: String {
    isFinished ? "done" : "\(ProgressBar.duration(seconds / Double(max(own, 1)) * Double(updates - update))) left"
  }
}
