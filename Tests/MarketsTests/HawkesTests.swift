import Documents
import Glibc
import Lanes
import MarketData
import Markets
import Randomness
import Testing

/// Jumps that set off others, against the moments of Hawkes' process; 4 standard errors (a false alarm in 16,000 a figure), seeds
/// fixed.
///
/// Planted mistakes: candidates that are all taken; an intensity that was never led to its stationary law; a diffusion that has all
/// of the total; jumps that set off half as many. Jumps of a sub-step left out of ∫λ are found by `ProcessKindTests`.
struct HawkesTests {
  private static func process(
    _ volatility: Double, rate: Double, branching: Double, halfLife: Double, mean: Double, deviation: Double,
    drift: Double = 0
  ) throws -> HawkesJumpDiffusion {
    try HawkesJumpDiffusion(
      annualDrift: .fixed(drift), annualVolatility: .fixed(volatility), jumpsPerYear: .fixed(rate),
      branchingRatio: .fixed(branching), halfLife: .fixed(halfLife), meanJump: .fixed(mean),
      jumpVolatility: .fixed(deviation))
  }

  /// Mean ΛT; variance Λ[T/(1 − n)² + (1 − (1 − n)⁻²)(1 − e^{−κT})/κ] with κ = β(1 − n), 2.6 times that of a Poisson process
  /// here (Hawkes 1971). After a warm-up too: who counts from the start of the intensity at its mean has less.
  @Test("jumps come at their mean rate and cluster as Hawkes' process does", arguments: [0, 60], [0.3, 0.6])
  func counts(warmup: Int, branching: Double) throws {
    let (rate, halfLife) = (3000.0, 3600.0)
    let clock = try SmallMarket.clock(step: 60, steps: 240, warmup: warmup)
    // Jumps of exactly −5 %, and next to no diffusion between them.
    let process = try Self.process(
      (rate * 0.0025 * (1 + 1e-10)).squareRoot(), rate: rate, branching: branching, halfLife: halfLife, mean: -0.05,
      deviation: 0)
    var counts = [Double](repeating: 0, count: 256)
    var (all, squares): ([Double], [Double]) = ([], [])
    var last = ContiguousArray<Lanes>()
    let expected = rate * clock.years(clock.steps)
    try Market(scenario: SmallMarket.scenario(clock, [process]), seed: 51).walk(paths: 20_480, groups: 32) { tile in
      if tile.step == 0 { counts = counts.map { _ in 0 } }
      for group in 0..<tile.groups where tile.step >= 0 {
        for lane in 0..<Lanes.count {
          let before = tile.step == 0 ? 100 : last[group][lane]
          // The compensator of a minute is 3·10⁻⁴ of the price at the mean rate.
          counts[group * 8 + lane] += (-log(tile.bars[group].open[lane] / before) / 0.05).rounded()
        }
      }
      last = ContiguousArray((0..<tile.groups).map { tile.bars[$0].close })
      if tile.step == clock.steps - 1 {
        all += counts
        squares += counts.map { ($0 - expected) * ($0 - expected) }
      }
    }
    #expect(abs(score(all, against: expected)) < 4)
    let kappa = log(2) / (halfLife / (365 * 86_400)) * (1 - branching)
    let years = clock.years(clock.steps)
    let inverse = 1 / ((1 - branching) * (1 - branching))
    let variance = rate * (years * inverse + (1 - inverse) * (1 - exp(-kappa * years)) / kappa)
    let z = score(squares, against: variance)
    #expect(abs(z) < 4, "\(z)")
    #expect(score(squares, against: expected) > 4)
  }

  /// ∫λ between jumps is exponential with mean 1 (Papangelou; Ogata 1988), with λ summed here from all jumps before. Spans end where
  /// they like.
  @Test("on the clock of their own intensity jumps are a Poisson process (Kolmogorov-Smirnov)")
  func timeRescaling() {
    let (mean, branching, decay) = (2.0, 0.7, 3.0)
    var state = SelfExcitation(mean: mean, branching: branching, decay: decay)
    var stream = SparseStream(RandomStreams(seed: 52, namespace: .test).key("hawkes"), path: 0)
    var times: [Double] = []
    var integral = 0.0
    for span in 0..<40_000 {
      integral += state.pass(0.125, uniform: { stream.uniform() }, land: { times.append(Double(span) * 0.125 + $0) })
    }
    let (base, jump) = (mean * (1 - branching), branching * decay)
    var excitement = mean * branching
    var (last, total) = (0.0, 0.0)
    let uniforms = times.map { time -> Double in
      let waited = time - last
      let area = base * waited + excitement / decay * (1 - exp(-decay * waited))
      excitement = excitement * exp(-decay * waited) + jump
      last = time
      total += area
      return exp(-area)
    }
    #expect(times.count > 8000)
    // scipy.stats.kstwobign.isf(1e-4)
    #expect(kolmogorovSmirnov(uniforms) < 2.225)
    let rest = base * (5000 - last) + excitement / decay * (1 - exp(-decay * (5000 - last)))
    #expect(abs(integral - total - rest) < 1e-6)
  }

  @Test("the total variance is that of the file where jumps have no mean")
  func variance() throws {
    let clock = try SmallMarket.clock(sessions: true, step: 23_400, steps: 2, substeps: 1)
    let process = try Self.process(0.5, rate: 100, branching: 0.6, halfLife: 7200, mean: 0, deviation: 0.03)
    let market = try Market(scenario: SmallMarket.scenario(clock, [process]), seed: 53)
    let returns = market.finalPrices(paths: 200_000).map { log($0) }
    let mean = returns.reduce(0, +) / Double(returns.count)
    let z = score(returns.map { ($0 - mean) * ($0 - mean) }, against: 0.25 * 2 / 252)
    #expect(abs(z) < 4, "\(z)")
  }

  @Test("without branching it has Merton's cumulants")
  func limit() throws {
    let clock = try SmallMarket.clock(sessions: true, step: 23_400, steps: 20, substeps: 1)
    let years = clock.years(clock.steps)
    let (rate, m, s) = (60.0, -0.03, 0.04)
    let process = try Self.process(0.5, rate: rate, branching: 0, halfLife: 3600, mean: m, deviation: s)
    let returns = try Market(scenario: SmallMarket.scenario(clock, [process]), seed: 54)
      .finalPrices(paths: 200_000).map { log($0) }
    let c3 = rate * years * (m * m * m + 3 * m * s * s)
    let c4 = rate * years * (m * m * m * m + 6 * m * m * s * s + 3 * s * s * s * s)
    for z in cumulantScores(returns, 0.25 * years, c3, c4) { #expect(abs(z) < 4, "\(z)") }
  }

  @Test("a branching ratio of 1 is refused where it is read, with its range")
  func refusal() throws {
    let text = """
      { "model": "hawkes", "annualVolatility": 0.5, "jumpsPerYear": 20, "branchingRatio": 1, "halfLife": "10m", "meanJump": 0, \
      "jumpVolatility": 0.02 }
      """
    let root = try DocumentParser.parse(Array(text.utf8), file: "x.json").root
    let reading = Reading()
    #expect(PriceProcesses.catalogue.value(of: root, reading) == nil)
    #expect(reading.problems.count == 1)
    #expect(reading.problems.first.map { "\($0)" }?.contains("branchingRatio") == true)
  }
}
