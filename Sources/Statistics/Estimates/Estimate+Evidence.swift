import Glibc

extension Estimate {
  /// What a sample can say of a figure beside its numbers.
  package enum Evidence: Sendable, Hashable {
    /// What stands there: an interval, or an end that the sample does not set.
    case sampled
    /// The value of the sample, from too few paths for an interval that covers as often as it says: it has no bounds.
    case tooFewPaths
    /// No path of the sample had what would move the figure: no ruin, no forced sale, nothing unfilled. So the spread
    /// within the sample says nothing.
    ///
    /// `atMost` is the largest share of all paths that may be such: one-sided, with the estimate's confidence.
    case notSeen(atMost: Double)
  }

  /// The largest share of paths that goes with none among `n` of them: p with (1 − p)ⁿ = 1 − `confidence`, 3/n at 95 %.
  ///
  /// Source: Hanley & Lippman-Hand (1983), JAMA 249(13), the rule of three.
  static func unseenShare(n: Int, confidence: Double) -> Double {
    n > 0 ? -expm1(log(1 - confidence) / Double(n)) : 1
  }

  /// The same figure, where no path of the sample had what would move it.
  func asNotSeen() -> Estimate {
    Estimate(
      value: value, low: low, high: high, confidence: confidence, n: n, method: method,
      evidence: .notSeen(atMost: Estimate.unseenShare(n: n, confidence: confidence)))
  }

  /// The same figure without bounds, for a sample that is too small for them.
  package func asTooFewPaths() -> Estimate {
    Estimate(value: value, low: nil, high: nil, confidence: confidence, n: n, method: method, evidence: .tooFewPaths)
  }
}
