import Glibc
import Randomness

/// A diffusion whose drift carries an Ornstein-Uhlenbeck signal: the moments of a sub-step are those of `SignalTransition`.
struct ReferenceSignal: ReferenceProcess {
  let drift, volatility: Double
  /// s, and what a sub-step does.
  let deviation: Double
  let transition: SignalTransition
  private var signal = 0.0

  init(drift: Double, volatility: Double, deviation: Double, _ transition: SignalTransition) {
    self.drift = drift
    self.volatility = volatility
    self.deviation = deviation
    self.transition = transition
  }

  mutating func begin(_ generator: GSLGenerator) { signal = deviation * generator.normal() }

  mutating func step(
    _ time: VarianceTime, _ normals: ReferenceNormals, _ stress: ReferenceStress, _ generator: GSLGenerator
  ) -> ReferenceMove {
    let night = volatility * stress.gap
    let gap =
      (drift + signal - night * night / 2) * time.gapYears + night * time.gapYears.squareRoot() * normals.overnight
    // Var(σW + J) and Cov(σW + J, ε).
    let (sigma, law) = (volatility * stress.intraday, transition)
    let variance = sigma * sigma * time.intradayYears + 2 * sigma * law.priceWithNoise + law.priceVariance
    let covariance = sigma * law.signalWithNoise + law.covariance
    let spread = max(variance, 0).squareRoot()
    let move = (drift - sigma * sigma / 2) * time.intradayYears + signal * law.years + spread * normals.diffusion
    let share = spread > 0 ? covariance / spread : 0
    let rest = max(law.signalVariance - share * share, 0).squareRoot()
    signal = signal * law.kept + share * normals.diffusion + rest * generator.normal()
    return ReferenceMove(gap: gap, move: move, deviation: spread)
  }
}

extension PredictableReturns: ReferenceDrawn {
  var reckonedAlike: String? { "the joint moments of signal and return over a step" }

  func makeReference(_ site: ReferenceSite) -> any ReferenceSource {
    let (seconds, years) = (site.process.substepSeconds, site.process.substepYears)
    return ReferenceParameters(self, site) { drawn, group, lane in
      let deviation = drawn.signal.deviation[group][lane]
      return ReferenceSignal(
        drift: drawn.annualDrift[group][lane], volatility: drawn.annualVolatility[group][lane], deviation: deviation,
        SignalTransition(
          deviation: deviation, decay: log(2) * seconds / drawn.signal.halfLife[group][lane], years: years,
          correlation: drawn.signal.correlation[group][lane]))
    }
  }
}
