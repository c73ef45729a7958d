import Documents
import Lanes
import Randomness

/// Merton's jump-diffusion: geometric Brownian motion whose log price also jumps, by N(m_J, s_J²) at the times of a
/// Poisson process; sampled exactly.
///
/// `annualVolatility` is the total close-to-close volatility σ, jumps included: the diffusion has
/// σ_d² = σ² − λ(m_J² + s_J²), which must be above 0. The drift is compensated by −λk, k = e^{m_J + s_J²/2} − 1, so
/// that E[S_T] = S₀e^{μT}. Jumps come on the clock of variance, so some of them overnight; each lands at the open of the
/// sub-step in which it falls, and is compensated there: who comes to the market at an open, or leaves it, gains nothing by
/// it. The events' volatility multiplier scales the diffusion (and its own compensator) only.
/// Source: R. C. Merton (1976), Journal of Financial Economics 3.
package struct MertonJumpDiffusion: PriceProcess, Parametric {
  /// Drift μ of the price, 1/year.
  package let annualDrift: Draw
  /// Total volatility σ of the log price, close to close, 1/√year.
  package let annualVolatility: Draw
  /// Mean number λ of jumps, 1/year.
  package let jumpsPerYear: Draw
  /// Mean m_J of a jump in log price.
  package let meanJump: Draw
  /// Standard deviation s_J of a jump in log price.
  package let jumpVolatility: Draw

  /// States the model; throws when the jumps alone can have more variance than the total.
  package init(
    annualDrift: Draw = .fixed(0), annualVolatility: Draw, jumpsPerYear: Draw, meanJump: Draw, jumpVolatility: Draw
  ) throws(FormViolation) {
    self.annualDrift = annualDrift
    self.annualVolatility = annualVolatility
    self.jumpsPerYear = jumpsPerYear
    self.meanJump = meanJump
    self.jumpVolatility = jumpVolatility
    let largestMean = max(abs(meanJump.lowerBound), abs(meanJump.upperBound))
    let jumps =
      jumpsPerYear.upperBound
      * (largestMean * largestMean + jumpVolatility.upperBound * jumpVolatility.upperBound)
    let total = annualVolatility.lowerBound * annualVolatility.lowerBound
    guard total > jumps else {
      throw FormViolation(
        Self.field(\.annualVolatility),
        "the total volatility can be as low as \(rounded(total.squareRoot())), and the jumps alone can have "
          + "\(rounded(jumps.squareRoot())): nothing is left for the diffusion")
    }
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField(
      \.annualDrift, "annualDrift", .draw(.perYear, in: .between(-10, 10)), default: .fixed(0), "drift of the price"),
    ModelField(
      \.annualVolatility, "annualVolatility", .draw(.perSquareRootYear, in: .above(0, atMost: 20)),
      "total volatility of the log price, close to close, jumps included"),
    ModelField(\.jumpsPerYear, "jumpsPerYear", .draw(.perYear, in: .between(0, 100_000)), "mean number of jumps"),
    ModelField(\.meanJump, "meanJump", .draw(.logReturn, in: .between(-1, 1)), "mean of a jump in log price"),
    ModelField(
      \.jumpVolatility, "jumpVolatility", .draw(.logReturn, in: .between(0, 1)),
      "standard deviation of a jump in log price"),
    make: { (drift, volatility, rate, mean, deviation) throws(FormViolation) in
      try MertonJumpDiffusion(
        annualDrift: drift, annualVolatility: volatility, jumpsPerYear: rate, meanJump: mean, jumpVolatility: deviation)
    })

  package var limits: [String] { [Limit.constantVolatility] }
  package var jumps: Bool { true }
  package func expectedJumps(years: Double) -> Double { jumpsPerYear.plausible.upperBound * years }

  static let jumpTimes = "jump/time"
  static let jumpSizes = "jump/size"
  package var streamNames: [String] { [Self.jumpTimes, Self.jumpSizes] }

  package func makeState(_ site: ProcessSite) -> any ProcessState { MertonJumpDiffusionState(self, site) }
}

/// A number with three digits, for a message.
func rounded(_ x: Double) -> String { JSONWriter.number((x * 1000).rounded() / 1000) }

/// Merton's jump-diffusion on the paths of one tile.
///
/// The n-th jump's time and size are functions of the path and n, with n counted from t = 0, backwards in the warm-up:
/// a longer warm-up moves no jump.
final class MertonJumpDiffusionState: ProcessState {
  /// A jump to come: when, in years of variance after t = 0, and its index n.
  private struct Jump {
    var time: Double
    var index: Int32
  }

  private var drawn: DrawnParameters<MertonJumpDiffusion>
  private var rate, mean, deviation: ContiguousArray<Lanes>
  private let timeKey, sizeKey: StreamKey
  private let warmupYears: Double
  /// When the warm-up's jumps come, and the first of them on each path.
  private var backwardTimes: BackwardJumpTimes
  private var firstJumps: ContiguousArray<Jump>
  private var paths: TilePaths
  private var drift, diffusion: ContiguousArray<Lanes>
  /// −λk: what the open gains a year for the jumps that land there.
  private var compensator: ContiguousArray<Lanes>
  /// The next jump of each path, by lane group: its time, in lanes for the comparison of every step.
  private var nextTimes: ContiguousArray<Lanes>
  private var nextJumps: ContiguousArray<Jump>

