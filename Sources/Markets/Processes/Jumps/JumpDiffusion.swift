import Documents
import Lanes
import Randomness

/// A price process that diffuses at a constant volatility and jumps at the times of a Poisson process.
///
/// `annualVolatility` is the total close-to-close volatility σ, jumps included: the diffusion has σ_d² = σ² − λE[J²], which must
/// be above 0. The drift is compensated by −λk, k = E e^J − 1, so that E[S_T] = S₀e^{μT}. Jumps come on the clock of variance,
/// so some of them overnight; each lands at the open of the sub-step in which it falls, and is compensated there: who comes to
/// the market at an open, or leaves it, gains nothing by it. The events' volatility multiplier scales the diffusion (and its
/// own compensator) only.
protocol JumpDiffusion: PriceProcess, VolatilityDrawn, Parametric {
  associatedtype Sizes: JumpSizes
  /// Drift μ of the price, 1/year.
  var annualDrift: Draw { get }
  /// Total volatility σ of the log price, close to close, 1/√year.
  var annualVolatility: Draw { get }
  /// Mean number λ of jumps, 1/year.
  var jumpsPerYear: Draw { get }
  /// The parameters as they were drawn; the sizes of jumps come from a stream.
  static func terms(_ drawn: DrawnParameters<Self>, sizes: StreamKey) -> JumpDiffusionTerms<Sizes>
}

/// The parameters of a jump-diffusion on each path, by lane group.
struct JumpDiffusionTerms<Sizes: JumpSizes> {
  /// μ.
  let drift: ContiguousArray<Lanes>
  /// σ.
  let volatility: ContiguousArray<Lanes>
  /// λ.
  let rate: ContiguousArray<Lanes>
  /// The law of J.
  let sizes: Sizes
}

/// Names of the streams of jumps.
enum JumpStream {
  static let times = "jump/time"
  static let sizes = "jump/size"
}

extension JumpDiffusion {
  package var jumps: Bool { true }
  package func expectedJumps(years: Double) -> Double { jumpsPerYear.plausible.upperBound * years }
  package var streamNames: [String] { [JumpStream.times, JumpStream.sizes] }

  package func makeState(_ site: ProcessSite) -> any ProcessState { JumpDiffusionState(self, site) }

  /// As geometric Brownian motion, whose mean log return is lower by λE[e^J − 1 − J].
  ///
  /// - Parameter excess: the largest E[e^J − 1 − J], at least 0.
  func reach(horizonYears: Double, warmupYears: Double, excess: Double) -> PriceReach {
    PriceReach(
      drift: annualDrift.plausible, volatility: annualVolatility.plausible.upperBound,
      excess: jumpsPerYear.plausible.upperBound * excess, horizonYears: horizonYears, warmupYears: warmupYears)
  }
}

/// A jump-diffusion on the paths of one tile.
final class JumpDiffusionState<Model: JumpDiffusion>: ProcessState {
  private var drawn: DrawnParameters<Model>
  private let sizeKey: StreamKey
  private var clock: JumpClock
  private var terms: JumpDiffusionTerms<Model.Sizes>
  private var diffusion: ContiguousArray<Lanes>
  /// −λk: what the open gains a year for the jumps that land there.
  private var compensator: ContiguousArray<Lanes>

  init(_ model: Model, _ site: ProcessSite) {
    drawn = site.parameters(of: model)
    sizeKey = site.key(JumpStream.sizes)
    clock = JumpClock(site.key(JumpStream.times), site, mostPerYear: model.jumpsPerYear.upperBound)
    terms = Model.terms(drawn, sizes: sizeKey)
    diffusion = ContiguousArray(repeating: .zero, count: site.groups)
    compensator = diffusion
  }

  var parameters: [PathParameter] { drawn.all }

  func reset(_ paths: TilePaths) {
    drawn.draw(for: paths)
    terms = Model.terms(drawn, sizes: sizeKey)
    for group in 0..<paths.groups {
      let (lambda, sigma) = (terms.rate[group], terms.volatility[group])
      compensator[group] = .zero - lambda * terms.sizes.meanReturn(group)
      diffusion[group] = sqrt(max(sigma * sigma - lambda * terms.sizes.meanSquare(group), 0))
    }
    clock.reset(paths, rate: terms.rate)
  }

  func restart() { clock.restart() }

  func advance(
    _ time: VarianceTime, _ innovations: ContiguousArray<Innovation>, _ effects: ContiguousArray<EventEffect>,
    _ moves: inout ContiguousArray<LogMove>
  ) {
    diffuse(time, terms.drift, diffusion, openDrift: compensator, innovations, effects, &moves)
    clock.land(before: time.endYears, terms.sizes, on: &moves)
  }
}
