import Documents
import Lanes
import Randomness

/// Merton's jump-diffusion: geometric Brownian motion whose log price also jumps, by N(m_J, s_J²) at the times of a
/// Poisson process; sampled exactly.
///
/// `annualVolatility` is the total close-to-close volatility σ, jumps included: the diffusion has
/// σ_d² = σ² − λ(m_J² + s_J²), which must be above 0. The drift is compensated by −λk, k = e^{m_J + s_J²/2} − 1, so
/// that E[S_T] = S₀e^{μT}. Jumps come on the clock of variance, so some of them overnight; each lands at the open of the
/// sub-step in which it falls, and is compensated there: who comes to the market at an open, or leaves it, gains nothing by
/// it. The events' volatility multiplier scales the diffusion (and its own compensator) only.
/// Source: R. C. Merton (1976), Journal of Financial Economics 3.
package struct MertonJumpDiffusion: JumpDiffusion {
  /// Drift μ of the price, 1/year.
  package let annualDrift: Draw
  /// Total volatility σ of the log price, close to close, 1/√year.
  package let annualVolatility: Draw
  /// Mean number λ of jumps, 1/year.
  package let jumpsPerYear: Draw
  /// Mean m_J of a jump in log price.
  package let meanJump: Draw
  /// Standard deviation s_J of a jump in log price.
  package let jumpVolatility: Draw

  /// States the model; throws when the jumps alone can have more variance than the total.
  package init(
    annualDrift: Draw = .fixed(0), annualVolatility: Draw, jumpsPerYear: Draw, meanJump: Draw, jumpVolatility: Draw
  ) throws(FormViolation) {
    self.annualDrift = annualDrift
    self.annualVolatility = annualVolatility
    self.jumpsPerYear = jumpsPerYear
    self.meanJump = meanJump
    self.jumpVolatility = jumpVolatility
    let square = NormalJumps.largestSquare(mean: meanJump, deviation: jumpVolatility)
    if let violation = JumpShare.violation(of: annualVolatility, rate: jumpsPerYear, square: square) {
      throw violation.under(Self.field(\.annualVolatility))
    }
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField(
      \.annualDrift, "annualDrift", .draw(.perYear, in: .between(-10, 10)), default: .fixed(0), "drift of the price"),
    ModelField(
      \.annualVolatility, "annualVolatility", .draw(.perSquareRootYear, in: .above(0, atMost: 20)),
      "total volatility of the log price, close to close, jumps included"),
    ModelField(\.jumpsPerYear, "jumpsPerYear", .draw(.perYear, in: .between(0, 100_000)), "mean number of jumps"),
    ModelField(\.meanJump, "meanJump", .draw(.logReturn, in: .between(-1, 1)), "mean of a jump in log price"),
    ModelField(
      \.jumpVolatility, "jumpVolatility", .draw(.logReturn, in: .between(0, 1)),
      "standard deviation of a jump in log price"),
    make: { (drift, volatility, rate, mean, deviation) throws(FormViolation) in
      try MertonJumpDiffusion(
        annualDrift: drift, annualVolatility: volatility, jumpsPerYear: rate, meanJump: mean, jumpVolatility: deviation)
    })

  package var limits: [String] { [Limit.constantVolatility] }

  /// By λE[e^J − 1 − J] lower than the mean log return of geometric Brownian motion.
  package func reach(horizonYears: Double, warmupYears: Double) -> PriceReach {
    let excess = NormalJumps.largestExcess(mean: meanJump, deviation: jumpVolatility)
    return reach(horizonYears: horizonYears, warmupYears: warmupYears, excess: excess)
  }

  static func terms(_ drawn: DrawnParameters<Self>, sizes key: StreamKey) -> JumpDiffusionTerms<NormalJumps> {
    JumpDiffusionTerms(
      drift: drawn.annualDrift, volatility: drawn.annualVolatility, rate: drawn.jumpsPerYear,
      sizes: NormalJumps(mean: drawn.meanJump, deviation: drawn.jumpVolatility, key))
  }
}
