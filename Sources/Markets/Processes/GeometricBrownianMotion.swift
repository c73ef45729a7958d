import Documents
import Lanes
import Randomness

/// Geometric Brownian motion: dS = μS dt + σS dW, sampled exactly.
///
/// In dt years of variance the log price moves by (μ − ½m²σ²)dt + mσ√dt·Z, where m is the events' volatility
/// multiplier, so that E[S_T] = S₀e^{μT} whatever m does. Across the gap and from open to close apart.
/// Source: Black & Scholes (1973), Journal of Political Economy 81(3).
package struct GeometricBrownianMotion: PriceProcess, VolatilityDrawn, Parametric {
  /// Drift μ of the price, 1/year.
  package let annualDrift: Draw
  /// Volatility σ of the log price, close to close, 1/√year.
  package let annualVolatility: Draw

  /// States the model.
  package init(annualDrift: Draw = .fixed(0), annualVolatility: Draw) {
    self.annualDrift = annualDrift
    self.annualVolatility = annualVolatility
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField(
      \.annualDrift, "annualDrift", .draw(.perYear, in: .between(-10, 10)), default: .fixed(0), "drift of the price"),
    ModelField(
      \.annualVolatility, "annualVolatility", .draw(.perSquareRootYear, in: .between(0, 20)),
      "volatility of the log price, close to close"),
    make: { GeometricBrownianMotion(annualDrift: $0, annualVolatility: $1) })

  package var limits: [String] { [Limit.constantVolatility] }

  package func makeState(_ site: ProcessSite) -> any ProcessState {
    GeometricBrownianMotionState(site.parameters(of: self))
  }
}

/// Geometric Brownian motion on the paths of one tile.
final class GeometricBrownianMotionState: ProcessState {
  private var drawn: DrawnParameters<GeometricBrownianMotion>
  private var drift, volatility: ContiguousArray<Lanes>

  init(_ drawn: DrawnParameters<GeometricBrownianMotion>) {
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
    diffuse(time, drift, volatility, innovations, effects, &moves)
  }
}

/// Writes the moves of a compensated diffusion with constant coefficients: what GBM is, and Merton's model between
/// jumps.
///
/// - Parameter openDrift: what the log price gains at the open for the time of the whole sub-step, a year: the compensator of
///   jumps that land there, by lane group; nil for none.
@inline(never)
func diffuse(
  _ time: VarianceTime, _ drift: ContiguousArray<Lanes>, _ volatility: ContiguousArray<Lanes>,
  openDrift: ContiguousArray<Lanes>? = nil, _ innovations: ContiguousArray<Innovation>,
  _ effects: ContiguousArray<EventEffect>, _ moves: inout ContiguousArray<LogMove>
) {
  let drift = drift.span
  let volatility = volatility.span
  let innovations = innovations.span
  let effects = effects.span
  var moves = moves.mutableSpan
  let intraday = time.intradayYears
  let gap = time.gapYears
  if gap > 0 {
    for group in moves.indices {
      let sigma = volatility[group] * effects[group].gapVolatility
      let rate = fma(-0.5 * sigma, sigma, drift[group])
      let deviation = sigma * gap.squareRoot()
      moves[group].gap = fma(deviation, innovations[group].overnight, rate * gap)
    }
  } else {
    for group in moves.indices { moves[group].gap = .zero }
  }
  if let openDrift {
    let openDrift = openDrift.span
    for group in moves.indices { moves[group].gap = fma(openDrift[group], gap + intraday, moves[group].gap) }
  }
  let rootIntraday = intraday.squareRoot()
  for group in moves.indices {
    let sigma = volatility[group] * effects[group].volatility
    let rate = fma(-0.5 * sigma, sigma, drift[group])
    let deviation = sigma * rootIntraday
    moves[group].move = fma(deviation, innovations[group].diffusion, rate * intraday)
    moves[group].deviation = deviation
  }
}
