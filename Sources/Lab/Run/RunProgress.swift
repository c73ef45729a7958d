import Foundation
import Statistics

/// How far a run is: one per finished tile.
package struct RunProgress: Sendable {
  /// Tiles that this process has finished.
  package let finishedTiles: Int
  /// Tiles that were missing when this process began; at least 1.
  package let tiles: Int
  /// Paths in the store, over all markets (a path in two markets counts twice), those of earlier runs included.
  package let finishedPaths: Int64
  /// Paths that the store shall have in the end, counted alike; at least 1.
  package let wantedPaths: Int64
  /// Paths per second since this process began.
  package let rate: Double
  /// Seconds that the rest takes at this rate.
  package let secondsLeft: Double
  /// The desk that has survived least often so far, at the highest severity.
  package let weakest: Weakest?
  /// What every desk has come to so far, by the desks' numbers.
  package let desks: [DeskCount]

  /// How many paths of a desk are finished, those of earlier runs included, and on how many of them it was ruined.
  package struct DeskCount: Sendable, Hashable {
    package var paths: Int
    package var ruined: Int
  }

  /// A desk's survival so far.
  package struct Weakest: Sendable {
    /// Its name, `agent/risk profile`.
    package let desk: String
    /// The share of its paths that were not ruined.
    package let share: Double
    /// An interval that holds at all times at once, at 95 %.
    package let always: (low: Double, high: Double)
    /// The figure of the run's table; nil before the last tile.
    package let estimate: Estimate?

    /// So many paths survived of so many, at least one.
    ///
    /// - Parameter confidence: of the table's intervals; nil before the last tile.
    package init(desk: String, survived: Int, of paths: Int, confidence: Double?) {
      self.desk = desk
      share = Double(survived) / Double(paths)
      always = ConfidenceSequence(successes: survived, trials: paths).interval
      estimate = confidence.map { Proportion(survived, of: paths).estimate(confidence: $0) }
    }
  }

  /// A moment of a run.
  package init(
    finishedTiles: Int, tiles: Int, finishedPaths: Int64, wantedPaths: Int64, rate: Double, secondsLeft: Double,
    weakest: Weakest?, desks: [DeskCount] = []
  ) {
    self.finishedTiles = finishedTiles
    self.tiles = tiles
    self.finishedPaths = finishedPaths
    self.wantedPaths = wantedPaths
    self.rate = rate
    self.secondsLeft = secondsLeft
    self.weakest = weakest
    self.desks = desks
  }

  /// The share of the paths that is finished, in 0…1.
  package var share: Double { Double(finishedPaths) / Double(wantedPaths) }

  /// Whether nothing is missing any more.
  package var isFinished: Bool { finishedPaths >= wantedPaths }
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
