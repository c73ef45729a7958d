import Documents
import Statistics

/// How much of what a search found may be luck: the probabilistic and the deflated Sharpe ratio of its best policy.
///
/// A period is a path from t = 0 to the horizon, and a return what a path made of its starting equity: paths are independent,
/// as the standard error asks, and nothing is annualised. T is the number of validation paths of one scenario and severity;
/// where there are several, the return is that of the mixture in which the training draws them, and T is not multiplied, since
/// they share their paths' draws. N is every training of the search, also those that were stopped.
package struct SearchLuck: Sendable, Hashable {
  /// Of the winner, over its validation paths.
  package let best: SharpeEstimate
  /// All that were tried.
  package let trials: SharpeTrials

  /// How sure the paths are that the winner's ratio is above 0, were it the only one that was tried.
  package var probabilistic: Double { best.probability(above: 0) }
  /// The same above what the best of so many is to be expected to show by luck.
  package var deflated: Double { trials.deflated(best) }

  /// Under it a find is told to be one that luck may have made.
  package static let sure = 0.95

  /// What it says, in words.
  package var verdict: String {
    let hurdle = JSONWriter.number(trials.expectedBest.rounded(toDigits: 3))
    let ratio = JSONWriter.number(best.ratio.rounded(toDigits: 3))
    guard deflated < Self.sure else {
      return
        "The Sharpe ratio \(ratio) of a path is surely above \(hurdle), which the best of \(trials.count) trainings "
        + "that are worth nothing would be expected to show by luck."
    }
    return
      "By the deflated Sharpe ratio this find may be luck: the best of \(trials.count) trainings that are worth nothing "
      + "would be expected to show \(hurdle) a path, and the ratio \(ratio) is not surely above it. The test, which no "
      + "choice has touched, says what the policy makes of this market."
  }

  /// As `tuning.json` has it.
  package var json: JSONValue {
    [
      "period": "path", "periods": .integer(best.count), "sharpe": .number(best.ratio),
      "skewness": .number(best.skewness), "kurtosis": .number(best.kurtosis),
      "standardError": .number(best.standardError), "probabilistic": .number(probabilistic),
      "trials": .integer(trials.count), "deviationOfTrials": .number(trials.deviation),
      "expectedMaximum": .number(SharpeTrials.expectedMaximum(of: trials.count)),
      "expectedBest": .number(trials.expectedBest), "deflated": .number(deflated),
    ]
  }
}
