import Lanes
import Randomness

/// Regimes on the paths of one tile.
///
/// Whether a state ends in a sub-step is drawn from the sub-step's own place in the streams, since waiting times have no memory: a
/// longer warm-up moves no draw.
final class RegimesState: ProcessState {
  /// What moves eight paths now.
  private struct Group {
    var drift = Lanes.zero
    var volatility = Lanes.zero
    /// Of leaving the state, in a sub-step.
    var rate = Lanes.zero
  }

  private var drawn: DrawnParameters<Regimes>
  private let model: Regimes
  /// `[state][group]`.
  private var states: [ContiguousArray<Group>]
  private var groups: ContiguousArray<Group>
  /// The mean of σ² in the long run, by lane group; 0 where that hangs on the start.
  private var means: ContiguousArray<Lanes>
  /// `[group * lanes + lane]`: the state at the first step of the warm-up, and now.
  private var starts, current: ContiguousArray<Int>
  private var switches: ContiguousArray<DenseStream> = []
  private let switchKey, otherKey, startKey: StreamKey
  private let substepSeconds: Double
  private var paths: TilePaths
  /// ∫μdt and ∫σ²dt over the sub-step from open to close, by lane group.
  private var integrals: ContiguousArray<(drift: Lanes, variance: Lanes)>

  init(_ model: Regimes, _ site: ProcessSite) {
    drawn = site.parameters(of: model)
    self.model = model
    switchKey = site.key(Regimes.switches)
    otherKey = site.key(Regimes.others)
    startKey = site.key(Regimes.beginning)
    substepSeconds = site.substepSeconds
    groups = ContiguousArray(repeating: Group(), count: site.groups)
    means = ContiguousArray(repeating: .zero, count: site.groups)
    states = model.states.map { _ in ContiguousArray(repeating: Group(), count: site.groups) }
    starts = ContiguousArray(repeating: 0, count: site.groups * Lanes.count)
    current = starts
    paths = TilePaths(firstPath: 0, groups: site.groups)
    integrals = ContiguousArray(repeating: (.zero, .zero), count: site.groups)
  }

  var parameters: [PathParameter] { drawn.all }

  func reset(_ paths: TilePaths) {
    self.paths = paths
    drawn.draw(for: paths)
    switches = ContiguousArray(groups.indices.map { DenseStream(switchKey, paths.group($0)) })
    for (index, state) in drawn.states.values.enumerated() {
      let (drift, volatility, duration) = (state.annualDrift, state.annualVolatility, state.meanDuration)
      for group in groups.indices {
        states[index][group] = Group(
          drift: drift[group], volatility: volatility[group], rate: Lanes(substepSeconds) / duration[group])
      }
    }
    for group in groups.indices {
      means[group] = longRunVariance(group)
      for lane in 0..<Lanes.count {
        starts[group * Lanes.count + lane] = start(group, lane)
      }
    }
    restart()
  }

  /// Σπσ² with the stationary law π, in which a state has how often it is entered times how long it lasts.
  private func longRunVariance(_ group: Int) -> Lanes {
    guard let entries = model.entries else { return .zero }
    var (sum, weights) = (Lanes.zero, Lanes.zero)
    for (index, entry) in entries.enumerated() {
      let state = states[index][group]
      let weight = Lanes(entry) / state.rate
      sum = fma(weight, state.volatility * state.volatility, sum)
      weights = weights + weight
    }
    return sum / weights
  }

  /// The named state, or one by the stationary law: in proportion to how often it is entered, and how long it lasts.
  private func start(_ group: Int, _ lane: Int) -> Int {
    if let name = model.start, let named = model.states.names.firstIndex(of: name) { return named }
    guard let entries = model.entries else {
      preconditionFailure("Invariant: without a start there is one stationary law")
    }
    let weights = entries.indices.map { entries[$0] / states[$0][group].rate[lane] }
    var stream = SparseStream(startKey, path: paths.path(group, lane))
    return Self.choice(weights, stream.uniform() * weights.reduce(0, +))
  }

  /// The first whose sum of weights, its own included, is above a lot.
  private static func choice(_ weights: [Double], _ lot: Double) -> Int {
    var sum = 0.0
    var last = 0
    for (index, weight) in weights.enumerated() where weight > 0 {
      sum += weight
      last = index
      if lot < sum { return index }
    }
    return last
  }

