import CGSL
import Glibc

/// The beta law with shapes a, b > 0, of any size: what PERT draws from, and what intervals for proportions are made of.
///
/// GSL's own functions have holes: `gsl_cdf_beta_Pinv` is NaN, far off or never ends at very small and very large shapes
/// and at the ends of the unit interval, and `gsl_cdf_beta_P` stops its continued fraction after 512 terms, with NaN near
/// 10⁷. So the library is asked where it is right; elsewhere the continued fraction is summed here as far as it needs
/// (about √max(a, b) terms), and the quantile is found in a bracket.
package struct BetaLaw: Sendable, Hashable {
  /// The first shape, above 0.
  package let a: Double
  /// The second shape, above 0.
  package let b: Double

  /// The law with finite shapes above 0.
  package init(a: Double, b: Double) {
    precondition(a > 0 && b > 0 && a.isFinite && b.isFinite, "Invariant: the shapes are above 0")
    GSL.silenceErrors()
    self.a = a
    self.b = b
  }

  /// Whether the library's cumulative law converges, and has not lost digits to shapes of its exponents' size.
  private var isOrdinary: Bool { max(a, b) <= 1000 }
  /// Whether the library's quantile was never seen to fail or to hang.
  private var hasQuantile: Bool { isOrdinary && min(a, b) >= 0.2 }

  /// P(X ≤ x) = Iₓ(a, b), the regularised incomplete beta function.
  ///
  /// Source: continued fraction 8.17.22 of the NIST Digital Library of Mathematical Functions, by the modified Lentz
  /// method; beyond (a + 1)/(a + b + 2) through Iₓ(a, b) = 1 − I₁₋ₓ(b, a).
  package func cumulative(_ x: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    guard !isOrdinary else { return gsl_cdf_beta_P(x, a, b) }
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
      probability, in: 0...1, first: hasQuantile ? gsl_cdf_beta_Pinv(probability, a, b) : a / (a + b),
      cumulative: cumulative, density: { isOrdinary ? gsl_ran_beta_pdf($0, a, b) : kernel($0) / ($0 * (1 - $0)) })
  }

  /// xᵃ(1 − x)ᵇ / B(a, b), from its value at the mean and the distance from there.
  ///
  /// With Stirling's series taken out of the gamma functions nothing of the size of a or b is left to cancel, so that
  /// ten digits stand at shapes of 10⁸, where a log x − log B(a, b) has lost nine.
  /// Source: Loader (2000), Fast and accurate computation of binomial probabilities.
  private func kernel(_ x: Double) -> Double {
    let logPeak =
      0.5 * log(a / (a + b) * b / (2 * .pi))
      + log(gsl_sf_gammastar(a + b) / (gsl_sf_gammastar(a) * gsl_sf_gammastar(b)))
    let distance = x - a / (a + b)
    let logRatio = a * log1p(distance * (a + b) / a) + b * log1p(-distance * (a + b) / b)
    return exp(logPeak + logRatio)
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
