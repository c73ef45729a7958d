import Lanes

/// Heston's model over one length of time for eight paths: Andersen's quadratic-exponential scheme with its martingale
/// correction, QE-M.
///
/// dX = (μ − ½m²v)dt + m√v dε, dv = κ(θ − v)dt + ξ√v dW, dε·dW = ρdt, with the events' volatility multiplier m. The variance v′
/// at the end has the mean and variance of its exact law: where s²/m̄² ≤ 1.5 it is a(b + Z)², else 0 with some probability and
/// exponential above it. The move's constant K₀* makes E[e^{X′ − X − μdt} | v] exactly 1 at every length and every m.
///
/// Both branches are driven by one normal: the exponential one by U = Φ(Z). So each keeps its law, takes the same draws, and a
/// high W is a high v′ in either; Andersen draws U apart, and nothing of a correlation with W is left where it is used. The
/// integral of v is taken as dt(v + v′)/2, and given v and v′ the price's own part as normal.
/// Sources: L. Andersen (2008), Journal of Computational Finance 11(3), sections 3.2.4, 4.2 and 4.3.2, with γ₁ = γ₂ = ½; for m
/// the same integrals with ε scaled.
struct QuadraticExponential {
  /// e^{−κdt}, θ(1 − e^{−κdt}).
  private let kept, gained: Lanes
  /// What v adds to the variance of v′ for each unit, and what θ adds.
  private let spread, ownSpread: Lanes
  /// ρ/ξ, κρ/ξ, 1 − ρ².
  private let ratio, pull, rest: Lanes
  /// −ρκθdt/ξ: K₀ without the correction.
  private let plain: Lanes
  private let years: Double

  /// Up to here v′ is quadratic in a normal: ψ_c.
  private static let quadraticUpTo = 1.5

  /// What a step leads to.
  struct Step {
    /// X′ − X less μdt.
    var move: Lanes
    /// v′.
    var variance: Lanes
    /// m²·dt(v + v′)/2: the quadratic variation of the log price over the step. It is the variance of the Brownian bridge on
    /// which the price runs between its ends, whose rate is taken as constant; the part that v and v′ explain is in it, since
    /// they say where the price ends and not how it gets there.
    var variation: Lanes
  }

  /// A step of so many years.
  ///
  /// - Parameters:
  ///   - mean: θ, 1/year; at least 0.
  ///   - reversion: κ, 1/year; above 0.
  ///   - volatility: ξ, 1/year; above 0.
  ///   - correlation: ρ, in −1…1.
  init(mean theta: Lanes, reversion kappa: Lanes, volatility xi: Lanes, correlation rho: Lanes, years: Double) {
    let lost = .zero - expm1(.zero - kappa * years)
    kept = 1 - lost
    gained = theta * lost
    let square = xi * xi / kappa
    spread = square * kept * lost
    ownSpread = 0.5 * square * theta * lost * lost
    ratio = rho / xi
    pull = kappa * ratio
    rest = max(1 - rho * rho, .zero)
    plain = .zero - pull * theta * years
    self.years = years
  }

  /// One step from v.
  ///
  /// - Parameters:
  ///   - shock: the normal of W.
  ///   - own: the price's normal that is independent of it.
  ///   - multiplier: m.
  @inline(__always)
  func step(from v: Lanes, shock: Lanes, own: Lanes, multiplier m: Lanes) -> Step {
    let mean = fma(v, kept, gained)
    let deviation = fma(v, spread, ownSpread)
    let psi = deviation / (mean * mean)
    let half = 0.5 * years
    let square = m * m
    let lever = m * ratio
    let slope = fma(m, pull, -0.5 * square) * half
    let (k1, k2, k3) = (slope - lever, slope + lever, half * square * rest)
    let a = fma(k3, 0.5, k2)
    let constant = fma(k3, 0.5, k1) * v

    let isQuadratic = psi .<= Self.quadraticUpTo
    // Where the other branch is taken the numbers of this one are only to be numbers.
    let inverse = 2 / min(psi, Lanes(2))
    let b2 = inverse - 1 + sqrt(inverse) * sqrt(inverse - 1)
    let scale = mean / (1 + b2)
    let root = sqrt(b2) + shock
    var end = scale * root * root
    let left = 1 - 2 * a * scale
    var exists = left .> 0
    let safe = select(exists, left, .one)
    var k0 = 0.5 * log(safe) - a * b2 * scale / safe
    if !isQuadratic.isAll {
      let bounded = max(psi, Lanes(1))
      let share = 2 / (bounded + 1)
      let rate = share / mean
      // log((1 − p)/(1 − U)) with 1 − U = Φ(−Z).
      let exponent = log(share) + 0.5 * minusTwoLogNormalProbability(.zero - shock)
      end = select(isQuadratic, end, max(exponent, .zero) / rate)
      let distance = rate - a
      let hasMean = distance .> 0
      let mgf = log1p(share * a / select(hasMean, distance, .one))
      exists = (isQuadratic & exists) | (hasMean & !isQuadratic)
      k0 = select(isQuadratic, k0, .zero - mgf)
    }
    k0 = select(exists, k0 - constant, plain * m)
    let sum = v + end
    let move = fma(k1, v, fma(k2, end, k0)) + sqrt(k3 * sum) * own
    return Step(move: move, variance: end, variation: half * square * sum)
  }
}
