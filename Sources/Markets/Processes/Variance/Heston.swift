import Documents
import Lanes
import MarketData
import Randomness

/// Heston's stochastic volatility: dS/S = μdt + √v dε, dv = κ(θ − v)dt + ξ√v dW, dε·dW = ρdt.
///
/// `annualVolatility` is √θ: the variance's stationary mean, and so the total volatility from close to close. The variance runs
/// on the clock of variance, over night by the night's share, and starts in its stationary law, Gamma(2κθ/ξ², ξ²/2κ), at the
/// first step of the warm-up unless a start is given. The drift is compensated, so that E[S_T] = S₀e^{μT} whatever events
/// multiply; they multiply √v in the price, and leave v alone.
/// Source: S. L. Heston (1993), Review of Financial Studies 6(2), equations 1 and 4; sampled by `QuadraticExponential`.
package struct Heston: PriceProcess, VolatilityDrawn, Parametric {
  /// Drift μ of the price, 1/year.
  package let annualDrift: Draw
  /// √θ: root of the variance's mean, 1/√year.
  package let annualVolatility: Draw
  /// Speed κ at which the variance returns to its mean, 1/year.
  package let reversion: Draw
  /// Volatility ξ of the variance, 1/year.
  package let volatilityOfVariance: Draw
  /// Correlation ρ of the variance's innovations with those of the price.
  package let correlation: Draw
  /// √v at the first step of the warm-up, 1/√year; nil for the stationary law.
  package let startVolatility: Draw?

  /// States the model; throws where the variance would be 0 nearly always.
  package init(
    annualDrift: Draw = .fixed(0), annualVolatility: Draw, reversion: Draw, volatilityOfVariance: Draw,
    correlation: Draw = .fixed(0), startVolatility: Draw? = nil
  ) throws(FormViolation) {
    self.annualDrift = annualDrift
    self.annualVolatility = annualVolatility
    self.reversion = reversion
    self.volatilityOfVariance = volatilityOfVariance
    self.correlation = correlation
    self.startVolatility = startVolatility
    let least = annualVolatility.plausible.lowerBound
    if let violation = VarianceShape(mean: least * least, reversion, volatilityOfVariance).violation {
      throw violation.under(Self.field(\.volatilityOfVariance))
    }
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField(
      \.annualDrift, "annualDrift", .draw(.perYear, in: .between(-10, 10)), default: .fixed(0), "drift of the price"),
    ModelField(
      \.annualVolatility, "annualVolatility", .draw(.perSquareRootYear, in: .above(0, atMost: 20)),
      "volatility of the log price, close to close: root of the variance's mean"),
    ModelField(\.reversion, "reversion", VarianceShape.reversion, VarianceShape.reversionSummary),
    ModelField(
      \.volatilityOfVariance, "volatilityOfVariance", VarianceShape.volatility, VarianceShape.volatilitySummary),
    ModelField(
      \.correlation, "correlation", .draw(in: .between(-1, 1)), default: .fixed(0), VarianceShape.correlationSummary),
    ModelField(
      \.startVolatility, "startVolatility", optional: .draw(.perSquareRootYear, in: .between(0, 20)),
      VarianceShape.startSummary),
    make: { (drift, volatility, reversion, spread, correlation, start) throws(FormViolation) in
      try Heston(
        annualDrift: drift, annualVolatility: volatility, reversion: reversion, volatilityOfVariance: spread,
        correlation: correlation, startVolatility: start)
    })

  package var limits: [String] { [Limit.spreadsIgnoreVolatility] }
  /// And where its correlation is lowered.
  package func limits(on clock: Clock) -> [String] {
    limits
      + (VarianceShape.limit(clock, reversion, volatilityOfVariance, correlation: correlation).map { [$0] } ?? [])
  }
  package var hasOwnVariance: Bool { true }
  package var hasUnexpectedVariance: Bool { true }
  package var streamNames: [String] { [VarianceShape.start] }

  /// As geometric Brownian motion at the highest variance that can be reckoned with.
  package func reach(horizonYears: Double, warmupYears: Double) -> PriceReach {
    let sigma = annualVolatility.plausible
    let shape = VarianceShape(mean: sigma.lowerBound * sigma.lowerBound, reversion, volatilityOfVariance)
    let start = startVolatility?.plausible.upperBound ?? 0
    let highest = max(sigma.upperBound * sigma.upperBound * shape.highest, start * start)
    return PriceReach(
      drift: annualDrift.plausible, volatility: highest.squareRoot(), horizonYears: horizonYears,
      warmupYears: warmupYears)
  }

  package func makeState(_ site: ProcessSite) -> any ProcessState { HestonState(self, site) }
}

/// Heston's model on the paths of one tile.
final class HestonState: VarianceDriven {
  private var drawn: DrawnParameters<Heston>
  private var variance: StochasticVariance
  var varianceInnovations: ContiguousArray<Innovation>

  init(_ model: Heston, _ site: ProcessSite) {
    drawn = site.parameters(of: model)
    variance = StochasticVariance(start: site.key(VarianceShape.start), site)
    varianceInnovations = ContiguousArray(repeating: .none, count: site.groups)
  }

  var parameters: [PathParameter] { drawn.all }

  func reset(_ paths: TilePaths) {
    drawn.draw(for: paths)
    variance.reset(
      paths,
      StochasticVariance.Terms(
        drift: drawn.annualDrift, mean: ContiguousArray(drawn.annualVolatility.map { $0 * $0 }),
        reversion: drawn.reversion, volatility: drawn.volatilityOfVariance, correlation: drawn.correlation,
        start: drawn.startVolatility))
  }

  func tellUnexpectedVariance(_ ratios: inout ContiguousArray<Lanes>) { variance.tellUnexpected(&ratios) }

  func restart() { variance.restart() }

  func advance(
    _ time: VarianceTime, _ innovations: ContiguousArray<Innovation>, _ effects: ContiguousArray<EventEffect>,
    _ moves: inout ContiguousArray<LogMove>
  ) {
    variance.advance(time, innovations, own: varianceInnovations, effects, &moves)
  }
}