  init(_ model: MertonJumpDiffusion, _ site: ProcessSite) {
    drawn = site.parameters(of: model)
    timeKey = site.key(MertonJumpDiffusion.jumpTimes)
    sizeKey = site.key(MertonJumpDiffusion.jumpSizes)
    warmupYears = site.warmupYears
    backwardTimes = BackwardJumpTimes(
      paths: site.groups * Lanes.count, expected: model.jumpsPerYear.upperBound * site.warmupYears)
    paths = TilePaths(firstPath: 0, groups: site.groups)
    let empty = ContiguousArray(repeating: Lanes.zero, count: site.groups)
    (rate, mean, deviation) = (empty, empty, empty)
    drift = empty
    compensator = empty
    diffusion = empty
    nextTimes = empty
    nextJumps = ContiguousArray(repeating: Jump(time: 0, index: 0), count: site.groups * Lanes.count)
    firstJumps = nextJumps
  }

  var parameters: [PathParameter] { drawn.all }

  func reset(_ paths: TilePaths) {
    self.paths = paths
    drawn.draw(for: paths)
    (rate, mean, deviation) = (drawn.jumpsPerYear, drawn.meanJump, drawn.jumpVolatility)
    drift = drawn.annualDrift
    let volatility = drawn.annualVolatility
    for group in 0..<paths.groups {
      let (lambda, m, s) = (rate[group], mean[group], deviation[group])
      let sigma = volatility[group]
      compensator[group] = .zero - lambda * expm1(fma(0.5 * s, s, m))
      diffusion[group] = sqrt(max(sigma * sigma - lambda * (m * m + s * s), 0))
    }
    for group in 0..<paths.groups {
      for lane in 0..<Lanes.count { firstJumps[group * Lanes.count + lane] = firstJump(group, lane) }
    }
    restart()
  }

  func restart() {
    for group in 0..<paths.groups {
      for lane in 0..<Lanes.count { setNext(firstJumps[group * Lanes.count + lane], group, lane) }
    }
  }

  func advance(
    _ time: VarianceTime, _ innovations: ContiguousArray<Innovation>, _ effects: ContiguousArray<EventEffect>,
    _ moves: inout ContiguousArray<LogMove>
  ) {
    diffuse(time, drift, diffusion, openDrift: compensator, innovations, effects, &moves)
    let end = time.endYears
    for group in 0..<paths.groups {
      let due = nextTimes[group] .< end
      if due.isNone { continue }
      for lane in 0..<Lanes.count where due[lane] {
        moves[group].gap[lane] += jumpsBefore(end, group, lane)
      }
    }
  }

  /// The sum of a path's jumps before a time, which then lie behind.
  private func jumpsBefore(_ end: Double, _ group: Int, _ lane: Int) -> Double {
    var jump = nextJumps[group * Lanes.count + lane]
    var sum = 0.0
    while jump.time < end {
      sum += size(jump.index, group, lane)
      jump = jump.index < -1 ? backward(to: jump.index + 1, group, lane) : following(jump, group, lane)
    }
    setNext(jump, group, lane)
    return sum
  }

  private func setNext(_ jump: Jump, _ group: Int, _ lane: Int) {
    nextJumps[group * Lanes.count + lane] = jump
    nextTimes[group][lane] = jump.time
  }

  /// The first jump of the warm-up, or the first after it.
  private func firstJump(_ group: Int, _ lane: Int) -> Jump {
    if warmupYears > 0, rate[group][lane] > 0,
      let earliest = backwardTimes.goBack(
        to: -warmupYears, path: group * Lanes.count + lane, interval: { interval(before: $0, group, lane) })
    {
      return Jump(time: earliest.time, index: earliest.index)
    }
    return Jump(time: interval(before: 0, group, lane), index: 0)
  }

  /// The jump with a negative index.
  private func backward(to index: Int32, _ group: Int, _ lane: Int) -> Jump {
    let time = backwardTimes.time(
      of: index, path: group * Lanes.count + lane, interval: { interval(before: $0, group, lane) })
    return Jump(time: time, index: index)
  }

  /// The jump after one; index 0 counts from t = 0.
  private func following(_ jump: Jump, _ group: Int, _ lane: Int) -> Jump {
    let start = jump.index < 0 ? 0 : jump.time
    let index = jump.index + 1
    return Jump(time: start + interval(before: index, group, lane), index: index)
  }

  /// The waiting time that belongs to a jump's index, in years of variance; +∞ when there are no jumps.
  private func interval(before index: Int32, _ group: Int, _ lane: Int) -> Double {
    let lambda = rate[group][lane]
    guard lambda > 0 else { return .infinity }
    var stream = SparseStream(timeKey, path: paths.path(group, lane), lastWord: index)
    return -log(Lanes(stream.uniform()))[0] / lambda
  }

  /// The jump of an index, in log price.
  private func size(_ index: Int32, _ group: Int, _ lane: Int) -> Double {
    var stream = SparseStream(sizeKey, path: paths.path(group, lane), lastWord: index)
    return mean[group][lane] + deviation[group][lane] * normalQuantile(Lanes(stream.uniform()))[0]
  }
}