  func tellUnexpectedVariance(_ ratios: inout ContiguousArray<Lanes>) {
    for group in ratios.indices {
      let volatility = groups[group].volatility
      let ratio = volatility * volatility / max(means[group], Lanes(.leastNormalMagnitude))
      ratios[group] = select(means[group] .> 0, ratio, .one)
    }
  }

  func restart() {
    for group in groups.indices {
      for lane in 0..<Lanes.count { enter(starts[group * Lanes.count + lane], group, lane) }
    }
  }

  private func enter(_ state: Int, _ group: Int, _ lane: Int) {
    current[group * Lanes.count + lane] = state
    groups[group].drift[lane] = states[state][group].drift[lane]
    groups[group].volatility[lane] = states[state][group].volatility[lane]
    groups[group].rate[lane] = states[state][group].rate[lane]
  }

  func advance(
    _ time: VarianceTime, _ innovations: ContiguousArray<Innovation>, _ effects: ContiguousArray<EventEffect>,
    _ moves: inout ContiguousArray<LogMove>
  ) {
    let years = time.intradayYears
    Self.cross(time.gapYears, groups, innovations, effects, &moves)
    for group in groups.indices {
      let state = groups[group]
      let (first, second) = switches[group].uniforms52(step: Int32(time.substep))
      integrals[group] = (state.drift * years, state.volatility * state.volatility * years)
      let waits = .zero - log(first)
      let due = waits .< state.rate
      if due.isNone { continue }
      for lane in 0..<Lanes.count where due[lane] {
        pass(years, wait: waits[lane], lot: second[lane], Int32(time.substep), group, lane)
      }
    }
    Self.move(integrals, innovations, effects, &moves)
  }

  /// Leads one path through the states of a sub-step.
  private func pass(_ years: Double, wait: Double, lot: Double, _ substep: Int32, _ group: Int, _ lane: Int) {
    var stream = SparseStream(otherKey, path: paths.path(group, lane), lastWord: substep)
    var (wait, lot) = (wait, lot)
    var (time, drift, variance) = (0.0, 0.0, 0.0)
    while true {
      let (mu, sigma) = (groups[group].drift[lane], groups[group].volatility[lane])
      let span = min(wait / groups[group].rate[lane], 1 - time)
      drift += mu * span
      variance += sigma * sigma * span
      guard time + span < 1 else { break }
      time += span
      enter(Self.choice(model.shares[current[group * Lanes.count + lane]], lot), group, lane)
      wait = -log(Lanes(stream.uniform()))[0]
      lot = stream.uniform()
    }
    integrals[group].drift[lane] = drift * years
    integrals[group].variance[lane] = variance * years
  }

  /// The gap of a night, by the states of the close before it.
  @inline(never)
  private static func cross(
    _ years: Double, _ groups: ContiguousArray<Group>, _ innovations: ContiguousArray<Innovation>,
    _ effects: ContiguousArray<EventEffect>, _ moves: inout ContiguousArray<LogMove>
  ) {
    let (groups, innovations, effects) = (groups.span, innovations.span, effects.span)
    var moves = moves.mutableSpan
    let root = years.squareRoot()
    for group in moves.indices {
      guard years > 0 else {
        moves[group].gap = .zero
        continue
      }
      let sigma = groups[group].volatility * effects[group].gapVolatility
      let rate = fma(-0.5 * sigma, sigma, groups[group].drift)
      moves[group].gap = fma(sigma * root, innovations[group].overnight, rate * years)
    }
  }

  @inline(never)
  private static func move(
    _ integrals: ContiguousArray<(drift: Lanes, variance: Lanes)>, _ innovations: ContiguousArray<Innovation>,
    _ effects: ContiguousArray<EventEffect>, _ moves: inout ContiguousArray<LogMove>
  ) {
    let (integrals, innovations, effects) = (integrals.span, innovations.span, effects.span)
    var moves = moves.mutableSpan
    for group in moves.indices {
      let (drift, own) = integrals[group]
      let multiplier = effects[group].volatility
      let variance = own * multiplier * multiplier
      let deviation = sqrt(variance)
      moves[group].move = fma(deviation, innovations[group].diffusion, fma(variance, -0.5, drift))
      moves[group].deviation = deviation
    }
  }
}
