import Glibc
import Randomness

/// GARCH with asymmetry: h′ = ω + (α + γ·1[z < 0])z²h + βh, z the whole step's innovation, √((ν − 2)/χ²_ν) times a normal for
/// Student's law.
struct ReferenceGarch: ReferenceProcess {
  let drift: Double
  /// θ, P, α and γ.
  let mean, persistence, reaction, asymmetry: Double
  /// ν; nil for normal innovations.
  let degrees: Double?
  let substeps: Int
  /// Whether χ² need not go with other assets'.
  let isAlone: Bool
  private var variance = 0.0
  private var mixing = 1.0
  /// Of the step so far: Σ√dt·N, and its years.
  private var sum = 0.0
  private var years = 0.0

  init(
    drift: Double, mean: Double, persistence: Double, reaction: Double, asymmetry: Double, degrees: Double?,
    substeps: Int, isAlone: Bool
  ) {
    self.drift = drift
    self.mean = mean
    self.persistence = persistence
    self.reaction = reaction
    self.asymmetry = asymmetry
    self.degrees = degrees
    self.substeps = substeps
    self.isAlone = isAlone
  }

  /// From θ, over 500 steps.
  mutating func begin(_ generator: GSLGenerator) {
    variance = mean
    for _ in 0..<Garch.burnIn {
      let w = degrees.map { ($0 - 2) / generator.chiSquare(degrees: $0) } ?? 1
      settle(w.squareRoot() * generator.normal())
    }
  }

  mutating func step(
    _ time: VarianceTime, _ normals: ReferenceNormals, _ stress: ReferenceStress, _ generator: GSLGenerator
  ) -> ReferenceMove {
    let part = (time.substep % substeps + substeps) % substeps
    if part == 0 {
      (sum, years) = (0, 0)
      if let degrees {
        let square =
          isAlone
          ? generator.chiSquare(degrees: degrees) : GSLLaw.chiSquare(at: normals.varianceDiffusion, degrees: degrees)
        mixing = (degrees - 2) / square
      }
    }
    let (gap, _) = move(time.gapYears, normals.overnight, stress.gap)
    let (move, deviation) = move(time.intradayYears, normals.diffusion, stress.intraday)
    if part == substeps - 1 { settle((mixing / years).squareRoot() * sum) }
    return ReferenceMove(gap: gap, move: move, deviation: deviation)
  }

  private mutating func move(_ span: Double, _ normal: Double, _ multiplier: Double) -> (
    move: Double, deviation: Double
  ) {
    let square = variance * mixing * multiplier * multiplier
    let deviation = (square * span).squareRoot()
    sum += span.squareRoot() * normal
    years += span
    return ((drift - square / 2) * span + deviation * normal, deviation)
  }

  var unexpectedVariance: Double { mean > 0 ? variance / mean : 1 }

  /// h after a step's innovation.
  private mutating func settle(_ z: Double) {
    let beta = max(persistence - reaction - asymmetry / 2, 0)
    variance = mean * (1 - persistence) + variance * (beta + (z < 0 ? reaction + asymmetry : reaction) * z * z)
  }
}

extension Garch: ReferenceDrawn {
  func makeReference(_ site: ReferenceSite) -> any ReferenceSource {
    let substeps = site.process.substeps
    let stepSeconds = site.process.substepSeconds * Double(substeps)
    let degrees = degreesOfFreedom
    return ReferenceParameters(self, site) { drawn, group, lane in
      let volatility = drawn.annualVolatility[group][lane]
      return ReferenceGarch(
        drift: drawn.annualDrift[group][lane], mean: volatility * volatility,
        persistence: exp2(-stepSeconds / drawn.halfLife[group][lane]), reaction: drawn.reaction[group][lane],
        asymmetry: drawn.asymmetry[group][lane], degrees: degrees, substeps: substeps, isAlone: site.isAlone)
    }
  }
}
