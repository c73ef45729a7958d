import Randomness

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

  /// The share with Wilson's score interval, the default of every report; all unknown if there were no trials.
  ///
  /// (p̂ + z²/2n ± z√(p̂q̂/n + z²/4n²)) / (1 + z²/n). Its coverage is near the nominal one on average and can lie a
  /// little under it; for a claim that must hold, use ``clopperPearson(confidence:)``.
  /// Source: Wilson (1927), J. American Statistical Association 22; Brown, Cai & DasGupta (2001), Statistical Science
  /// 16(2).
  package func wilson(confidence: Double = Estimate.defaultConfidence) -> Estimate {
    guard trials > 0 else { return .unknown(n: 0, confidence: confidence, method: .wilson) }
    let n = Double(trials)
    let share = Double(successes) / n
    let z = CriticalValue.normal(confidence)
    let centre = share + z * z / (2 * n)
    let spread = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    let scale = 1 + z * z / n
    // At the edges the formula gives 0 and 1 but for rounding.
    let low = successes == 0 ? 0 : max(0, (centre - spread) / scale)
    let high = successes == trials ? 1 : min(1, (centre + spread) / scale)
    return Estimate(
      value: share, low: min(low, share), high: max(high, share), confidence: confidence, n: trials, method: .wilson)
  }

  /// The share with the exact interval by Clopper and Pearson: it covers at least as often as it promises.
  ///
  /// Low is the α/2 quantile of Beta(x, n − x + 1), and 0 at x = 0; high is the 1 − α/2 quantile of Beta(x + 1, n − x),
  /// and 1 at x = n. All unknown if there were no trials.
  /// Source: Clopper & Pearson (1934), Biometrika 26(4).
  package func clopperPearson(confidence: Double = Estimate.defaultConfidence) -> Estimate {
    guard trials > 0 else { return .unknown(n: 0, confidence: confidence, method: .clopperPearson) }
    let x = Double(successes)
    let rest = Double(trials - successes)
    let tail = (1 - confidence) / 2
    // The upper bound comes from the law of the failures, so that both bounds are lower tails.
    let low = successes == 0 ? 0 : BetaLaw(a: x, b: rest + 1).quantile(tail)
    let high = successes == trials ? 1 : 1 - BetaLaw(a: rest, b: x + 1).quantile(tail)
    let share = x / Double(trials)
    return Estimate(
      value: share, low: min(low, share), high: max(high, share), confidence: confidence, n: trials,
      method: .clopperPearson)
  }
}
