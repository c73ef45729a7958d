import Documents
import Lanes
import MarketData
import Randomness

/// GARCH with asymmetry (Glosten, Jagannathan and Runkle) and normal or Student innovations.
///
/// Over a step, night included, the log price moves by (μ − ½m²wh)dt + m√(wh·dt)·N, with the events' multiplier m, and from
/// step to step h′ = θ + P(h − θ) + h·(α(z² − 1) + γ(z²·1[z < 0] − ½)), z = √w·N of the whole step, without m. P = 2^(−step/half-life)
/// is the persistence, β = P − α − γ/2 what is left for h itself; θ is `annualVolatility`², the mean of h. w is the mixing
/// variance of Student's law, 1 for normal innovations: given it the price is a Brownian motion over the step, which its
/// sub-steps, bridge and compensator follow. So E[S_T] = S₀e^{μT} holds where a Student log return has no mean price at all: each
/// w compensates itself. α and γ belong to the scenario's step: on other steps they mean another model.
///
/// h starts at θ, `burnIn` steps before the warm-up. Mixing variances of different assets hang together as their prices do.
/// Sources: L. R. Glosten, R. Jagannathan & D. E. Runkle (1993), Journal of Finance 48(5); T. Bollerslev (1987), Review of
/// Economics and Statistics 69(3), for Student's law.
package struct Garch: PriceProcess, VolatilityDrawn, Parametric {
  /// Drift μ of the price, 1/year.
  package let annualDrift: Draw
  /// √θ, 1/√year: root of the mean of h, and so the volatility from close to close.
  package let annualVolatility: Draw
  /// In which half of what h is above its mean is forgotten, seconds of trading time.
  package let halfLife: Draw
  /// α: what the square of a step's innovation adds to the next h.
  package let reaction: Draw
  /// γ: what that of a fall adds besides.
  package let asymmetry: Draw
  /// ν of Student's law; nil for normal innovations.
  package let degreesOfFreedom: Double?

  /// Steps before the warm-up over which h comes from θ to its stationary law.
  static let burnIn = 500

  /// States the model; throws where the variance has no mean to return to.
  package init(
    annualDrift: Draw = .fixed(0), annualVolatility: Draw, halfLife: Draw, reaction: Draw,
    asymmetry: Draw = .fixed(0), degreesOfFreedom: Double? = nil
  ) throws(FormViolation) {
    self.annualDrift = annualDrift
    self.annualVolatility = annualVolatility
    self.halfLife = halfLife
    self.reaction = reaction
    self.asymmetry = asymmetry
    self.degreesOfFreedom = degreesOfFreedom
    guard largestShare < 1 else {
      throw FormViolation(
        Self.field(\.reaction),
        "with half of the asymmetry it can be \(rounded(largestShare)), and the persistence is at least that: from 1 on the "
          + "variance has no mean to return to")
    }
  }

  /// α + γ/2, at most.
  private var largestShare: Double { reaction.upperBound + 0.5 * asymmetry.upperBound }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField(
      \.annualDrift, "annualDrift", .draw(.perYear, in: .between(-10, 10)), default: .fixed(0), "drift of the price"),
    ModelField(
      \.annualVolatility, "annualVolatility", .draw(.perSquareRootYear, in: .above(0, atMost: 20)),
      "volatility of the log price, close to close: root of the variance's mean"),
    ModelField(
      \.halfLife, "halfLife", .drawnDuration(in: .above(0)),
      "trading time in which half of what the variance is above its mean is forgotten: the persistence"),
    ModelField(
      \.reaction, "reaction", .draw(in: .between(0, 1)),
      "what the square of a step's innovation adds to the variance of the next; it belongs to the clock's step"),
    ModelField(
      \.asymmetry, "asymmetry", .draw(in: .between(0, 2)), default: .fixed(0),
      "what the square of a falling step's adds besides"),
    ModelField(
      "degreesOfFreedom", .optional(.number(in: .between(3, 1000))),
      "of Student's law of the innovations; they are normal when left out"),
    make: { (drift, volatility, halfLife, reaction, asymmetry, degrees) throws(FormViolation) in
      try Garch(
        annualDrift: drift, annualVolatility: volatility, halfLife: halfLife, reaction: reaction, asymmetry: asymmetry,
        degreesOfFreedom: degrees)
    })

  package var limits: [String] { [Limit.spreadsIgnoreVolatility] }
  package var hasOwnVariance: Bool { true }
  package var hasUnexpectedVariance: Bool { true }

  /// Streams of the innovations before the warm-up.
  static let earlyInnovations = "variance/early/innovation"
  static let earlyMixing = "variance/early/mixing"
  package var streamNames: [String] { [Self.earlyInnovations, Self.earlyMixing] }

  /// A half-life so short that of the persistence nothing is left for h itself.
  package func violation(_ clock: Clock) -> FormViolation? {
    let persistence = exp2(Lanes(-clock.stepSeconds / halfLife.lowerBound))[0]
    guard persistence < largestShare else { return nil }
    return FormViolation(
      Self.field(\.halfLife),
      "in a step of \(TradingTime.text(seconds: clock.stepSeconds)) the variance can keep as little as \(rounded(persistence)) of what it is "
        + "above its mean, and the reaction with half of the asymmetry takes up to \(rounded(largestShare)) of that alone: a "
        + "longer half-life or a smaller reaction is needed")
  }

  /// As geometric Brownian motion at four times the volatility: the sum of such returns is that much wider at the most.
  package func reach(horizonYears: Double, warmupYears: Double) -> PriceReach {
    PriceReach(
      drift: annualDrift.plausible, volatility: 4 * annualVolatility.plausible.upperBound, horizonYears: horizonYears,
      warmupYears: warmupYears)
  }

  package func makeState(_ site: ProcessSite) -> any ProcessState { GarchState(self, site) }
}
