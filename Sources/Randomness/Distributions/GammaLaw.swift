import Lanes

/// The gamma law with shape a > 0 and scale 1: the stationary law of a variance that returns to its mean.
///
/// In our own arithmetic, as `BetaLaw` and for its reasons: GSL's quantile is NaN at shapes under 0.2. The cumulative law is a
/// series below the mean and a continued fraction above it; the quantile is found in a bracket.
package struct GammaLaw: Sendable, Hashable {
  /// The shape, above 0.
  package let a: Double
  /// log(Γ(a) / (√(2π) a^(a − ½) e⁻ᵃ)).
  private let logStar: Double

  /// From this shape on the quantile is Wilson and Hilferty's, which is right to 10⁻⁹ there.
  private static let nearlyNormal = 1e6

  /// The law with a finite shape above 0.
  package init(shape a: Double) {
    precondition(a > 0 && a.isFinite, "Invariant: the shape is above 0")
    self.a = a
    logStar = logGammaStar(a)
  }

  /// P(X ≤ x), the regularised incomplete gamma function.
  ///
  /// Source: NIST Digital Library of Mathematical Functions, 8.11.4 below a + 1; beyond it the even part of 8.9.2, by the
  /// modified Lentz method.
  package func cumulative(_ x: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < .infinity else { return 1 }
    return x < a + 1 ? min(1, kernel(x) / a * series(x)) : max(0, 1 - kernel(x) * fraction(x))
  }

  /// The x with P(X ≤ x) = `probability`, which lies in (0, 1); 0 where it is smaller than any number.
  package func quantile(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "Invariant: a probability lies in (0, 1)")
    let root = 1 / (3 * a.squareRoot())
    let z = normalQuantile(Lanes(probability))[0]
    // Source: E. B. Wilson & M. M. Hilferty (1931), PNAS 17(12).
    let cube = z * root + (1 - root * root)
    let normal = a * cube * cube * cube
    if a >= Self.nearlyNormal { return normal }
    // P(X ≤ x) = xᵃ/Γ(a + 1)·(1 − O(x)).
    let low = exp((log(probability) + logGammaOfNext) / a)
    if low < 1e-14 { return low }
    return invert(
      probability, in: 0...(a + 20 * a.squareRoot() + 100), first: cube > 0 && a > 0.3 ? normal : low,
      cumulative: cumulative, density: { kernel($0) / $0 })
  }

  /// log Γ(a + 1).
  private var logGammaOfNext: Double {
    0.918938533204672742 + (a + 0.5) * log(a) - a + logStar
  }

  /// xᵃe⁻ˣ / Γ(a), from its value at x = a and the distance from there.
  private func kernel(_ x: Double) -> Double {
    let distance = (x - a) / a
    let logarithm = abs(distance) < 0.5 ? log1p(distance) : log(x / a)
    return (a / (2 * .pi)).squareRoot() * exp(a * (logarithm - distance) - logStar)
  }

  /// Σ xⁿ / ((a + 1)…(a + n)).
  private func series(_ x: Double) -> Double {
    var (sum, term, divisor) = (1.0, 1.0, a)
    while term > 1e-17 * sum {
      divisor += 1
      term *= x / divisor
      sum += term
    }
    return sum
  }

  /// 1/(x + 1 − a − 1(1 − a)/(x + 3 − a − 2(2 − a)/(x + 5 − a − …))).
  private func fraction(_ x: Double) -> Double {
    let tiny = 1e-300
    func guarded(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var b = x + 1 - a
    var c = 1 / tiny
    var d = 1 / guarded(b)
    var result = d
    for term in 1...1_000_000 {
      let n = Double(term)
      let numerator = -n * (n - a)
      b += 2
      d = 1 / guarded(numerator * d + b)
      c = guarded(b + numerator / c)
      let factor = d * c
      result *= factor
      if abs(factor - 1) < 1e-15 { break }
    }
    return result
  }
}
