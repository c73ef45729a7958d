import Glibc
import Randomness

/// Heston's model by Andersen's scheme QE-M, with Bates' jumps where it has some.
///
/// Source: L. Andersen (2008), Journal of Computational Finance 11(3), equations 23 to 33 and propositions 6 and 7, with the
/// price's own noise scaled by the events' multiplier m.
struct ReferenceHeston: ReferenceProcess {
  /// μ, θ, κ, ξ and ρ.
  let drift, mean, reversion, volatility, correlation: Double
  /// v at the start, 1/year; nil for the stationary law.
  let start: Double?
  var jumps: (rate: Double, law: ReferenceJumpLaw)?
  private var variance = 0.0
  /// E[v] now.
  private var expected = 0.0

  init(
    drift: Double, mean: Double, reversion: Double, volatility: Double, correlation: Double, start: Double?,
    jumps: (rate: Double, law: ReferenceJumpLaw)? = nil
  ) {
    self.drift = drift
    self.mean = mean
    self.reversion = reversion
    self.volatility = volatility
    self.correlation = correlation
    self.start = start
    self.jumps = jumps
  }

  /// From Gamma(2κθ/ξ², ξ²/2κ).
  mutating func begin(_ generator: GSLGenerator) {
    let scale = volatility * volatility / (2 * reversion)
    variance = start ?? (mean > 0 ? generator.gamma(shape: mean / scale, scale: scale) : 0)
    expected = start ?? mean
  }

  var unexpectedVariance: Double { expected > 0 ? variance / expected : 1 }

  mutating func step(
    _ time: VarianceTime, _ normals: ReferenceNormals, _ stress: ReferenceStress, _ generator: GSLGenerator
  ) -> ReferenceMove {
    var move = ReferenceMove()
    if time.gapYears > 0 {
      move.gap = pass(time.gapYears, normals.overnight, normals.varianceOvernight, stress.gap).move
    }
    if let jumps { move.gap += ReferenceJumpDiffusion.jumps(jumps.rate, jumps.law, time, generator) }
    let day = pass(time.intradayYears, normals.diffusion, normals.varianceDiffusion, stress.intraday)
    (move.move, move.deviation) = (day.move, day.variation.squareRoot())
    return move
  }

  /// Leads variance and log price over years.
  ///
  /// - Parameters:
  ///   - epsilon: the price's normal.
  ///   - eta: the variance's own.
  ///   - m: the multiplier.
  private mutating func pass(_ years: Double, _ epsilon: Double, _ eta: Double, _ m: Double) -> (
    move: Double, variation: Double
  ) {
    let v = variance
    let (theta, kappa, xi) = (mean, reversion, volatility)
    let kept = exp(-kappa * years)
    // The most that a step bears: `QuadraticExponential.bearableCorrelation`.
    let rho = min(correlation, 0.5 * kappa / (m * xi * (1 - kept) * (1 + kappa * years / 2)))
    let rest = max(1 - rho * rho, 0).squareRoot()
    let (shock, own) = (rho * epsilon + rest * eta, rest * epsilon - rho * eta)
    let average = theta + (v - theta) * kept
    expected = theta + (expected - theta) * kept
    let spread = v * xi * xi * kept * (1 - kept) / kappa + theta * xi * xi * (1 - kept) * (1 - kept) / (2 * kappa)
    let psi = spread / (average * average)
    // K₁ to K₄ with γ₁ = γ₂ = ½.
    let slope = years / 2 * (m * kappa * rho / xi - m * m / 2)
    let (k1, k2) = (slope - m * rho / xi, slope + m * rho / xi)
    let k3 = years / 2 * m * m * rest * rest
    let a = k2 + k3 / 2
    // log E[e^{A·v′}].
    let transform: Double
    if psi <= 1.5 {
      let b2 = 2 / psi - 1 + (2 / psi * (2 / psi - 1)).squareRoot()
      let scale = average / (1 + b2)
      let root = b2.squareRoot() + shock
      variance = scale * root * root
      let left = 1 - 2 * a * scale
      transform = a * b2 * scale / left - log(left) / 2
    } else {
      let p = (psi - 1) / (psi + 1)
      let beta = (1 - p) / average
      let above = GSLLaw.normalAbove(shock)
      variance = above < 1 - p ? log((1 - p) / above) / beta : 0
      transform = log(p + beta * (1 - p) / (beta - a))
    }
    let constant = -transform - (k1 + k3 / 2) * v
    let sum = v + variance
    let move = drift * years + constant + k1 * v + k2 * variance + (k3 * sum).squareRoot() * own
    return (move, m * m * years * sum / 2)
  }
}

extension Heston: ReferenceDrawn {
  func makeReference(_ site: ReferenceSite) -> any ReferenceSource {
    ReferenceParameters(self, site) { drawn, group, lane in
      let (total, start) = (drawn.annualVolatility[group][lane], drawn.startVolatility?[group][lane])
      return ReferenceHeston(
        drift: drawn.annualDrift[group][lane], mean: total * total, reversion: drawn.reversion[group][lane],
        volatility: drawn.volatilityOfVariance[group][lane], correlation: drawn.correlation[group][lane],
        start: start.map { $0 * $0 })
    }
  }
}

extension Bates: ReferenceDrawn {
  func makeReference(_ site: ReferenceSite) -> any ReferenceSource {
    ReferenceParameters(self, site) { drawn, group, lane in
      let (total, start) = (drawn.annualVolatility[group][lane], drawn.startVolatility?[group][lane])
      let rate = drawn.jumpsPerYear[group][lane]
      let law = ReferenceJumpLaw.normal(mean: drawn.meanJump[group][lane], deviation: drawn.jumpVolatility[group][lane])
      return ReferenceHeston(
        drift: drawn.annualDrift[group][lane], mean: max(total * total - rate * law.meanSquare, 0),
        reversion: drawn.reversion[group][lane], volatility: drawn.volatilityOfVariance[group][lane],
        correlation: drawn.correlation[group][lane], start: start.map { $0 * $0 }, jumps: (rate, law))
    }
  }
}
