import Documents
import Lanes
import Randomness

/// A jump-diffusion whose jumps set off others: normal jumps in log price at the times of a Hawkes process beside geometric
/// Brownian motion.
///
/// The intensity λ(t) = λ₀ + Σ α e^{−β(t − tᵢ)} has the mean Λ = λ₀/(1 − n), n = α/β the branching ratio: each jump sets off n
/// others in the mean. `annualVolatility` is the total σ, jumps at their mean rate included: the diffusion has
/// σ² − Λ(m_J² + s_J²), which must be above 0. Where jumps have a mean their clusters add more to the variance of longer times than
/// to that of short ones. Jumps come on the clock of variance; in a session `halfLife` is trading time, and a night counts as as
/// much of it as its share of the variance. Each lands at the open of its sub-step and is compensated there by −k∫λdt along the
/// path, so that E[S_T] = S₀e^{μT}. The intensity starts at its mean before the warm-up, ten of its relaxation times 1/(β − α), or as
/// long as a thousand jumps take where that is shorter.
/// Events multiply the diffusion's volatility only.
/// Source: A. G. Hawkes (1971), Biometrika 58(1); E. Bacry, I. Mastromatteo & J.-F. Muzy (2015), Market Microstructure and
/// Liquidity 1(1), section 2.
package struct HawkesJumpDiffusion: PriceProcess, VolatilityDrawn, Parametric {
  /// Drift μ of the price, 1/year.
  package let annualDrift: Draw
  /// Total volatility σ of the log price, 1/√year.
  package let annualVolatility: Draw
  /// Mean number Λ of jumps, 1/year.
  package let jumpsPerYear: Draw
  /// n, in 0 ..< 1.
  package let branchingRatio: Draw
  /// ln 2/β, seconds of trading time.
  package let halfLife: Draw
  /// Mean m_J of a jump in log price.
  package let meanJump: Draw
  /// Standard deviation s_J of a jump in log price.
  package let jumpVolatility: Draw

  /// States the model; throws when the jumps alone can have more variance than the total.
  package init(
    annualDrift: Draw = .fixed(0), annualVolatility: Draw, jumpsPerYear: Draw, branchingRatio: Draw, halfLife: Draw,
    meanJump: Draw, jumpVolatility: Draw
  ) throws(FormViolation) {
    self.annualDrift = annualDrift
    self.annualVolatility = annualVolatility
    self.jumpsPerYear = jumpsPerYear
    self.branchingRatio = branchingRatio
    self.halfLife = halfLife
    self.meanJump = meanJump
    self.jumpVolatility = jumpVolatility
    let square = NormalJumps.largestSquare(mean: meanJump, deviation: jumpVolatility)
    if let violation = JumpShare.violation(of: annualVolatility, rate: jumpsPerYear, square: square) {
      throw violation.under(Self.field(\.annualVolatility))
    }
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField(
      \.annualDrift, "annualDrift", .draw(.perYear, in: .between(-10, 10)), default: .fixed(0), "drift of the price"),
    ModelField(
      \.annualVolatility, "annualVolatility", .draw(.perSquareRootYear, in: .above(0, atMost: 20)),
      "total volatility of the log price, jumps at their mean rate included"),
    ModelField(\.jumpsPerYear, "jumpsPerYear", .draw(.perYear, in: .between(0, 100_000)), "mean number of jumps"),
    ModelField(
      \.branchingRatio, "branchingRatio", .draw(.fraction, in: .atLeast(0, below: 1)),
      "how many jumps each one sets off in the mean; from 1 on they never end"),
    ModelField(
      \.halfLife, "halfLife", .drawnDuration(in: .above(0)),
      "trading time in which half of what a jump adds to the intensity is gone"),
    ModelField(\.meanJump, "meanJump", .draw(.logReturn, in: .between(-1, 1)), "mean of a jump in log price"),
    ModelField(
      \.jumpVolatility, "jumpVolatility", .draw(.logReturn, in: .between(0, 1)),
      "standard deviation of a jump in log price"),
    make: { (drift, volatility, rate, branching, halfLife, mean, deviation) throws(FormViolation) in
      try HawkesJumpDiffusion(
        annualDrift: drift, annualVolatility: volatility, jumpsPerYear: rate, branchingRatio: branching,
        halfLife: halfLife, meanJump: mean, jumpVolatility: deviation)
    })

  package var limits: [String] { [Limit.constantVolatility] }
  package var jumps: Bool { true }
  package func expectedJumps(years: Double) -> Double { jumpsPerYear.plausible.upperBound * years }

  /// Uniforms of the first candidate of a sub-step; then those of all others, sizes, and what was before the warm-up.
  static let candidates = "jump/candidate"
  static let others = "jump/others"
  static let early = "jump/early"
  package var streamNames: [String] { [Self.candidates, Self.others, JumpStream.sizes, Self.early] }

  /// As Merton's jump-diffusion at the intensity of a cluster.
  package func reach(horizonYears: Double, warmupYears: Double) -> PriceReach {
    let rate = jumpsPerYear.plausible.upperBound / (1 - min(branchingRatio.plausible.upperBound, 0.99))
    return PriceReach(
      drift: annualDrift.plausible, volatility: annualVolatility.plausible.upperBound,
      excess: rate * NormalJumps.largestExcess(mean: meanJump, deviation: jumpVolatility), horizonYears: horizonYears,
      warmupYears: warmupYears)
  }

  package func makeState(_ site: ProcessSite) -> any ProcessState { HawkesState(self, site) }
}

/// Jumps that set off others on the paths of one tile.
///
/// Each sub-step's candidates are drawn from its own place in the streams, whatever came before: a longer warm-up moves no draw.
final class HawkesState: ProcessState {
  /// λ₀, λ − λ₀, α and β of eight paths.
  private struct Group {
    var base = Lanes.zero
    var excitement = Lanes.zero
    var start = Lanes.zero
    var branching = Lanes.zero
    var decay = Lanes.one
  }

