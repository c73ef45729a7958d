/// A share of a sample: how many of `trials` independent paths had a property.
///
/// Wald's interval (p̂ ± z√(p̂q̂/n)) is deliberately missing: with 200 paths and a probability of 0.99 it covers 0.865
/// where it promises 0.95.
package struct Proportion: Sendable, Hashable, Codable {
  /// How many had the property, in 0…`trials`.
  package let successes: Int
  /// How many there were.
  package let trials: Int

  /// `successes` of `trials`.
  package init(_ successes: Int, of trials: Int) {
    precondition(trials >= 0 && successes >= 0 && successes <= trials, "Invariant: successes lie in 0...trials")
    self.successes = successes
    self.trials = trials
  }

  /// The share as every report gives it: with the exact interval where fewer than ten paths had the property, or fewer
  /// than ten had it not; with Wilson's elsewhere. All unknown if there were no trials.
  ///
  /// Where none had it, or all, nothing was seen of the other kind: the interval reaches from there to Clopper and
  /// Pearson's bound, and what may have been missed is said apart (``Estimate/Evidence-swift.enum/notSeen(atMost:)``).
  package func estimate(confidence: Double = Estimate.defaultConfidence) -> Estimate {
    guard ShareInterval.isFew(Double(successes), of: Double(trials)) else { return wilson(confidence: confidence) }
    let exact = clopperPearson(confidence: confidence)
    return trials > 0 && (successes == 0 || successes == trials) ? exact.asNotSeen() : exact
  }

  /// The share with Wilson's score interval; all unknown if there were no trials.
  ///
  /// Its coverage is near the nominal one on average and can lie a little under it, most where counts are small.
  /// Source: Wilson (1927), J. American Statistical Association 22; Brown, Cai & DasGupta (2001), Statistical Science
  /// 16(2).
  package func wilson(confidence: Double = Estimate.defaultConfidence) -> Estimate {
    estimate(by: .wilson, confidence) { .wilson($0, of: $1, confidence: confidence) }
  }

  /// The share with the exact interval by Clopper and Pearson: it covers at least as often as it promises. All unknown if
  /// there were no trials.
  ///
  /// Source: Clopper & Pearson (1934), Biometrika 26(4).
  package func clopperPearson(confidence: Double = Estimate.defaultConfidence) -> Estimate {
    estimate(by: .clopperPearson, confidence) { .clopperPearson($0, of: $1, confidence: confidence) }
  }

  /// Clopper and Pearson's bounds of a share of paths whose numbers need not be whole, for plans.
  package static func bounds(
    _ successes: Double, of trials: Double, confidence: Double
  ) -> (low: Double, high: Double) {
    let interval = ShareInterval.clopperPearson(successes, of: trials, confidence: confidence)
    return (interval.low, interval.high)
  }

  private func estimate(
    by method: Estimate.Method, _ confidence: Double, _ interval: (Double, Double) -> ShareInterval
  ) -> Estimate {
    guard trials > 0 else { return .unknown(n: 0, confidence: confidence, method: method) }
    let ends = interval(Double(successes), Double(trials))
    return Estimate(
      value: Double(successes) / Double(trials), low: ends.low, high: ends.high, confidence: confidence, n: trials,
      method: method)
  }
}
