import Glibc
import Randomness

/// The law of a jump in log price.
enum ReferenceJumpLaw {
  /// N(mean, deviation²).
  case normal(mean: Double, deviation: Double)
  /// Up with a probability by an exponential of mean `up`, else down by one of mean `down`.
  case doubleExponential(probability: Double, up: Double, down: Double)

  /// k = E e^J − 1.
  var meanReturn: Double {
    switch self {
    case .normal(let mean, let deviation): expm1(mean + deviation * deviation / 2)
    case .doubleExponential(let p, let up, let down): p / (1 - up) + (1 - p) / (1 + down) - 1
    }
  }

  /// E J².
  var meanSquare: Double {
    switch self {
    case .normal(let mean, let deviation): mean * mean + deviation * deviation
    case .doubleExponential(let p, let up, let down): 2 * p * up * up + 2 * (1 - p) * down * down
    }
  }

  /// One jump.
  func draw(_ generator: GSLGenerator) -> Double {
    switch self {
    case .normal(let mean, let deviation): mean + deviation * generator.normal()
    case .doubleExponential(let p, let up, let down):
      generator.uniform() < p ? generator.exponential(mean: up) : -generator.exponential(mean: down)
    }
  }
}

/// Brownian motion with the jumps of a Poisson process, which land and are compensated at the open of their sub-step: their number
/// is drawn, then each.
struct ReferenceJumpDiffusion: ReferenceProcess {
  private var diffusion: ReferenceDiffusion
  private let rate: Double
  private let law: ReferenceJumpLaw

  /// - Parameter volatility: total, jumps included.
  init(drift: Double, volatility: Double, rate: Double, _ law: ReferenceJumpLaw) {
    let rest = max(volatility * volatility - rate * law.meanSquare, 0)
    diffusion = ReferenceDiffusion(drift: drift, volatility: rest.squareRoot())
    self.rate = rate
    self.law = law
  }

  mutating func step(
    _ time: VarianceTime, _ normals: ReferenceNormals, _ stress: ReferenceStress, _ generator: GSLGenerator
  ) -> ReferenceMove {
    var move = diffusion.step(time, normals, stress, generator)
    move.gap += Self.jumps(rate, law, time, generator)
    return move
  }

  /// The compensated jumps of a sub-step.
  static func jumps(_ rate: Double, _ law: ReferenceJumpLaw, _ time: VarianceTime, _ generator: GSLGenerator) -> Double
  {
    let expected = rate * (time.gapYears + time.intradayYears)
    let count = generator.poisson(mean: expected)
    return (0..<count).reduce(-expected * law.meanReturn) { sum, _ in sum + law.draw(generator) }
  }
}

extension MertonJumpDiffusion: ReferenceDrawn {
  func makeReference(_ site: ReferenceSite) -> any ReferenceSource {
    ReferenceParameters(self, site) { drawn, group, lane in
      ReferenceJumpDiffusion(
        drift: drawn.annualDrift[group][lane], volatility: drawn.annualVolatility[group][lane],
        rate: drawn.jumpsPerYear[group][lane],
        .normal(mean: drawn.meanJump[group][lane], deviation: drawn.jumpVolatility[group][lane]))
    }
  }
}

extension KouJumpDiffusion: ReferenceDrawn {
  func makeReference(_ site: ReferenceSite) -> any ReferenceSource {
    ReferenceParameters(self, site) { drawn, group, lane in
      ReferenceJumpDiffusion(
        drift: drawn.annualDrift[group][lane], volatility: drawn.annualVolatility[group][lane],
        rate: drawn.jumpsPerYear[group][lane],
        .doubleExponential(
          probability: drawn.upProbability[group][lane], up: drawn.meanUpJump[group][lane],
          down: drawn.meanDownJump[group][lane]))
    }
  }
}
