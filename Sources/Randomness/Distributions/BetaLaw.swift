import Lanes

/// The beta law with shapes a, b > 0, of any size: what PERT draws from, and what intervals for proportions are made of.
///
/// In our own arithmetic from end to end, so that a draw has the same bits on every machine: GSL's functions stand on the C
/// library's exp, log and pow, which take other instructions, and round otherwise, from processor to processor. (They have
/// holes, too: `gsl_cdf_beta_Pinv` is NaN, far off or never ends at very small and very large shapes, and
/// `gsl_cdf_beta_P` is NaN near 10⁷.) The cumulative law is a continued fraction, summed as far as it needs, about
/// √max(a, b) terms; the quantile is found in a bracket.
package struct BetaLaw: Sendable, Hashable {
  /// The first shape, above 0.
  package let a: Double
  /// The second shape, above 0.
  package let b: Double
  /// The logarithm of xᵃ(1 − x)ᵇ / B(a, b) at the mean x = a/(a + b).
  private let logPeak: Double

  /// The law with finite shapes above 0.
  package init(a: Double, b: Double) {
    precondition(a > 0 && b > 0 && a.isFinite && b.isFinite, "Invariant: the shapes are above 0")
    self.a = a
    self.b = b
    logPeak =
      0.5 * log(a / (a + b) * b / (2 * .pi))
      + (logGammaStar(a + b) - logGammaStar(a) - logGammaStar(b))
  }

  /// P(X ≤ x) = Iₓ(a, b), the regularised incomplete beta function.
  ///
  /// Source: continued fraction 8.17.22 of the NIST Digital Library of Mathematical Functions, by the modified Lentz
  /// method; beyond (a + 1)/(a + b + 2) through Iₓ(a, b) = 1 − I₁₋ₓ(b, a).
  package func cumulative(_ x: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    if x <= (a + 1) / (a + b + 2) {
      return min(1, kernel(x) / a * BetaLaw.fraction(x, a, b))
    }
    return max(0, 1 - kernel(x) / b * BetaLaw.fraction(1 - x, b, a))
  }

  /// The x with P(X ≤ x) = `probability`, which lies in 0…1.
  package func quantile(_ probability: Double) -> Double {
    precondition(probability >= 0 && probability <= 1, "Invariant: a probability lies in 0...1")
    guard probability > 0 else { return 0 }
    guard probability < 1 else { return 1 }
    return invert(
      probability, in: 0...1, first: firstGuess(probability), cumulative: cumulative,
      density: { kernel($0) / ($0 * (1 - $0)) })
  }

  /// Where the normal law with the same mean and variance has its quantile; the mean where that leaves 0…1.
  private func firstGuess(_ probability: Double) -> Double {
    let mean = a / (a + b)
    let deviation = (mean * (b / (a + b)) / (a + b + 1)).squareRoot()
    let guess = mean + deviation * normalQuantile(Lanes(probability))[0]
    return guess > 0 && guess < 1 ? guess : mean
  }

  /// xᵃ(1 − x)ᵇ / B(a, b), from its value at the mean and the distance from there.
  ///
  /// With Stirling's series taken out of the gamma functions nothing of the size of a or b is left to cancel, so that
  /// ten digits stand at shapes of 10⁸, where a log x − log B(a, b) has lost nine.
  /// Source: Loader (2000), Fast and accurate computation of binomial probabilities.
  private func kernel(_ x: Double) -> Double {
    let distance = x - a / (a + b)
    let left = BetaLaw.logRatio(distance * (a + b) / a, x * ((a + b) / a))
    let right = BetaLaw.logRatio(-distance * (a + b) / b, (1 - x) * ((a + b) / b))
    return exp(logPeak + (a * left + b * right))
  }

  /// log(ratio), from ratio − 1 where that is small, since the difference has digits that the ratio has lost.
  private static func logRatio(_ difference: Double, _ ratio: Double) -> Double {
    abs(difference) < 0.5 ? log1p(difference) : log(ratio)
  }

  /// The continued fraction of the incomplete beta function, for x up to the mean or so.
  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    func guarded(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / guarded(1 - (a + b) * x / (a + 1))
    var result = d
    for term in 1...1_000_000 {
      let m = Double(term)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / guarded(1 + even * d)
      c = guarded(1 + even / c)
      result *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / guarded(1 + odd * d)
      c = guarded(1 + odd / c)
      let factor = d * c
      result *= factor
      if abs(factor - 1) < 1e-15 { break }
    }
    return result
  }
}
