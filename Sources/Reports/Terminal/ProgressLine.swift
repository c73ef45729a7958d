import Lab
import Statistics

/// How far a run is, in one line.
package struct ProgressLine: Sendable {
  private let progress: RunProgress

  /// The line of a moment of a run.
  package init(_ progress: RunProgress) { self.progress = progress }

  /// For a log: `7680 of 20000 paths, 41,200/s, 4 s left; least survival 43.1 % always [40.2, 46.0] holdTimes7/none`.
  package var text: String {
    var text = "\(progress.finishedPaths) of \(progress.wantedPaths) paths, \(rate), \(left)"
    if let weakest = progress.weakest {
      text += "; least survival \(share(weakest)) \(named(weakest)) \(weakest.desk)"
    }
    return text
  }

  /// For a terminal: a line of at most so many columns. What there is no room for is left out: first the name of the desk,
  /// then words, then the interval and the bar; percent done, time left and the estimate stay longest.
  package func text(width: Int) -> String {
    let estimate = progress.weakest.map { (share: share($0), interval: interval($0), named: named($0), desk: $0.desk) }
    let measured = estimate.map { "; least survival \($0.share) \($0.named)" } ?? ""
    let candidates: [(bar: Int, rest: String)] = [
      (10, "\(rate), \(left)\(measured)\(estimate.map { " \($0.desk)" } ?? "")"),
      (10, "\(rate), \(left)\(measured)"),
      (8, "\(rate), \(left)\(estimate.map { "; \($0.share) \($0.named)" } ?? "")"),
      (8, "\(rate), \(left)\(estimate.map { "; \($0.share) \($0.interval)" } ?? "")"),
      (4, "\(rate), \(left)\(estimate.map { "; \($0.share)" } ?? "")"),
    ]
    let short = ["\(left)\(estimate.map { "; \($0.share)" } ?? "")", left]
    return ProgressBar.line(progress.share, candidates, short: short, width: width)
  }

  private var rate: String { ProgressBar.rate(progress.rate) }

  private var left: String {
    progress.isFinished ? "done" : "\(ProgressBar.duration(progress.secondsLeft)) left"
  }

  private func share(_ weakest: RunProgress.Weakest) -> String {
    let estimate = weakest.estimate
    return plain(
      estimate.map { $0.valueText(.percent) } ?? Unit.percent.text(weakest.share, resolution: resolution(weakest)))
  }

  /// The interval, called one that always holds before the run is finished.
  private func named(_ weakest: RunProgress.Weakest) -> String {
    (weakest.estimate == nil ? "always " : "") + interval(weakest)
  }

  /// Of a finished run that of the table; before, one that holds at all times at once, since it is looked at all the time.
  private func interval(_ weakest: RunProgress.Weakest) -> String {
    if let estimate = weakest.estimate { return plain(estimate.intervalText(.percent)) }
    let ends = [weakest.always.low, weakest.always.high].map { Unit.percent.bare($0, resolution: resolution(weakest)) }
    return plain("[\(ends[0]), \(ends[1])]")
  }

  private func resolution(_ weakest: RunProgress.Weakest) -> Double { (weakest.always.high - weakest.always.low) / 2 }

  /// Blanks that do not break are for pages.
  private func plain(_ text: String) -> String { text.replacing("\u{A0}", with: " ") }
}

extension RunProgress: ShownProgress {
  /// The tile.
  package var part: String { "tile \(finishedTiles)/\(tiles)" }
  /// For a log.
  package var text: String { ProgressLine(self).text }
  /// For a terminal.
  package func text(width: Int) -> String { ProgressLine(self).text(width: width) }
}
