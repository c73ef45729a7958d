import Foundation
import Statistics

extension DeskOutcomes {
  /// The mean over paths of a figure that each path has of its own, with Student's t interval. Paths without one are left
  /// out, and of the rest n is the number: unknown where none has one.
  ///
  /// Returns of several paths are never strung together: a ratio over all of them would be of an account that no path has.
  func mean(_ confidence: Double, of figure: (Int) -> Double?) -> Estimate {
    Moments((0..<count).compactMap(figure).filter(\.isFinite)).estimate(confidence: confidence)
  }

  /// The mean of a ratio of each path, which a path without a positive denominator does not have.
  func mean(_ confidence: Double, of numerators: [Double], over denominators: [Double]) -> Estimate {
    mean(confidence) { path in denominators[path] > 0 ? numerators[path] / denominators[path] : nil }
  }

  /// The standard deviation of each path's returns a step, √(Σ(r − r̄)²/(n − 1)); 0 of fewer than two. Of `steps` and
  /// `squaredDeviations`.
  var deviations: [Double] {
    zip(self[.squaredDeviations], self[.steps]).map { $1 > 1 ? ($0 / ($1 - 1)).squareRoot() : 0 }
  }

  /// The compound return of each path over a year, (final over starting equity)^(1/years) − 1; −1 where nothing is left. Of
  /// `finalEquity` and `steps`.
  func annualReturns(_ terms: PerformanceTerms) -> [Double] {
    zip(returns, self[.steps]).map { total, steps in
      total > -1 && steps > 0 ? pow(1 + total, terms.stepsPerYear / steps) - 1 : -1
    }
  }
}
