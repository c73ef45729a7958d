import Randomness

/// Brownian motion with a constant drift and volatility: of the log price, compensated, or of the price itself.
struct ReferenceDiffusion: ReferenceProcess {
  let drift, volatility: Double
  var isArithmetic = false

  mutating func step(
    _ time: VarianceTime, _ normals: ReferenceNormals, _ stress: ReferenceStress, _ generator: GSLGenerator
  ) -> ReferenceMove {
    let (gap, _) = move(time.gapYears, normals.overnight, stress.gap)
    let (move, deviation) = move(time.intradayYears, normals.diffusion, stress.intraday)
    return ReferenceMove(gap: gap, move: move, deviation: deviation)
  }

  private func move(_ years: Double, _ normal: Double, _ multiplier: Double) -> (move: Double, deviation: Double) {
    let sigma = volatility * multiplier
    let deviation = sigma * years.squareRoot()
    return ((isArithmetic ? drift : drift - sigma * sigma / 2) * years + deviation * normal, deviation)
  }
}

extension GeometricBrownianMotion: ReferenceDrawn {
  func makeReference(_ site: ReferenceSite) -> any ReferenceSource {
    ReferenceParameters(self, site) { drawn, group, lane in
      ReferenceDiffusion(drift: drawn.annualDrift[group][lane], volatility: drawn.annualVolatility[group][lane])
    }
  }
}

extension Bachelier: ReferenceDrawn {
  func makeReference(_ site: ReferenceSite) -> any ReferenceSource {
    ReferenceParameters(self, site) { drawn, group, lane in
      ReferenceDiffusion(
        drift: drawn.annualDrift[group][lane], volatility: drawn.annualVolatility[group][lane], isArithmetic: true)
    }
  }
}
