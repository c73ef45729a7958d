import Lanes
import Randomness

/// The variance of Heston's model on the paths of a tile, and the diffusion that it drives.
///
/// It runs on the clock of variance, as the price does: overnight, too, by the night's share. It starts at the first step of
/// the warm-up.
struct StochasticVariance {
  /// What moves eight paths, and where their variance is.
  private struct Group {
    var drift = Lanes.zero
    /// v at the first step of the warm-up, and now; 1/year.
    var start = Lanes.zero
    var variance = Lanes.zero
  }

  /// The model's parameters on each path, by lane group.
  struct Terms {
    /// μ, 1/year.
    let drift: ContiguousArray<Lanes>
    /// θ, 1/year.
    let mean: ContiguousArray<Lanes>
    /// κ, 1/year.
    let reversion: ContiguousArray<Lanes>
    /// ξ, 1/year.
    let volatility: ContiguousArray<Lanes>
    /// ρ.
    let correlation: ContiguousArray<Lanes>
    /// √v at the start, 1/√year; nil for the stationary law.
    let start: ContiguousArray<Lanes>?
  }

  private var groups: ContiguousArray<Group>
  /// What the variance's mean follows from, by lane group.
  private var expectations: ContiguousArray<Expectation>
  /// Years of variance since the first step of the warm-up.
  private var elapsed = 0.0
  /// The variance's law over each length of a sub-step and of a gap, by lane group.
  private var intraday, nights: [Transitions]
  private let startKey: StreamKey

  /// E[v] after t years of variance: θ + (v₀ − θ)e^{−κt}; where v starts in its stationary law v₀ is θ here.
  private struct Expectation {
    var mean, reversion, start: Lanes

    func variance(after years: Double) -> Lanes {
      fma(start - mean, exp(.zero - reversion * years), mean)
    }
  }

  /// The law of the variance after some years of variance, by lane group.
  private struct Transitions {
    let years: Double
    var laws: ContiguousArray<QuadraticExponential>
  }

  /// A variance whose start comes from a stream.
  init(start key: StreamKey, _ site: ProcessSite) {
    startKey = key
    let still = QuadraticExponential(mean: .one, reversion: .one, volatility: .one, correlation: .zero, years: 0)
    let laws = ContiguousArray(repeating: still, count: site.groups)
    intraday = site.substepSpans.map { Transitions(years: $0, laws: laws) }
    nights = site.gapSpans.map { Transitions(years: $0, laws: laws) }
    groups = ContiguousArray(repeating: Group(), count: site.groups)
    expectations = ContiguousArray(
      repeating: Expectation(mean: .one, reversion: .one, start: .one), count: site.groups)
  }

  /// Starts new paths at their first warm-up step.
  mutating func reset(_ paths: TilePaths, _ terms: Terms) {
    for group in groups.indices {
      let (theta, kappa, xi) = (terms.mean[group], terms.reversion[group], terms.volatility[group])
      let rho = terms.correlation[group]
      func transition(_ years: Double) -> QuadraticExponential {
        QuadraticExponential(mean: theta, reversion: kappa, volatility: xi, correlation: rho, years: years)
      }
      for index in intraday.indices { intraday[index].laws[group] = transition(intraday[index].years) }
      for index in nights.indices { nights[index].laws[group] = transition(nights[index].years) }
      var state = Group()
      state.drift = terms.drift[group]
      if let start = terms.start {
        state.start = start[group] * start[group]
      } else {
        // Gamma with shape 2κθ/ξ² and scale ξ²/2κ. Source: Cox, Ingersoll & Ross (1985), Econometrica 53(2), equation 20.
        let scale = xi * xi / (2 * kappa)
        let shape = theta / scale
        for lane in 0..<Lanes.count {
          var stream = SparseStream(startKey, path: paths.path(group, lane))
          let law = GammaLaw(shape: max(shape[lane], Self.smallestShape))
          state.start[lane] = scale[lane] * law.quantile(stream.uniform())
        }
      }
      groups[group] = state
      expectations[group] = Expectation(
        mean: theta, reversion: kappa, start: terms.start == nil ? theta : state.start)
    }
    restart()
  }

