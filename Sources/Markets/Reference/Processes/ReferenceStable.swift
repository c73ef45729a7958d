import Glibc
import Lanes
import Randomness

/// Truncated α-stable moves: `gsl_ran_levy_skew` for an asset alone, else Chambers, Mallows and Stuck's formula of correlated normals.
///
/// The scale at a wanted variance, and what moves are compensated for, are integrals of the law and no draws: those of
/// `StableMoves`.
struct ReferenceStable: ReferenceProcess {
  let law: StableLaw
  let drift: Double
  let isAlone: Bool
  /// Of all lengths of a sub-step and of a gap.
  let intraday, nights: [Span]

  /// The moves of one length of time.
  struct Span {
    let years: Double
    let moves: StableMoves
  }

  mutating func step(
    _ time: VarianceTime, _ normals: ReferenceNormals, _ stress: ReferenceStress, _ generator: GSLGenerator
  ) -> ReferenceMove {
    var move = ReferenceMove()
    if let night = nights.first(where: { $0.years == time.gapYears }) {
      let (jump, calm) = draw(night, (normals.overnight, normals.varianceOvernight), stress.gap, generator)
      move.gap = jump + calm
    }
    if let day = intraday.first(where: { $0.years == time.intradayYears }) {
      let (jump, calm) = draw(day, (normals.diffusion, normals.varianceDiffusion), stress.intraday, generator)
      move.gap += jump
      move.move = calm
      move.deviation = stress.intraday * day.moves.deviation
    }
    return move
  }

  /// A jump and what is none, each compensated; what goes too far is drawn again.
  private func draw(_ span: Span, _ normals: (Double, Double), _ multiplier: Double, _ generator: GSLGenerator) -> (
    jump: Double, calm: Double
  ) {
    let moves = span.moves
    var x = isAlone ? .infinity : variable(normals.0, normals.1)
    while !(abs(x) <= moves.farthest) { x = generator.stable(alpha: law.alpha, beta: law.beta) + law.shift }
    let isJump = abs(x) > moves.nearest
    let compensator = StableMoves.compensator(moves.series, multiplier: Lanes(multiplier))[0]
    return (
      (isJump ? moves.scale * x : 0) - moves.jumpCompensator,
      (isJump ? 0 : multiplier * moves.scale * x - compensator) + drift * span.years
    )
  }

  /// The variable of two normals: of an angle V = π(Φ(Z) − ½), and an exponential −log Φ(Z′).
  ///
  /// Source: R. Weron (1996), Statistics & Probability Letters 28(2), equations 3.2 and 3.4 to 3.9.
  private func variable(_ first: Double, _ second: Double) -> Double {
    let (alpha, beta) = (law.alpha, law.beta)
    let tail = GSLLaw.normalAbove(abs(first))
    let v = (first < 0 ? -1 : 1) * Double.pi * (0.5 - tail)
    let (w, cosine) = (-log(GSLLaw.normalBelow(second)), sin(.pi * tail))
    guard alpha != 1 else {
      let lever = .pi / 2 + beta * v
      return (lever * sin(v) / cosine - beta * log(.pi / 2 * w * cosine / lever)) / (.pi / 2)
    }
    let tangent = alpha == 2 ? 0 : beta * tan(.pi * alpha / 2)
    let inner = alpha * v + atan(tangent)
    let scale = pow(1 + tangent * tangent, 1 / (2 * alpha))
    return scale * sin(inner) / pow(cosine, 1 / alpha) * pow(max(cos(v - inner), 0) / w, (1 - alpha) / alpha) - tangent
  }
}

extension Stable: ReferenceDrawn {
  var reckonedAlike: String? { "the scale of stable moves, an integral of their law" }

  func makeReference(_ site: ReferenceSite) -> any ReferenceSource {
    var tails = StableTails(law)
    func spans(_ years: [Double]) -> [ReferenceStable.Span] {
      years.compactMap { years in moves(&tails, years: years).map { ReferenceStable.Span(years: years, moves: $0) } }
    }
    let (intraday, nights) = (spans(site.process.substepSpans), spans(site.process.gapSpans))
    let law = law
    return ReferenceParameters(self, site) { drawn, group, lane in
      ReferenceStable(
        law: law, drift: drawn.annualDrift[group][lane], isAlone: site.isAlone, intraday: intraday, nights: nights)
    }
  }
}
