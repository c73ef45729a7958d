import Randomness

/// The binomial law: the number of successes in `trials` independent trials.
package struct BinomialLaw: Sendable, Hashable {
  /// The number of trials, at least 0.
  package let trials: Int
  /// The probability of a success, in 0…1.
  package let probability: Double

  /// The law of the successes in `trials` trials.
  package init(trials: Int, probability: Double) {
    precondition(trials >= 0, "Invariant: a number of trials is not negative")
    precondition(probability >= 0 && probability <= 1, "Invariant: a probability lies in 0...1")
    self.trials = trials
    self.probability = probability
  }

  /// P(K ≤ k) = I₁₋ₚ(n − k, k + 1), for any k.
  package func cumulative(_ k: Int) -> Double {
    guard k >= 0 else { return 0 }
    guard k < trials else { return 1 }
    return BetaLaw(a: Double(trials - k), b: Double(k) + 1).cumulative(1 - probability)
  }

  /// The smallest k with P(K ≤ k) ≥ `level`, for a level in 0…1.
  package func quantile(_ level: Double) -> Int {
    precondition(level >= 0 && level <= 1, "Invariant: a probability lies in 0...1")
    var below = -1
    var reached = trials
    while reached - below > 1 {
      let middle = below + (reached - below) / 2
      if cumulative(middle) >= level { reached = middle } else { below = middle }
    }
    return reached
  }
}
