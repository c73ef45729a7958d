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
  /// Whether enough of them have a ratio to say how far they lie apart.
  private let isSpreadKnown: Bool

  /// Of the winner, and of the ratios of all trainings, nil for one that has none.
  init(best: SharpeEstimate, ratios: [Double?]) {
    self.best = best
    trials = SharpeTrials(ratios)
    isSpreadKnown = ratios.count == 1 || ratios.count { $0 != nil } > 1
  }

  /// How sure the paths are that the winner's ratio is above 0, were it the only one that was tried.
  package var probabilistic: Double { best.probability(above: 0) }
  /// The same above what the best of so many is to be expected to show by luck; nil where too few of several have a ratio.
  package var deflated: Double? { isSpreadKnown ? trials.deflated(best) : nil }

  /// As many trainings whose ratios differ by the chance of the paths alone: √V = 1/√(T − 1), that of a ratio of 0.
  package var chance: SharpeTrials {
    SharpeTrials(count: trials.count, deviation: 1 / Double(best.count - 1).squareRoot())
  }
  /// The same as the deflated ratio, above what the best of them is to be expected to show.
  package var aboveChance: Double { chance.deflated(best) }

  /// Under it a find is told to be one that luck may have made.
  package static let sure = 0.95

  /// What it says, in words.
  package var verdict: String {
    func number(_ value: Double) -> String { JSONWriter.number(value.rounded(toDigits: 3)) }
    let worthless = "the best of \(trials.count) worthless trainings"
    guard let deflated else {
      let chance =
        "\(number(chance.expectedBest)), which \(worthless) would be expected to show by the chance of the paths alone"
      return "There is no deflated Sharpe ratio, for too few trials have a Sharpe ratio. "
        + (aboveChance >= Self.sure
          ? "\(number(best.ratio)) a path is surely above \(chance)."
          : "It may be luck: \(number(best.ratio)) a path is not surely above \(chance).")
    }
    if deflated >= Self.sure {
      return
        "The Sharpe ratio \(number(best.ratio)) of a path is surely above \(number(trials.expectedBest)), which \(worthless) "
        + "would be expected to show by luck."
    }
    let start =
      "By the deflated Sharpe ratio this find may be luck: \(worthless) would be expected to show "
      + "\(number(trials.expectedBest)) a path, were all that the trials' ratios differ by luck, and "
      + "\(number(best.ratio)) is not surely above it."
    guard aboveChance >= Self.sure else {
      return start
        + " Nor is it surely above \(number(chance.expectedBest)), which the chance of the paths alone would show."
    }
    return start
      + " It is surely above \(number(chance.expectedBest)), which the chance of the paths alone would show: so the "
      + "question is what else the trials differ by."
  }

  /// As `tuning.json` has it.
  package var json: JSONValue {
    [
      "period": "path", "periods": .integer(best.count), "sharpe": .number(best.ratio),
      "skewness": .number(best.skewness), "kurtosis": .number(best.kurtosis),
      "standardError": .number(best.standardError), "probabilistic": .number(probabilistic),
      "trials": .integer(trials.count), "deviationOfTrials": isSpreadKnown ? .number(trials.deviation) : .null,
      "expectedMaximum": .number(SharpeTrials.expectedMaximum(of: trials.count)),
      "expectedBest": isSpreadKnown ? .number(trials.expectedBest) : .null,
      "deflated": deflated.map { .number($0) } ?? .null,
      "expectedBestByChance": .number(chance.expectedBest), "aboveChance": .number(aboveChance),
    ]
  }
}
