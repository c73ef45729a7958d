import Lanes
import Randomness

/// Predictable returns on the paths of one tile.
final class PredictableReturnsState: ProcessState {
  /// The transitions of eight paths.
  private struct Group {
    var kept = Lanes.zero
    var years = Lanes.zero
    var priceVariance = Lanes.zero
    var covariance = Lanes.zero
    var signalVariance = Lanes.zero
    /// With W, the price's own noise per unit of σ.
    var signalWithNoise = Lanes.zero
    var priceWithNoise = Lanes.zero
    /// The signal at the first step of the warm-up, and now.
    var start = Lanes.zero
    var signal = Lanes.zero
  }

  private var drawn: DrawnParameters<PredictableReturns>
  private var drift, volatility, noise: ContiguousArray<Lanes>
  private var groups: ContiguousArray<Group>
  private let startKey: StreamKey
  private var innovations, shownNoise: NormalStream
  private let substepSeconds, substepYears: Double
  private let isNoisy: Bool
  private(set) var shownSignal: ContiguousArray<Lanes>

  init(_ model: PredictableReturns, _ site: ProcessSite) {
    drawn = site.parameters(of: model)
    startKey = site.key(PredictableReturns.start)
    innovations = NormalStream(site.key(PredictableReturns.innovations))
    shownNoise = NormalStream(site.key(PredictableReturns.noise))
    substepSeconds = site.substepSeconds
    substepYears = site.substepYears
    isNoisy = model.signal.noise.fixedValue != 0
    let none = ContiguousArray(repeating: Lanes.zero, count: site.groups)
    (drift, volatility, noise) = (none, none, none)
    groups = ContiguousArray(repeating: Group(), count: site.groups)
    shownSignal = model.showsSignal ? none : []
  }

  var parameters: [PathParameter] { drawn.all }

  func reset(_ paths: TilePaths) {
    drawn.draw(for: paths)
    innovations.reset(paths)
    shownNoise.reset(paths)
    drift = drawn.annualDrift
    volatility = drawn.annualVolatility
    noise = drawn.signal.noise
    let (deviations, halfLives, correlations) = (
      drawn.signal.deviation, drawn.signal.halfLife, drawn.signal.correlation
    )
    for group in groups.indices {
      for lane in 0..<Lanes.count {
        let deviation = deviations[group][lane]
        let transition = SignalTransition(
          deviation: deviation, decay: 0.693147180559945309 * substepSeconds / halfLives[group][lane],
          years: substepYears, correlation: correlations[group][lane])
        groups[group].kept[lane] = transition.kept
        groups[group].years[lane] = transition.years
        groups[group].priceVariance[lane] = transition.priceVariance
        groups[group].covariance[lane] = transition.covariance
        groups[group].signalVariance[lane] = transition.signalVariance
        groups[group].signalWithNoise[lane] = transition.signalWithNoise
        groups[group].priceWithNoise[lane] = transition.priceWithNoise
        var stream = SparseStream(startKey, path: paths.path(group, lane))
        groups[group].start[lane] = deviation * normalQuantile(Lanes(stream.uniform()))[0]
      }
    }
    restart()
  }

  func restart() {
    for group in groups.indices { groups[group].signal = groups[group].start }
  }

  func advance(
    _ time: VarianceTime, _ innovations: ContiguousArray<Innovation>, _ effects: ContiguousArray<EventEffect>,
    _ moves: inout ContiguousArray<LogMove>
  ) {
    let own = self.innovations.prepare(time.substep)
    Self.move(
      time, drift, volatility, &groups, innovations, self.innovations.blocks, own, effects, &moves)
    guard !shownSignal.isEmpty else { return }
    for group in groups.indices { shownSignal[group] = groups[group].signal }
    guard isNoisy else { return }
    let place = shownNoise.prepare(time.substep)
    for group in groups.indices {
      shownSignal[group] = fma(noise[group], shownNoise.blocks[group][place], shownSignal[group])
    }
  }

  @inline(never)
  private static func move(
    _ time: VarianceTime, _ drift: ContiguousArray<Lanes>, _ volatility: ContiguousArray<Lanes>,
    _ groups: inout ContiguousArray<Group>, _ innovations: ContiguousArray<Innovation>,
    _ blocks: ContiguousArray<NormalBlock>, _ own: Int32, _ effects: ContiguousArray<EventEffect>,
    _ moves: inout ContiguousArray<LogMove>
  ) {
    let (drift, volatility) = (drift.span, volatility.span)
    let (innovations, blocks, effects) = (innovations.span, blocks.span, effects.span)
    var groups = groups.mutableSpan
    var moves = moves.mutableSpan
    let (gap, intraday) = (time.gapYears, time.intradayYears)
    for group in moves.indices {
      var state = groups[group]
      moves[group].gap = .zero
      if gap > 0 {
        let sigma = volatility[group] * effects[group].gapVolatility
        let rate = fma(-0.5 * sigma, sigma, drift[group] + state.signal)
        moves[group].gap = fma(sigma * gap.squareRoot(), innovations[group].overnight, rate * gap)
      }
      let sigma = volatility[group] * effects[group].volatility
      // Of σW + J, and of it with ε.
      let variance = fma(
        sigma, fma(sigma, Lanes(intraday), 2 * state.priceWithNoise), state.priceVariance)
      let deviation = sqrt(max(variance, .zero))
      let covariance = fma(sigma, state.signalWithNoise, state.covariance)
      let diffusion = innovations[group].diffusion
      let rate = fma(-0.5 * sigma, sigma, drift[group])
      moves[group].move = fma(deviation, diffusion, fma(state.signal, state.years, rate * intraday))
      moves[group].deviation = deviation
      let share = select(deviation .> 0, covariance / select(deviation .> 0, deviation, .one), .zero)
      let rest = sqrt(max(fma(.zero - share, share, state.signalVariance), .zero))
      state.signal = fma(rest, blocks[group][own], fma(share, diffusion, state.signal * state.kept))
      groups[group] = state
    }
  }
}
