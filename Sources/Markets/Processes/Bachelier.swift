import Documents
import Lanes
import MarketData
import Randomness

/// Arithmetic Brownian motion: dS = μS₀ dt + σS₀ dW, sampled exactly. The price may come to 0 and under it.
///
/// In dt years of variance the price moves by S₀·(μdt + mσ√dt·Z), where m is the events' volatility multiplier, so that
/// E[S_T] = S₀(1 + μT) and Var[S_T] = (σS₀)²T without events: σS₀ is the normal volatility σ_N, in quote currency a year.
/// Across the gap and from open to close apart. Events that move log prices are refused on it; `ArithmeticCrash` is made for
/// it.
/// Source: Bachelier (1900), Annales scientifiques de l'École Normale Supérieure 3(17); for negative oil prices CME Group,
/// Advisory 20-171 (2020).
package struct Bachelier: PriceProcess, VolatilityDrawn, Parametric {
  /// Drift μ, in starting prices a year.
  package let annualDrift: Draw
  /// Volatility σ, in starting prices, close to close, 1/√year.
  package let annualVolatility: Draw

  /// States the model.
  package init(annualDrift: Draw = .fixed(0), annualVolatility: Draw) {
    self.annualDrift = annualDrift
    self.annualVolatility = annualVolatility
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField(
      \.annualDrift, "annualDrift", .draw(.perYear, in: .between(-10, 10)), default: .fixed(0),
      "drift of the price, in starting prices"),
    ModelField(
      \.annualVolatility, "annualVolatility", .draw(.perSquareRootYear, in: .between(0, 20)),
      "volatility of the price, in starting prices, close to close"),
    make: { Bachelier(annualDrift: $0, annualVolatility: $1) })

  package var limits: [String] {
    [
      Limit.constantVolatility,
      "Its moves have one size whatever the price is, and it may be negative: spread, impact, fees, margin and weights count "
        + "on the starting price.",
    ]
  }

  package var scale: PriceScale.Kind { .arithmetic }

  /// A price that may go further than moves are kept to, by μT and eight deviations of σ√T, ahead or back.
  package func violation(_ clock: Clock) -> FormViolation? {
    let years = max(clock.years(clock.steps), clock.years(clock.warmupSteps))
    let drift = max(abs(annualDrift.plausible.lowerBound), abs(annualDrift.plausible.upperBound))
    let furthest =
      drift * years + PriceReach.deviations * annualVolatility.plausible.upperBound * years.squareRoot()
    guard furthest > PriceBounds.log else { return nil }
    return FormViolation(
      Self.field(\.annualVolatility),
      "over \(JSONWriter.number((years * 10).rounded() / 10)) years the price can come more than "
        + "\(JSONWriter.number(PriceBounds.log)) starting prices away: a smaller volatility or drift, or a shorter length, is "
        + "needed")
  }

  package func makeState(_ site: ProcessSite) -> any ProcessState { BachelierState(site.parameters(of: self)) }
}

/// Arithmetic Brownian motion on the paths of one tile.
private final class BachelierState: ProcessState {
  private var drawn: DrawnParameters<Bachelier>
  private var drift, volatility: ContiguousArray<Lanes>

  init(_ drawn: DrawnParameters<Bachelier>) {
    self.drawn = drawn
    drift = drawn.annualDrift
    volatility = drawn.annualVolatility
  }

  var parameters: [PathParameter] { drawn.all }

  func reset(_ paths: TilePaths) {
    drawn.draw(for: paths)
    drift = drawn.annualDrift
    volatility = drawn.annualVolatility
  }

  func restart() {}

  func advance(
    _ time: VarianceTime, _ innovations: ContiguousArray<Innovation>, _ effects: ContiguousArray<EventEffect>,
    _ moves: inout ContiguousArray<LogMove>
  ) {
    Self.diffuse(time, drift, volatility, innovations, effects, &moves)
  }

  @inline(never)
  private static func diffuse(
    _ time: VarianceTime, _ drift: ContiguousArray<Lanes>, _ volatility: ContiguousArray<Lanes>,
    _ innovations: ContiguousArray<Innovation>, _ effects: ContiguousArray<EventEffect>,
    _ moves: inout ContiguousArray<LogMove>
  ) {
    let drift = drift.span
    let volatility = volatility.span
    let innovations = innovations.span
    let effects = effects.span
    var moves = moves.mutableSpan
    let (intraday, gap) = (time.intradayYears, time.gapYears)
    let (rootIntraday, rootGap) = (intraday.squareRoot(), gap.squareRoot())
    for group in moves.indices {
      let overnight = volatility[group] * effects[group].gapVolatility * rootGap
      let deviation = volatility[group] * effects[group].volatility * rootIntraday
      let across = gap > 0 ? fma(overnight, innovations[group].overnight, drift[group] * gap) : .zero
      moves[group] = LogMove(
        gap: across, move: fma(deviation, innovations[group].diffusion, drift[group] * intraday), deviation: deviation)
    }
  }
}
