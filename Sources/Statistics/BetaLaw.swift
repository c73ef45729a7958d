import CGSL
import Glibc

/// The beta law with shapes a, b > 0, exact enough for intervals at any sample size.
///
/// GSL's own functions have holes just where proportions need them: `gsl_cdf_beta_Pinv` never returns at a = 0 or
/// b = 0 and gives NaN at shapes near 10⁷, `gsl_cdf_beta_P` stops its continued fraction after 512 terms and switches
/// to a short expansion for large shapes. So the continued fraction is summed here as far as it needs (about √max(a, b)
/// terms), and the quantile is a Newton iteration that never leaves a bracket.
package struct BetaLaw: Sendable, Hashable {
  /// The first shape, above zero.
  package let a: Double
  /// The second shape, above zero.
  package let b: Double
  private let logBeta: Double

  /// The law with finite shapes above zero.
  package init(a: Double, b: Double) {
    precondition(a > 0 && b > 0 && a.isFinite && b.isFinite, "Invariant: the shapes of a beta law are above zero")
    self.a = a
    self.b = b
    logBeta = gsl_sf_lnbeta(a, b)
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
  ///
  /// Newton's method on the cumulative law, with bisection whenever a step would leave the bracket.
  package func quantile(_ probability: Double) -> Double {
    precondition(probability >= 0 && probability <= 1, "Invariant: a probability lies in 0...1")
    guard probability > 0 else { return 0 }
    guard probability < 1 else { return 1 }
    var lower = 0.0
    var upper = 1.0
    var x = a / (a + b)
    for _ in 0..<400 {
      let excess = cumulative(x) - probability
      if excess == 0 { return x }
      if excess > 0 { upper = x } else { lower = x }
      let density = kernel(x) / (x * (1 - x))
      var next = x - excess / density
      if !(next > lower && next < upper) { next = lower + (upper - lower) / 2 }
      if abs(next - x) <= 2 * x.ulp { return next }
      x = next
    }
    return x
  }

  /// xᵃ(1 − x)ᵇ / B(a, b).
  private func kernel(_ x: Double) -> Double {
    exp(a * log(x) + b * log1p(-x) - logBeta)
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
