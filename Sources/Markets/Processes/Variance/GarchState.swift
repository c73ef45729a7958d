import Lanes
import Randomness

/// GARCH on the paths of one tile.
final class GarchState: VarianceDriven {
  /// What moves eight paths, and where they are.
  private struct Group {
    var drift = Lanes.zero
    /// (1 − P)θ, α, β and γ.
    var gained = Lanes.zero
    var reaction = Lanes.zero
    var kept = Lanes.zero
    var asymmetry = Lanes.zero
    /// h at the first step of the warm-up, and now; 1/year.
    var start = Lanes.zero
    var variance = Lanes.zero
    /// w of the step, and what its normals come to so far: Σ√dt·N.
    var mixing = Lanes.one
    var sum = Lanes.zero

    /// h′ after an innovation.
    @inline(__always)
    func next(after z: Lanes) -> Lanes {
      let weight = select(z .< 0, reaction + asymmetry, reaction)
      return fma(variance, fma(weight, z * z, kept), gained)
    }
  }

  private var drawn: DrawnParameters<Garch>
  private let mixing: StudentMixing?
  private let innovationKey, mixingKey: StreamKey
  private let substeps: Int
  private let stepSeconds: Double
  private var groups: ContiguousArray<Group>
  /// θ, by lane group: E[h] at every step.
  private var means: ContiguousArray<Lanes>
  /// Years of variance of the step so far.
  private var years = 0.0
  var varianceInnovations: ContiguousArray<Innovation>

  init(_ model: Garch, _ site: ProcessSite) {
    drawn = site.parameters(of: model)
    mixing = model.degreesOfFreedom.map(StudentMixing.init)
    innovationKey = site.key(Garch.earlyInnovations)
    mixingKey = site.key(Garch.earlyMixing)
    substeps = site.substeps
    stepSeconds = site.substepSeconds * Double(site.substeps)
    groups = ContiguousArray(repeating: Group(), count: site.groups)
    means = ContiguousArray(repeating: .one, count: site.groups)
    varianceInnovations = ContiguousArray(repeating: .none, count: site.groups)
  }

  var parameters: [PathParameter] { drawn.all }

  func reset(_ paths: TilePaths) {
    drawn.draw(for: paths)
    let (volatility, halfLife) = (drawn.annualVolatility, drawn.halfLife)
    let (drift, reaction, asymmetry) = (drawn.annualDrift, drawn.reaction, drawn.asymmetry)
    for group in groups.indices {
      let persistence = exp2(Lanes(-stepSeconds) / halfLife[group])
      let mean = volatility[group] * volatility[group]
      means[group] = mean
      var state = Group()
      state.drift = drift[group]
      state.reaction = reaction[group]
      state.asymmetry = asymmetry[group]
      state.kept = max(persistence - reaction[group] - 0.5 * asymmetry[group], .zero)
      state.gained = mean * (1 - persistence)
      state.variance = mean
      burnIn(&state, paths.group(group))
      state.start = state.variance
      groups[group] = state
    }
    restart()
  }

  /// Leads h from its mean through the steps before the warm-up.
  private func burnIn(_ state: inout Group, _ paths: PathGroup) {
    let (innovations, mixings) = (DenseStream(innovationKey, paths), DenseStream(mixingKey, paths))
    for block in 0..<Int32(Garch.burnIn / 4) {
      let normals = innovations.normals(block: block)
      let others = mixing == nil ? normals : mixings.normals(block: block)
      for index in Int32(0)..<4 {
        let w = mixing?.variance(at: others[index]) ?? .one
        state.variance = state.next(after: sqrt(w) * normals[index])
      }
    }
  }

  /// That of the step that comes next, which knows what happened in the last one.
  func tellUnexpectedVariance(_ ratios: inout ContiguousArray<Lanes>) {
    for group in ratios.indices {
      let ratio = groups[group].variance / max(means[group], Lanes(.leastNormalMagnitude))
      ratios[group] = select(means[group] .> 0, ratio, .one)
    }
  }

  func restart() {
    for group in groups.indices { groups[group].variance = groups[group].start }
    years = 0
  }

  func advance(
    _ time: VarianceTime, _ innovations: ContiguousArray<Innovation>, _ effects: ContiguousArray<EventEffect>,
    _ moves: inout ContiguousArray<LogMove>
  ) {
    let part = (time.substep % substeps + substeps) % substeps
    if part == 0 {
      years = 0
      begin()
    }
    years += time.gapYears + time.intradayYears
    Self.move(time, &groups, innovations, effects, &moves)
    if part == substeps - 1 { Self.end(years, &groups) }
  }

  /// Draws the mixing variances of a step.
  private func begin() {
    for group in groups.indices {
      groups[group].sum = .zero
      if let mixing { groups[group].mixing = mixing.variance(at: varianceInnovations[group].diffusion) }
    }
  }

  @inline(never)
  private static func move(
    _ time: VarianceTime, _ groups: inout ContiguousArray<Group>, _ innovations: ContiguousArray<Innovation>,
    _ effects: ContiguousArray<EventEffect>, _ moves: inout ContiguousArray<LogMove>
  ) {
    let (innovations, effects) = (innovations.span, effects.span)
    var groups = groups.mutableSpan
    var moves = moves.mutableSpan
    let (gap, intraday) = (time.gapYears, time.intradayYears)
    let (rootGap, rootIntraday) = (gap.squareRoot(), intraday.squareRoot())
    for group in moves.indices {
      let state = groups[group]
      let volatility = sqrt(state.variance * state.mixing)
      var sum = state.sum
      moves[group].gap = .zero
      if gap > 0 {
        let sigma = volatility * effects[group].gapVolatility
        let normal = innovations[group].overnight
        moves[group].gap = fma(sigma * rootGap, normal, fma(-0.5 * sigma, sigma, state.drift) * gap)
        sum = fma(normal, rootGap, sum)
      }
      let sigma = volatility * effects[group].volatility
      let normal = innovations[group].diffusion
      let deviation = sigma * rootIntraday
      moves[group].move = fma(deviation, normal, fma(-0.5 * sigma, sigma, state.drift) * intraday)
      moves[group].deviation = deviation
      groups[group].sum = fma(normal, rootIntraday, sum)
    }
  }

  @inline(never)
  private static func end(_ years: Double, _ groups: inout ContiguousArray<Group>) {
    var groups = groups.mutableSpan
    let scale = 1 / years.squareRoot()
    for group in groups.indices {
      let state = groups[group]
      groups[group].variance = state.next(after: sqrt(state.mixing) * state.sum * scale)
    }
  }
}
