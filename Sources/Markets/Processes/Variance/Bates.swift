import Documents
import Lanes
import MarketData
import Randomness

/// Bates' model: Heston's stochastic volatility, whose log price also jumps by N(m_J, s_J²) at the times of a Poisson process.
///
/// `annualVolatility` is the total σ, jumps included: the variance has the mean θ = σ² − λ(m_J² + s_J²), which must be above 0.
/// The variance is `Heston`'s and does not jump; jumps come, land and are compensated as `MertonJumpDiffusion`'s. Events
/// multiply √v in the price, not the jumps.
/// Source: D. S. Bates (1996), Review of Financial Studies 9(1), equation 1.
package struct Bates: PriceProcess, VolatilityDrawn, Parametric {
  /// Drift μ of the price, 1/year.
  package let annualDrift: Draw
  /// Total volatility σ of the log price, close to close, 1/√year.
  package let annualVolatility: Draw
  /// Speed κ at which the variance returns to its mean, 1/year.
  package let reversion: Draw
  /// Volatility ξ of the variance, 1/year.
  package let volatilityOfVariance: Draw
  /// Correlation ρ of the variance's innovations with those of the price.
  package let correlation: Draw
  /// √v at the first step of the warm-up, 1/√year; nil for the stationary law.
  package let startVolatility: Draw?
  /// Mean number λ of jumps, 1/year.
  package let jumpsPerYear: Draw
  /// Mean m_J of a jump in log price.
  package let meanJump: Draw
  /// Standard deviation s_J of a jump in log price.
  package let jumpVolatility: Draw

  /// States the model; throws when the jumps alone can have more variance than the total, and where the variance would be 0
  /// nearly always.
  package init(
    annualDrift: Draw = .fixed(0), annualVolatility: Draw, reversion: Draw, volatilityOfVariance: Draw,
    correlation: Draw = .fixed(0), startVolatility: Draw? = nil, jumpsPerYear: Draw, meanJump: Draw,
    jumpVolatility: Draw
  ) throws(FormViolation) {
    self.annualDrift = annualDrift
    self.annualVolatility = annualVolatility
    self.reversion = reversion
    self.volatilityOfVariance = volatilityOfVariance
    self.correlation = correlation
    self.startVolatility = startVolatility
    self.jumpsPerYear = jumpsPerYear
    self.meanJump = meanJump
    self.jumpVolatility = jumpVolatility
    let square = NormalJumps.largestSquare(mean: meanJump, deviation: jumpVolatility)
    if let violation = JumpShare.violation(of: annualVolatility, rate: jumpsPerYear, square: square) {
      throw violation.under(Self.field(\.annualVolatility))
    }
    if let violation = shape.violation { throw violation.under(Self.field(\.volatilityOfVariance)) }
  }

  /// The stationary law of the variance at what the jumps leave of the total, at least.
  private var shape: VarianceShape {
    let square = NormalJumps.largestSquare(mean: meanJump, deviation: jumpVolatility)
    let total = annualVolatility.plausible.lowerBound
    return VarianceShape(
      mean: max(total * total - jumpsPerYear.upperBound * square, 0), reversion, volatilityOfVariance)
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField(
      \.annualDrift, "annualDrift", .draw(.perYear, in: .between(-10, 10)), default: .fixed(0), "drift of the price"),
    ModelField(
      \.annualVolatility, "annualVolatility", .draw(.perSquareRootYear, in: .above(0, atMost: 20)),
      "total volatility of the log price, close to close, jumps included"),
    ModelField(\.reversion, "reversion", VarianceShape.reversion, VarianceShape.reversionSummary),
    ModelField(
      \.volatilityOfVariance, "volatilityOfVariance", VarianceShape.volatility, VarianceShape.volatilitySummary),
    ModelField(
      \.correlation, "correlation", .draw(in: .between(-1, 1)), default: .fixed(0), VarianceShape.correlationSummary),
    ModelField(
      \.startVolatility, "startVolatility", optional: .draw(.perSquareRootYear, in: .between(0, 20)),
      VarianceShape.startSummary),
    ModelField(\.jumpsPerYear, "jumpsPerYear", .draw(.perYear, in: .between(0, 100_000)), "mean number of jumps"),
    ModelField(\.meanJump, "meanJump", .draw(.logReturn, in: .between(-1, 1)), "mean of a jump in log price"),
    ModelField(
      \.jumpVolatility, "jumpVolatility", .draw(.logReturn, in: .between(0, 1)),
      "standard deviation of a jump in log price"),
    make: { (drift, volatility, reversion, spread, correlation, start, rate, mean, deviation) throws(FormViolation) in
      try Bates(
        annualDrift: drift, annualVolatility: volatility, reversion: reversion, volatilityOfVariance: spread,
        correlation: correlation, startVolatility: start, jumpsPerYear: rate, meanJump: mean,
        jumpVolatility: deviation)
    })

  package var limits: [String] { [Limit.spreadsIgnoreVolatility] }
  /// And where its correlation is lowered.
  package func limits(on clock: Clock) -> [String] {
    limits
      + (VarianceShape.limit(clock, reversion, volatilityOfVariance, correlation: correlation).map { [$0] } ?? [])
  }
  package var hasOwnVariance: Bool { true }
  package var hasUnexpectedVariance: Bool { true }
  package var jumps: Bool { true }
  package func expectedJumps(years: Double) -> Double { jumpsPerYear.plausible.upperBound * years }
  package var streamNames: [String] { [VarianceShape.start, JumpStream.times, JumpStream.sizes] }

  /// As Merton's jump-diffusion at the highest variance that can be reckoned with.
  package func reach(horizonYears: Double, warmupYears: Double) -> PriceReach {
    let sigma = annualVolatility.plausible
    let start = startVolatility?.plausible.upperBound ?? 0
    let highest = max(sigma.upperBound * sigma.upperBound * shape.highest, start * start)
    let jumps =
      jumpsPerYear.plausible.upperBound * NormalJumps.largestExcess(mean: meanJump, deviation: jumpVolatility)
    return PriceReach(
      drift: annualDrift.plausible, volatility: highest.squareRoot(), excess: jumps, horizonYears: horizonYears,
      warmupYears: warmupYears)
  }

  package func makeState(_ site: ProcessSite) -> any ProcessState { BatesState(self, site) }
}

