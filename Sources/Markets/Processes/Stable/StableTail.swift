import Lanes

/// P(X > x) of a stable law, by quadrature over the angle of Chambers, Mallows and Stuck's formula: given the angle, X goes beyond
/// x where its exponential variable is above some number w, or below it.
///
/// w falls or rises with the angle all the way, from 0 or ∞, and the steeper the nearer α is to 1 and the further out x: the
/// quadrature is split where w = 1, and its nodes crowd there and at both ends. It is right to 10⁻⁸ of the tail (`StableTests`).
/// Source: J. P. Nolan (2020), *Univariate Stable Distributions*, theorem 3.3, with the integral over the angle as it stands.
package struct StableTail: Sendable {
  private let law: StableLaw
  private let mirror: StableLaw

  /// The upper tail of a law.
  package init(_ law: StableLaw) {
    self.law = law
    mirror = StableLaw(alpha: law.alpha, beta: -law.beta)
  }

  /// P(X > x).
  package func above(_ x: Double) -> Double {
    if law.alpha == 1 {
      guard law.beta != 0 else { return Self.cauchy(x) }
      return law.beta > 0 ? Self.aboveAtOne(law, x) : 1 - Self.aboveAtOne(mirror, -x)
    }
    let y = x - law.shift
    return y >= 0 ? Self.above(law, y) : 1 - Self.above(mirror, -y)
  }

  /// P(X₁ > y) for GSL's X₁ and y ≥ 0, α ≠ 1: the angles are those above −B.
  private static func above(_ law: StableLaw, _ y: Double) -> Double {
    let length = 0.25 + law.turn
    guard length > 1e-15 else { return 0 }
    let power = law.alpha / (law.alpha - 1)
    let logY = log(Lanes(max(y, 1e-300)))
    let logW = { (low: Lanes, high: Lanes) -> Lanes in
      let amplitude = law.amplitude(
        cosine: sinCosTurns(high * length).sin, inner: low * (length * law.alpha),
        difference: low * (length * (1 - law.alpha)) - law.turn)
      return (logY - amplitude.logarithm) * power
    }
    return 2 * length * integral(logW, isRising: power < 0)
  }

  /// P(X > x) at α = 1 and β > 0.
  private static func aboveAtOne(_ law: StableLaw, _ x: Double) -> Double {
    let logW = { (low: Lanes, high: Lanes) -> Lanes in
      let (product, logarithm) = law.cauchyParts(low, rest: high)
      return (product - x) * (StableLaw.halfPi / law.beta) - logarithm
    }
    return integral(logW, isRising: true)
  }

  /// ∫P(W < w) over 0…1 where w rises with the place, ∫P(W > w) where it falls.
  private static func integral(_ logW: (Lanes, Lanes) -> Lanes, isRising: Bool) -> Double {
    func share(_ low: Lanes, _ high: Lanes) -> Lanes {
      let w = exp(min(max(logW(low, high), Lanes(-700)), Lanes(700)))
      return isRising ? .zero - expm1(.zero - w) : exp(.zero - w)
    }
    let (low, high) = place(logW, isRising: isRising)
    let first = DoubleExponential.integral { share($0 * low, fma($1, low, Lanes(high))) }
    let second = DoubleExponential.integral { share(fma($0, high, Lanes(low)), $1 * high) }
    return low * first + high * second
  }

  /// Where w = 1, as the distances from 0 and from 1: eight places at a time, on the quadrature's own scale.
  private static func place(_ logW: (Lanes, Lanes) -> Lanes, isRising: Bool) -> (Double, Double) {
    var (left, right) = (-DoubleExponential.furthest, DoubleExponential.furthest)
    for _ in 0..<14 {
      let width = (right - left) / 9
      let node = DoubleExponential.node(Lanes { left + width * Double($0 + 1) })
      let isBefore = isRising ? logW(node.low, node.high) .< 0 : logW(node.low, node.high) .> 0
      let count = (0..<Lanes.count).reduce(0) { $0 + (isBefore[$1] ? 1 : 0) }
      (left, right) = (left + width * Double(count), left + width * Double(count + 1))
    }
    let node = DoubleExponential.node(Lanes(0.5 * (left + right)))
    return (node.low[0], node.high[0])
  }

  /// ½ − arctan(x)/π, also far out.
  private static func cauchy(_ x: Double) -> Double {
    let angle = StableLaw.arctangent(1 / max(abs(x), 1e-300)) / (2 * StableLaw.halfPi)
    return x > 0 ? angle : 1 - angle
  }
}