  /// Writes v over E[v] at the end of the last sub-step, by lane group; 1 where that is 0.
  func tellUnexpected(_ ratios: inout ContiguousArray<Lanes>) {
    for group in ratios.indices {
      let expected = expectations[group].variance(after: elapsed)
      let ratio = groups[group].variance / max(expected, Lanes(.leastNormalMagnitude))
      ratios[group] = select(expected .> 0, ratio, .one)
    }
  }

  /// Shapes under this are drawn only where a law of a parameter goes to an end of its range; the variance is then 0.
  private static let smallestShape = 1e-4

  /// Starts the same paths again there.
  mutating func restart() {
    for group in groups.indices { groups[group].variance = groups[group].start }
    elapsed = 0
  }

  /// Writes the moves of one sub-step.
  ///
  /// The price's normal ε is what the engine has correlated with other assets'; the variance's is W = ρε + √(1 − ρ²)η with its
  /// own normal η, correlated likewise. So the price moves by √v dε whatever ρ is, and prices keep the file's correlations.
  ///
  /// - Parameters:
  ///   - own: η, by lane group.
  ///   - openDrift: what the log price gains at the open for the time of the whole sub-step, a year; nil for none.
  mutating func advance(
    _ time: VarianceTime, _ innovations: ContiguousArray<Innovation>, own: ContiguousArray<Innovation>,
    openDrift: ContiguousArray<Lanes>? = nil, _ effects: ContiguousArray<EventEffect>,
    _ moves: inout ContiguousArray<LogMove>
  ) {
    elapsed += time.gapYears + time.intradayYears
    if time.gapYears > 0 {
      Self.move(
        time.gapYears, isNight: true, Self.laws(nights, time.gapYears), &groups, innovations, own, effects, &moves)
    } else {
      for group in moves.indices { moves[group].gap = .zero }
    }
    if let openDrift {
      let years = time.gapYears + time.intradayYears
      for group in moves.indices { moves[group].gap = fma(openDrift[group], years, moves[group].gap) }
    }
    Self.move(
      time.intradayYears, isNight: false, Self.laws(intraday, time.intradayYears), &groups, innovations, own, effects,
      &moves)
  }

  /// The laws over some years, which are among those that the clock has.
  private static func laws(_ transitions: [Transitions], _ years: Double) -> ContiguousArray<QuadraticExponential> {
    guard let found = transitions.first(where: { $0.years == years }) else {
      preconditionFailure("Invariant: the clock has told all its lengths of time")
    }
    return found.laws
  }

  /// Leads variance and price over a night, into the gap, or from open to close.
  @inline(never)
  private static func move(
    _ years: Double, isNight: Bool, _ laws: ContiguousArray<QuadraticExponential>,
    _ groups: inout ContiguousArray<Group>,
    _ innovations: ContiguousArray<Innovation>, _ own: ContiguousArray<Innovation>,
    _ effects: ContiguousArray<EventEffect>, _ moves: inout ContiguousArray<LogMove>
  ) {
    let (innovations, own, effects, laws) = (innovations.span, own.span, effects.span, laws.span)
    var groups = groups.mutableSpan
    var moves = moves.mutableSpan
    for group in moves.indices {
      let state = groups[group]
      let epsilon = isNight ? innovations[group].overnight : innovations[group].diffusion
      let eta = isNight ? own[group].overnight : own[group].diffusion
      let multiplier = isNight ? effects[group].gapVolatility : effects[group].volatility
      let step = laws[group].step(
        from: state.variance, price: epsilon, own: eta, multiplier: multiplier)
      groups[group].variance = step.variance
      let move = fma(state.drift, years, step.move)
      if isNight {
        moves[group].gap = move
      } else {
        moves[group].move = move
        moves[group].deviation = sqrt(step.variation)
      }
    }
  }
}