/// Bates' model on the paths of one tile.
final class BatesState: VarianceDriven {
  private var drawn: DrawnParameters<Bates>
  private var variance: StochasticVariance
  private var clock: JumpClock
  private var sizes: NormalJumps
  private let sizeKey: StreamKey
  /// −λk: what the open gains a year for the jumps that land there.
  private var compensator: ContiguousArray<Lanes>
  var varianceInnovations: ContiguousArray<Innovation>

  init(_ model: Bates, _ site: ProcessSite) {
    drawn = site.parameters(of: model)
    variance = StochasticVariance(start: site.key(VarianceShape.start), site)
    clock = JumpClock(site.key(JumpStream.times), site, mostPerYear: model.jumpsPerYear.upperBound)
    sizeKey = site.key(JumpStream.sizes)
    sizes = NormalJumps(mean: drawn.meanJump, deviation: drawn.jumpVolatility, sizeKey)
    compensator = ContiguousArray(repeating: .zero, count: site.groups)
    varianceInnovations = ContiguousArray(repeating: .none, count: site.groups)
  }

  var parameters: [PathParameter] { drawn.all }

  func reset(_ paths: TilePaths) {
    drawn.draw(for: paths)
    let (rate, volatility) = (drawn.jumpsPerYear, drawn.annualVolatility)
    sizes = NormalJumps(mean: drawn.meanJump, deviation: drawn.jumpVolatility, sizeKey)
    var mean = volatility
    for group in 0..<paths.groups {
      compensator[group] = .zero - rate[group] * sizes.meanReturn(group)
      let total = volatility[group] * volatility[group]
      mean[group] = max(total - rate[group] * sizes.meanSquare(group), 0)
    }
    variance.reset(
      paths,
      StochasticVariance.Terms(
        drift: drawn.annualDrift, mean: mean, reversion: drawn.reversion, volatility: drawn.volatilityOfVariance,
        correlation: drawn.correlation, start: drawn.startVolatility))
    clock.reset(paths, rate: rate)
  }

  func tellUnexpectedVariance(_ ratios: inout ContiguousArray<Lanes>) { variance.tellUnexpected(&ratios) }

  func restart() {
    variance.restart()
    clock.restart()
  }

  func advance(
    _ time: VarianceTime, _ innovations: ContiguousArray<Innovation>, _ effects: ContiguousArray<EventEffect>,
    _ moves: inout ContiguousArray<LogMove>
  ) {
    variance.advance(time, innovations, own: varianceInnovations, openDrift: compensator, effects, &moves)
    clock.land(before: time.endYears, sizes, on: &moves)
  }
}
