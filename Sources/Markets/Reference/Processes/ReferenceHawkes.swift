import Glibc
import Randomness

/// Brownian motion with jumps that set off others, by Ogata's thinning.
///
/// Source: Y. Ogata (1981), IEEE Transactions on Information Theory 27(1).
struct ReferenceHawkes: ReferenceProcess {
  private var diffusion: ReferenceDiffusion
  private let law: ReferenceJumpLaw
  /// Λ, λ₀, α and β, 1/year.
  private let mean, base, jump, decay: Double
  /// λ − λ₀.
  private var excitement = 0.0

  /// - Parameters:
  ///   - volatility: total, jumps at their mean rate included.
  ///   - rate: Λ.
  ///   - branching: n = α/β.
  ///   - decay: β.
  init(drift: Double, volatility: Double, rate: Double, branching: Double, decay: Double, _ law: ReferenceJumpLaw) {
    let rest = max(volatility * volatility - rate * law.meanSquare, 0)
    diffusion = ReferenceDiffusion(drift: drift, volatility: rest.squareRoot())
    self.law = law
    mean = rate
    base = rate * (1 - branching)
    jump = branching * decay
    self.decay = decay
  }

  /// From its mean, over ten relaxation times 1/(β − α), or a thousand mean waiting times where these are shorter.
  mutating func begin(_ generator: GSLGenerator) {
    excitement = mean - base
    guard mean > 0, jump > 0 else { return }
    _ = pass(min(10 / (decay - jump), 1000 / mean), generator)
  }

  mutating func step(
    _ time: VarianceTime, _ normals: ReferenceNormals, _ stress: ReferenceStress, _ generator: GSLGenerator
  ) -> ReferenceMove {
    var move = diffusion.step(time, normals, stress, generator)
    let (count, integral) = pass(time.gapYears + time.intradayYears, generator)
    move.gap += (0..<count).reduce(-integral * law.meanReturn) { sum, _ in sum + law.draw(generator) }
    return move
  }

  /// Lets years pass; how many jumps they have, and ∫λ.
  private mutating func pass(_ years: Double, _ generator: GSLGenerator) -> (count: Int, integral: Double) {
    var (left, count, integral) = (years, 0, 0.0)
    while true {
      let bound = base + excitement
      let wait = bound > 0 ? generator.exponential(mean: 1 / bound) : .infinity
      let span = min(wait, left)
      integral += base * span - excitement * expm1(-decay * span) / decay
      excitement *= exp(-decay * span)
      left -= span
      guard left > 0 else { return (count, integral) }
      guard generator.uniform() * bound <= base + excitement else { continue }
      excitement += jump
      count += 1
    }
  }
}

extension HawkesJumpDiffusion: ReferenceDrawn {
  func makeReference(_ site: ReferenceSite) -> any ReferenceSource {
    let yearsPerSecond = site.process.substepYears / site.process.substepSeconds
    return ReferenceParameters(self, site) { drawn, group, lane in
      ReferenceHawkes(
        drift: drawn.annualDrift[group][lane], volatility: drawn.annualVolatility[group][lane],
        rate: drawn.jumpsPerYear[group][lane], branching: drawn.branchingRatio[group][lane],
        decay: log(2) / (drawn.halfLife[group][lane] * yearsPerSecond),
        .normal(mean: drawn.meanJump[group][lane], deviation: drawn.jumpVolatility[group][lane]))
    }
  }
}
