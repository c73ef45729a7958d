import Lanes

/// The α-stable law with scale 1 and Nolan's location (his parametrisation 0, which moves continuously with α): its variables by
/// Chambers, Mallows and Stuck, its tails by quadrature of the same formula.
///
/// X is GSL's `gsl_ran_levy_skew` with c = 1, whose characteristic function is exp(−|t|^α(1 − iβ sgn t tan(πα/2))) for α ≠ 1 and
/// exp(−|t|(1 + iβ(2/π) sgn t ln|t|)) for α = 1, less β·tan(πα/2) for α ≠ 1. At α = 2 it is normal with variance 2.
/// Sources: J. M. Chambers, C. L. Mallows & B. W. Stuck (1976), JASA 71(354); R. Weron (1996), Statistics & Probability Letters
/// 28(2), equations 3.2 and 3.4 to 3.9; J. P. Nolan (2020), *Univariate Stable Distributions*, definition 1.4 and section 3.3.
package struct StableLaw: Sendable, Hashable {
  /// The index α of stability, in (0, 2].
  package let alpha: Double
  /// The skewness β, in −1…1.
  package let beta: Double
  /// −β·tan(πα/2): what GSL's variables lack; 0 at α = 1.
  package let shift: Double
  /// B = arctan(β tan(πα/2))/α, in turns, and log S, S = (1 + β² tan²(πα/2))^(1/2α).
  let turn: Double
  private let logScale: Double

  /// Nearer to 1 than this α is 1: both formulas lose the same digits there.
  private static let nearlyOne = 1e-6
  static let halfPi = 1.5707963267948966

  /// The law with an index in (0, 2] and a skewness in −1…1.
  package init(alpha: Double, beta: Double = 0) {
    precondition(alpha > 0 && alpha <= 2 && abs(beta) <= 1, "Invariant: a stable law has α in (0, 2] and β in −1…1")
    let isOne = abs(alpha - 1) < Self.nearlyOne
    self.alpha = isOne ? 1 : alpha
    self.beta = beta
    // tan(πα/2) by the angle's distance from its pole or its zero.
    let (sine, cosine) = sinCosTurns(Lanes(alpha / 4))
    let tangent = isOne || alpha == 2 ? 0 : sine[0] / cosine[0]
    shift = -beta * tangent
    turn = Self.arctangent(beta * tangent) / alpha / (4 * Self.halfPi)
    logScale = log1p(Lanes(beta * beta * tangent * tangent))[0] / (2 * alpha)
  }

  /// The arctangent, by Newton's method on the tangent: once for each law.
  static func arctangent(_ x: Double) -> Double {
    guard abs(x) <= 1 else { return (x > 0 ? halfPi : -halfPi) - arctangent(1 / x) }
    var angle = x / (1 + 0.28 * x * x)
    for _ in 0..<6 {
      let (sine, cosine) = sinCosTurns(Lanes(angle / (4 * halfPi)))
      angle -= (sine[0] - x * cosine[0]) * cosine[0]
    }
    return angle
  }

  /// X of a uniform p and an exponential W.
  ///
  /// - Parameters:
  ///   - p: of the angle θ = π(p − ½), in (0, 1).
  ///   - rest: 1 − p, to all its digits.
  ///   - w: W, above 0.
  @inline(__always)
  package func variable(_ p: Lanes, rest: Lanes, _ w: Lanes) -> Lanes {
    alpha == 1 ? cauchy(p, rest: rest, log(w)) : zolotarev(p, rest: rest).value(log(w), self) + shift
  }

  /// log|A| and the sign of A in X = A·W^((α − 1)/α), α ≠ 1.
  struct Amplitude {
    let logarithm, sine: Lanes

    @inline(__always)
    func value(_ logW: Lanes, _ law: StableLaw) -> Lanes {
      copySign(of: sine, to: exp(fma(logW, (law.alpha - 1) / law.alpha, logarithm)))
    }
  }

  @inline(__always)
  private func zolotarev(_ p: Lanes, rest: Lanes) -> Amplitude {
    let theta = (p - 0.5) * 0.5
    let inner = (theta + turn) * alpha
    return amplitude(cosine: sinCosTurns(min(p, rest) * 0.5).sin, inner: inner, difference: theta - inner)
  }

  /// A(θ) = S·sin(α(θ + B))·cos(θ)^(−1/α)·cos(θ − α(θ + B))^((1 − α)/α), α ≠ 1.
  ///
  /// - Parameters:
  ///   - cosine: cos θ.
  ///   - inner: α(θ + B), turns.
  ///   - difference: θ − α(θ + B), turns.
  @inline(__always)
  func amplitude(cosine: Lanes, inner: Lanes, difference: Lanes) -> Amplitude {
    let sine = sinCosTurns(inner).sin
    // At the end of a thin tail both come to nothing but rounding.
    let other = max(sinCosTurns(difference).cos, Lanes(1e-18))
    let logarithm =
      log(max(abs(sine), Lanes(1e-300))) + logScale - (log(cosine) + (alpha - 1) * log(other)) * (1 / alpha)
    return Amplitude(logarithm: logarithm, sine: sine)
  }

  /// (2/π)((π/2 + βθ)tan θ − β ln((π/2)W cos θ/(π/2 + βθ))).
  @inline(__always)
  private func cauchy(_ p: Lanes, rest: Lanes, _ logW: Lanes) -> Lanes {
    let (product, logarithm) = cauchyParts(p, rest: rest)
    return product - (beta / Self.halfPi) * (logarithm + logW)
  }

  /// (1 + 2βθ/π)tan θ, and ln(cos θ/(1 + 2βθ/π)).
  @inline(__always)
  func cauchyParts(_ p: Lanes, rest: Lanes) -> (product: Lanes, logarithm: Lanes) {
    let cosine = sinCosTurns(min(p, rest) * 0.5).sin
    let tangent = sinCosTurns((p - 0.5) * 0.5).sin / cosine
    let lever = max(fma(p - rest, beta, Lanes.one), Lanes(1e-18))
    return (lever * tangent, log(cosine) - log(lever))
  }
}
