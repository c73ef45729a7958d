import Documents
import Lanes
import Randomness

/// Kou's jump-diffusion: geometric Brownian motion whose log price also jumps at the times of a Poisson process, up with
/// probability p by an exponential size, else down by another one; sampled exactly.
///
/// What it shares with Merton's, total volatility and compensation among them, stands at `JumpDiffusion`. Beside it jumps have
/// a sharper peak at small sizes and heavier tails, and rises and falls have sizes of their own.
/// Source: S. G. Kou (2002), Management Science 48(8), equations 1 to 3, with mean sizes 1/η₁ and 1/η₂.
package struct KouJumpDiffusion: JumpDiffusion {
  /// Drift μ of the price, 1/year.
  package let annualDrift: Draw
  /// Total volatility σ of the log price, close to close, 1/√year.
  package let annualVolatility: Draw
  /// Mean number λ of jumps, 1/year.
  package let jumpsPerYear: Draw
  /// Probability p that a jump goes up, in 0…1.
  package let upProbability: Draw
  /// Mean size 1/η₁ of a jump up in log price, in 0 ..< ½.
  package let meanUpJump: Draw
  /// Mean size 1/η₂ of a jump down in log price, as a positive number.
  package let meanDownJump: Draw

  /// States the model; throws when the jumps alone can have more variance than the total.
  package init(
    annualDrift: Draw = .fixed(0), annualVolatility: Draw, jumpsPerYear: Draw, upProbability: Draw, meanUpJump: Draw,
    meanDownJump: Draw
  ) throws(FormViolation) {
    self.annualDrift = annualDrift
    self.annualVolatility = annualVolatility
    self.jumpsPerYear = jumpsPerYear
    self.upProbability = upProbability
    self.meanUpJump = meanUpJump
    self.meanDownJump = meanDownJump
    let square = Self.largest(upProbability.lowerBound...upProbability.upperBound) { p in
      2
        * (p * meanUpJump.upperBound * meanUpJump.upperBound + (1 - p) * meanDownJump.upperBound
          * meanDownJump.upperBound)
    }
    if let violation = JumpShare.violation(of: annualVolatility, rate: jumpsPerYear, square: square) {
      throw violation.under(Self.field(\.annualVolatility))
    }
  }

  /// The larger value at the two ends, which for what is linear in p is the largest.
  private static func largest(_ range: ClosedRange<Double>, _ value: (Double) -> Double) -> Double {
    max(value(range.lowerBound), value(range.upperBound))
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField(
      \.annualDrift, "annualDrift", .draw(.perYear, in: .between(-10, 10)), default: .fixed(0), "drift of the price"),
    ModelField(
      \.annualVolatility, "annualVolatility", .draw(.perSquareRootYear, in: .above(0, atMost: 20)),
      "total volatility of the log price, close to close, jumps included"),
    ModelField(\.jumpsPerYear, "jumpsPerYear", .draw(.perYear, in: .between(0, 100_000)), "mean number of jumps"),
    ModelField(
      \.upProbability, "upProbability", .draw(.fraction, in: .between(0, 1)), "probability that a jump goes up"),
    ModelField(
      \.meanUpJump, "meanUpJump", .draw(.logReturn, in: .atLeast(0, below: 0.5)),
      "mean size of a jump up in log price; from 0.5 on the price has no variance"),
    ModelField(
      \.meanDownJump, "meanDownJump", .draw(.logReturn, in: .between(0, 1)),
      "mean size of a jump down in log price, as a positive number"),
    make: { (drift, volatility, rate, probability, up, down) throws(FormViolation) in
      try KouJumpDiffusion(
        annualDrift: drift, annualVolatility: volatility, jumpsPerYear: rate, upProbability: probability,
        meanUpJump: up, meanDownJump: down)
    })

  package var limits: [String] { [Limit.constantVolatility] }

  /// E[e^J − 1 − J] = p·u²/(1 − u) + (1 − p)·d²/(1 + d).
  package func reach(horizonYears: Double, warmupYears: Double) -> PriceReach {
    let (u, d) = (meanUpJump.plausible.upperBound, meanDownJump.plausible.upperBound)
    let excess = Self.largest(upProbability.plausible) { $0 * u * u / (1 - u) + (1 - $0) * d * d / (1 + d) }
    return reach(horizonYears: horizonYears, warmupYears: warmupYears, excess: excess)
  }

  static func terms(
    _ drawn: DrawnParameters<Self>, sizes key: StreamKey
  ) -> JumpDiffusionTerms<DoubleExponentialJumps> {
    JumpDiffusionTerms(
      drift: drawn.annualDrift, volatility: drawn.annualVolatility, rate: drawn.jumpsPerYear,
      sizes: DoubleExponentialJumps(
        upProbability: drawn.upProbability, meanUp: drawn.meanUpJump, meanDown: drawn.meanDownJump, key))
  }
}
