import Documents
import Foundation
import Statistics

/// How far a run is: one per finished tile.
package struct RunProgress: Sendable {
  package let finishedTiles: Int
  package let tiles: Int
  /// Paths in the store, over all markets (a path in two markets counts twice), those of earlier runs included.
  let finishedPaths: Int64
  let wantedPaths: Int64
  /// Paths per second since this process began.
  let rate: Double
  let secondsLeft: Double
  /// The desk that has survived least often so far, at the highest severity.
  let weakest: Weakest?

  /// A desk's survival so far.
  struct Weakest: Sendable {
    let desk: String
    let survived: Int
    let paths: Int
  }

  /// One line, such as
  /// `tile 12/80, 3072 of 20000 paths, 41200/s, 0.4 s left; least survival 43.1 % [40.2, 46.0] holdTimes7/none`.
  package var line: String {
    var text = "tile \(finishedTiles)/\(tiles), \(finishedPaths) of \(wantedPaths) paths"
    text += ", \(Int(rate.rounded()))/s, \(Self.duration(secondsLeft)) left"
    if let weakest {
      let interval = ConfidenceSequence(successes: weakest.survived, trials: weakest.paths).interval
      let share = Double(weakest.survived) / Double(weakest.paths)
      let resolution = (interval.high - interval.low) / 2
      let ends = [interval.low, interval.high].map { Statistics.Unit.percent.bare($0, resolution: resolution) }
      text += "; least survival \(Statistics.Unit.percent.bare(share, resolution: resolution)) %"
      text += " [\(ends[0]), \(ends[1])] \(weakest.desk)"
    }
    return text
  }

  private static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e9 else { return "?" }
    if seconds < 60 { return String(format: "%.1f s", seconds) }
    let whole = Int(seconds.rounded())
    return whole < 3600 ? "\(whole / 60) min \(whole % 60) s" : "\(whole / 3600) h \(whole % 3600 / 60) min"
  }
}

/// An interval for a proportion that holds at all times at once, so that looking at it while it runs is no cheating.
///
/// The set of p that a beta-binomial mixture with a uniform prior does not reject at 5 %:
/// p^s (1 − p)^f ≥ 0.05 · B(s + 1, f + 1). By Ville's inequality it holds the truth at every n at once with probability
/// 95 %. Source: Howard et al. (2021), Annals of Statistics 49(2), section 3.
package struct ConfidenceSequence: Sendable {
  private let successes: Double
  private let failures: Double
  /// log of 0.05 · B(s + 1, f + 1).
  private let bound: Double

  package init(successes: Int, trials: Int) {
    self.successes = Double(successes)
    failures = Double(trials - successes)
    bound = lgamma(self.successes + 1) + lgamma(failures + 1) - lgamma(Double(trials) + 2) + log(0.05)
  }

  /// Whether the interval holds a proportion.
  package func holds(_ p: Double) -> Bool {
    (successes > 0 ? successes * log(p) : 0) + (failures > 0 ? failures * log1p(-p) : 0) >= bound
  }

  /// The interval's ends, to 2⁻⁶⁰ of the distance from the estimate.
  package var interval: (low: Double, high: Double) {
    let trials = successes + failures
    guard trials > 0 else { return (0, 1) }
    let peak = successes / trials
    func edge(from outer: Double) -> Double {
      var (outer, inner) = (outer, peak)
      for _ in 0..<60 {
        let middle = (outer + inner) / 2
        if holds(middle) { inner = middle } else { outer = middle }
      }
      return inner
    }
    return (successes == 0 ? 0 : edge(from: 0), failures == 0 ? 1 : edge(from: 1))
  }
}
