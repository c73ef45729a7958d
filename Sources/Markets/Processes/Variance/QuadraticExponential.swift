import Lanes

/// Heston's model over one length of time for eight paths: Andersen's quadratic-exponential scheme with its martingale
/// correction, QE-M.
///
/// dX = (μ − ½m²v)dt + m√v dε, dv = κ(θ − v)dt + ξ√v dW, dε·dW = ρdt, with the events' volatility multiplier m. The variance v′
/// at the end has the mean and variance of its exact law: where s²/m̄² ≤ 1.5 it is a(b + Z)², else 0 with some probability and
/// exponential above it. The move's constant K₀* makes E[e^{X′ − X − μdt} | v] exactly 1 at every length and every m.
///
/// That constant exists where e^{Av′} has a mean, A = K₂ + ½K₄. For ρ ≤ 0 A is not above 0 and it always does. For ρ > 0 the
/// scheme's v′ has exponential tails, which a step that is long enough makes heavier than any constant can mend: there the step
/// takes the largest ρ that it bears, `bearableCorrelation` over m, in the price and in the normal that drives the variance alike.
/// So the mean price holds on every step, and what is lost is a part of the correlation, which `Heston.limits(on:)` tells.
/// Andersen leaves the constant uncorrected there, and the mean with it.
///
/// Both branches are driven by one normal: the exponential one by U = Φ(Z). So each keeps its law, takes the same draws, and a
/// high W is a high v′ in either; Andersen draws U apart, and nothing of a correlation with W is left where it is used. The
/// integral of v is taken as dt(v + v′)/2, and given v and v′ the price's own part as normal.
/// Sources: L. Andersen (2008), Journal of Computational Finance 11(3), sections 3.2.4, 4.2 and 4.3.2, with γ₁ = γ₂ = ½; for m
/// the same integrals with ε scaled.
package struct QuadraticExponential {
  /// e^{−κdt}, θ(1 − e^{−κdt}).
  private let kept, gained: Lanes
  /// What v adds to the variance of v′ for each unit, and what θ adds.
  private let spread, ownSpread: Lanes
  private let leverage: Leverage
  /// The largest ρ that a step bears where nothing multiplies the volatility.
  private let bearable: Lanes
  /// κ and ξ.
  private let reversion, volatility: Lanes
  private let years: Double

  /// Up to here v′ is quadratic in a normal: ψ_c.
  private static let quadraticUpTo = 1.5

  /// What a step leads to.
  package struct Step {
    /// X′ − X less μdt.
    package var move: Lanes
    /// v′.
    package var variance: Lanes
    /// m²·dt(v + v′)/2: the quadratic variation of the log price over the step. It is the variance of the Brownian bridge on
    /// which the price runs between its ends, whose rate is taken as constant; the part that v and v′ explain is in it, since
    /// they say where the price ends and not how it gets there.
    package var variation: Lanes
  }

  /// What follows from ρ.
  private struct Leverage {
    /// ρ, √(1 − ρ²), ρ/ξ, κρ/ξ, 1 − ρ².
    let correlation, crossed, ratio, pull, rest: Lanes

    init(_ rho: Lanes, reversion kappa: Lanes, volatility xi: Lanes) {
      correlation = rho
      ratio = rho / xi
      pull = kappa * ratio
      rest = max(1 - rho * rho, .zero)
      crossed = sqrt(rest)
    }
  }

  /// The largest ρ at which a step of so many years has a mean price, with room to spare: ½κ/(ξ(1 − e^{−κdt})(1 + ½κdt)), and
  /// over m where events multiply the volatility by m.
  ///
  /// For ρ ≥ 0 A ≤ (mρ/ξ)(1 + ½κdt). The mean of e^{Av′} exists for A < 1/2a on the quadratic branch, A < β on the exponential
  /// one. With s²/m̄ ≤ C = ξ²(1 − e^{−κdt})/κ for every v, 2a = (s²/m̄)/(1 + √(1 − ½ψ)) is at most C/1.5 up to ψ = 1.5, and
  /// 1/β = ½(s²/m̄)(1 + 1/ψ) at most C/1.2 beyond. So it exists wherever AC < 1.2; at ½ the correction is still moderate.
  ///
  /// - Parameters:
  ///   - kappa: κ, 1/year; above 0.
  ///   - xi: ξ, 1/year; above 0.
  ///   - years: dt.
  package static func bearableCorrelation(reversion kappa: Lanes, volatility xi: Lanes, years: Double) -> Lanes {
    let lost = .zero - expm1(.zero - kappa * years)
    return 0.5 * kappa / (xi * lost * fma(kappa, 0.5 * years, 1))
  }

  /// A step of so many years.
  ///
  /// - Parameters:
  ///   - mean: θ, 1/year; at least 0.
  ///   - reversion: κ, 1/year; above 0.
  ///   - volatility: ξ, 1/year; above 0.
  ///   - correlation: ρ, in −1…1.
  package init(
    mean theta: Lanes, reversion kappa: Lanes, volatility xi: Lanes, correlation rho: Lanes, years: Double
  ) {
    let lost = .zero - expm1(.zero - kappa * years)
    kept = 1 - lost
    gained = theta * lost
    let square = xi * xi / kappa
    spread = square * kept * lost
    ownSpread = 0.5 * square * theta * lost * lost
    leverage = Leverage(rho, reversion: kappa, volatility: xi)
    self.reversion = kappa
    self.volatility = xi
    bearable = Self.bearableCorrelation(reversion: kappa, volatility: xi, years: years)
    self.years = years
  }

  /// One step from v.
  ///
  /// - Parameters:
  ///   - epsilon: the price's normal ε.
  ///   - eta: the variance's own normal η, independent of it.
  ///   - multiplier: m.
  @inline(__always)
  package func step(from v: Lanes, price epsilon: Lanes, own eta: Lanes, multiplier m: Lanes) -> Step {
    var leverage = leverage
    if (leverage.correlation * m .> bearable).isAny {
      leverage = Leverage(min(leverage.correlation, bearable / m), reversion: reversion, volatility: volatility)
    }
    let shock = fma(leverage.correlation, epsilon, leverage.crossed * eta)
    let own = fma(leverage.crossed, epsilon, .zero - leverage.correlation * eta)

    let mean = fma(v, kept, gained)
    let deviation = fma(v, spread, ownSpread)
    let psi = deviation / (mean * mean)
    let half = 0.5 * years
    let square = m * m
    let lever = m * leverage.ratio
    let slope = fma(m, leverage.pull, -0.5 * square) * half
    let (k1, k2, k3) = (slope - lever, slope + lever, half * square * leverage.rest)
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
    let safe = select(left .> 0, left, .one)
    var k0 = 0.5 * log(safe) - a * b2 * scale / safe
    if !isQuadratic.isAll {
      let bounded = max(psi, Lanes(1))
      let share = 2 / (bounded + 1)
      let rate = share / mean
      // log((1 − p)/(1 − U)) with 1 − U = Φ(−Z).
      let exponent = log(share) + 0.5 * minusTwoLogNormalProbability(.zero - shock)
      end = select(isQuadratic, end, max(exponent, .zero) / rate)
      let distance = rate - a
      let mgf = log1p(share * a / select(distance .> 0, distance, .one))
      k0 = select(isQuadratic, k0, .zero - mgf)
    }
    let sum = v + end
    let move = fma(k1, v, fma(k2, end, k0 - constant)) + sqrt(k3 * sum) * own
    return Step(move: move, variance: end, variation: half * square * sum)
  }
}