  private var drawn: DrawnParameters<HawkesJumpDiffusion>
  private var groups: ContiguousArray<Group>
  private var drift, diffusion, meanReturn: ContiguousArray<Lanes>
  private var sizes: NormalJumps
  private var candidates: ContiguousArray<DenseStream> = []
  private let candidateKey, otherKey, sizeKey, earlyKey: StreamKey
  /// Years of variance of a second within a session.
  private let yearsPerSecond: Double
  private var paths: TilePaths

  init(_ model: HawkesJumpDiffusion, _ site: ProcessSite) {
    drawn = site.parameters(of: model)
    candidateKey = site.key(HawkesJumpDiffusion.candidates)
    otherKey = site.key(HawkesJumpDiffusion.others)
    sizeKey = site.key(JumpStream.sizes)
    earlyKey = site.key(HawkesJumpDiffusion.early)
    sizes = NormalJumps(mean: drawn.meanJump, deviation: drawn.jumpVolatility, sizeKey)
    yearsPerSecond = site.substepYears / site.substepSeconds
    groups = ContiguousArray(repeating: Group(), count: site.groups)
    drift = ContiguousArray(repeating: .zero, count: site.groups)
    (diffusion, meanReturn) = (drift, drift)
    paths = TilePaths(firstPath: 0, groups: site.groups)
  }

  var parameters: [PathParameter] { drawn.all }

  func reset(_ paths: TilePaths) {
    self.paths = paths
    drawn.draw(for: paths)
    candidates = ContiguousArray(groups.indices.map { DenseStream(candidateKey, paths.group($0)) })
    sizes = NormalJumps(mean: drawn.meanJump, deviation: drawn.jumpVolatility, sizeKey)
    drift = drawn.annualDrift
    let (rate, volatility) = (drawn.jumpsPerYear, drawn.annualVolatility)
    let (branching, halfLife) = (drawn.branchingRatio, drawn.halfLife)
    for group in groups.indices {
      let sigma = volatility[group]
      diffusion[group] = sqrt(max(sigma * sigma - rate[group] * sizes.meanSquare(group), 0))
      meanReturn[group] = sizes.meanReturn(group)
      groups[group].decay = 0.693147180559945309 / (halfLife[group] * yearsPerSecond)
      groups[group].branching = branching[group]
      for lane in 0..<Lanes.count {
        var state = SelfExcitation(
          mean: rate[group][lane], branching: branching[group][lane], decay: groups[group].decay[lane])
        burnIn(&state, path: paths.path(group, lane))
        groups[group].base[lane] = state.base
        groups[group].start[lane] = state.excitement
      }
    }
    restart()
  }

  /// Leads an intensity from its mean through the time before the warm-up.
  private func burnIn(_ state: inout SelfExcitation, path: UInt64) {
    let relaxation = 1 / (state.decay - state.jump)
    let years = min(Self.relaxations * relaxation, Self.earlyJumps / state.intensity)
    guard state.jump > 0, years > 0, years < .infinity else { return }
    var stream = SparseStream(earlyKey, path: path)
    _ = state.pass(years, uniform: { stream.uniform() }, land: { _ in })
  }

  private static let relaxations = 10.0
  private static let earlyJumps = 1000.0

  func restart() {
    for group in groups.indices { groups[group].excitement = groups[group].start }
  }

  func advance(
    _ time: VarianceTime, _ innovations: ContiguousArray<Innovation>, _ effects: ContiguousArray<EventEffect>,
    _ moves: inout ContiguousArray<LogMove>
  ) {
    diffuse(time, drift, diffusion, innovations, effects, &moves)
    let years = time.gapYears + time.intradayYears
    for group in groups.indices {
      let state = groups[group]
      let (first, second) = candidates[group].uniforms52(step: Int32(time.substep))
      let intensity = state.base + state.excitement
      let due = .zero - log(first) .< intensity * years
      let lost = .zero - expm1(.zero - state.decay * years)
      groups[group].excitement = state.excitement * (1 - lost)
      moves[group].gap -= meanReturn[group] * fma(state.base, years, state.excitement * lost / state.decay)
      if due.isNone { continue }
      for lane in 0..<Lanes.count where due[lane] {
        let quiet = fma(state.base, years, state.excitement * lost / state.decay)[lane]
        let jumps = land(state, (first[lane], second[lane]), years, time.substep, group, lane)
        groups[group].excitement[lane] = jumps.excitement
        moves[group].gap[lane] += jumps.sum - meanReturn[group][lane] * (jumps.integral - quiet)
      }
    }
  }

  /// The jumps of a sub-step with a candidate, on one path.
  private func land(
    _ state: Group, _ first: (Double, Double), _ years: Double, _ substep: Int, _ group: Int, _ lane: Int
  ) -> (sum: Double, integral: Double, excitement: Double) {
    let path = paths.path(group, lane)
    var intensity = SelfExcitation(
      base: state.base[lane], branching: state.branching[lane], decay: state.decay[lane],
      excitement: state.excitement[lane])
    var others = SparseStream(otherKey, path: path, lastWord: Int32(substep))
    var sizeStream = SparseStream(sizeKey, path: path, lastWord: Int32(substep))
    var (count, sum) = (0, 0.0)
    let integral = intensity.pass(
      years,
      uniform: {
        count += 1
        return count == 1 ? first.0 : count == 2 ? first.1 : others.uniform()
      },
      land: { _ in sum += sizes.size(uniform: sizeStream.uniform(), group, lane) })
    return (sum, integral, intensity.excitement)
  }
}
