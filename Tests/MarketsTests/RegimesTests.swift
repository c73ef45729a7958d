import Documents
import Glibc
import Lanes
import MarketData
import Markets
import Testing

/// Regimes against the laws of a Markov chain in continuous time; 4 standard errors (a false alarm in 16,000 a figure), seeds fixed.
///
/// Planted mistakes, each seen to fail: a start by how often states are entered; one switch in a sub-step at most; a multiplier that
/// is not squared; followers all alike; states that last 10 % too long; a warm-up that goes on from where it was measured; the
/// drift of one state for all.
@Suite("Regimes")
struct RegimesTests {
  private static func state(
    _ volatility: Double, lasting seconds: Double, drift: Double = 0, next: Named<Double> = [:]
  ) -> Regimes.State {
    Regimes.State(
      annualDrift: .fixed(drift), annualVolatility: .fixed(volatility), meanDuration: .fixed(seconds), next: next)
  }

  /// Three states in a circle that is not walked evenly: A is followed by B or C, B by A, C by B or A.
  private static func circle(start: String? = nil) throws -> Regimes {
    try Regimes(
      states: [
        "a": state(0.1, lasting: 6000, next: ["b": 0.7, "c": 0.3]), "b": state(0.4, lasting: 3000),
        "c": state(1, lasting: 1500, next: ["a": 0.2, "b": 0.8]),
      ], start: start)
  }

  /// Variances of the steps from open to close, 1/year: `[path][step]`.
  private func variances(
    _ process: Regimes, steps: Int, paths: Int, seed: UInt64, step: Double = 60, warmup: Int = 0
  ) throws -> [[Double]] {
    let clock = try SmallMarket.clock(step: step, steps: steps, warmup: warmup, substeps: 1)
    let market = try Market(scenario: SmallMarket.scenario(clock, [process]), seed: seed)
    var result: [[Double]] = Array(repeating: [], count: paths)
    var first = -256
    market.walk(paths: paths, groups: 32) { tile in
      if tile.step == -warmup { first += 256 }
      guard tile.step >= 0 else { return }
      for group in 0..<tile.groups {
        for lane in 0..<Lanes.count where first + group * 8 + lane < paths {
          let deviation = tile.interiors[group].deviation[lane]
          result[first + group * 8 + lane].append(deviation * deviation / clock.intradayYears)
        }
      }
    }
    return result
  }

  /// π_s ∝ ν_s·d_s with ν = νP; here by numpy.linalg.solve (NumPy 2.4.6), ν = (0.2740, 0.4292, 0.2968).
  private static let stationary = ["a": 0.48681541582150106, "b": 0.38133874239350907, "c": 0.13184584178498987]

  /// Steps of a second: next to none has a switch, and its variance tells the state.
  @Test("states have their stationary shares at once, and keep them", arguments: [0, 40])
  func shares(warmup: Int) throws {
    let variances = try variances(Self.circle(), steps: 40, paths: 32_768, seed: 81, step: 90, warmup: warmup)
    for step in [0, 39] {
      // A step's mean variance is linear in the time that is spent in each state.
      let mean = Self.stationary["a"]! * 0.01 + Self.stationary["b"]! * 0.16 + Self.stationary["c"]!
      #expect(abs(score(variances.map { $0[step] }, against: mean)) < 4)
      let inC = variances.map { abs($0[step] - 1) < 1e-9 ? 1.0 : 0 }
      #expect(abs(score(inC, against: Self.stationary["c"]! * exp(-90.0 / 1500))) < 4)
      let inA = variances.map { abs($0[step] - 0.01) < 1e-9 ? 1.0 : 0 }
      #expect(abs(score(inA, against: Self.stationary["a"]! * exp(-90.0 / 6000))) < 4)
    }
  }

  /// From the start of a named state, whole steps in it, then the first switch inside a step, whose place its variance tells: the
  /// time until then is exponential.
  @Test(
    "a state lasts an exponential time with its mean (Kolmogorov-Smirnov), and is followed by others with their shares")
  func durations() throws {
    let variances = try variances(Self.circle(start: "a"), steps: 200, paths: 8192, seed: 82, step: 60)
    var (uniforms, followers): ([Double], [Double]) = ([], [])
    for path in variances {
      guard let step = path.firstIndex(where: { abs($0 - 0.01) > 1e-9 }), step < 199 else {
        uniforms.append(.nan)
        continue
      }
      // The state after the step, unless it has switched once more.
      let next = abs(path[step + 1] - 0.16) < 1e-9 ? 0.16 : 1
      if abs(path[step + 1] - next) < 1e-9 { followers.append(next == 1 ? 1 : 0) }
      let share = (path[step] - next) / (0.01 - next)
      guard share >= 0, share <= 1 else { continue }
      uniforms.append(exp(-(Double(step) + share) * 60 / 6000))
    }
    // Times beyond 199 steps are missing: what there is is uniform above exp(−1.99).
    let least = exp(-199.0 * 60 / 6000)
    let seen = uniforms.filter { $0 > least }.map { ($0 - least) / (1 - least) }
    #expect(seen.count > 6500)
    // scipy.stats.kstwobign.isf(1e-4). Two switches in a step are one case in 40, at most: they move the law by less.
    #expect(kolmogorovSmirnov(seen) < 2.225)
    #expect(abs(score(uniforms.map { $0.isNaN ? 1 : 0 }, against: exp(-199 * 0.01))) < 4)
    // Of C it is known a minute later with e^(−60/1500), of B with e^(−60/3000): at half a minute in the mean.
    let (b, c) = (0.7 * exp(-1.5 * 60 / 3000), 0.3 * exp(-1.5 * 60 / 1500))
    #expect(abs(score(followers, against: c / (b + c))) < 4)
  }

  /// Two states, q = 1/d₀ + 1/d₁, h a step: E V = Σπσ², Var V = π₀π₁Δ²·2(qh − 1 + e^{−qh})/(qh)², and over k steps
  /// Cov(V_t, V_{t+k}) = π₀π₁Δ²·((1 − e^{−qh})/qh)²·e^{−q(k−1)h}, Δ = σ₀² − σ₁². Without drift the squares of the diffusions'
  /// returns have the same covariance (Hamilton 1989; in discrete time π₀π₁Δ²(1 − p₀₁ − p₁₀)ᵏ). Steps are as long as the states last.
  @Test("variance and the autocovariance of squares are those of the chain, however often it switches in a step")
  func squares() throws {
    let (calm, stress, h) = (7200.0, 2400.0, 3600.0)
    let process = try Regimes(states: [
      "calm": Self.state(0.2, lasting: calm), "stress": Self.state(0.8, lasting: stress),
    ])
    let clock = try SmallMarket.clock(step: h, steps: 4, substeps: 1)
    let market = try Market(scenario: SmallMarket.scenario(clock, [process]), seed: 83)
    var columns: [[Double]] = Array(repeating: [], count: 4)
    var variances: [Double] = []
    market.walk(paths: 262_144, groups: 32) { tile in
      for group in 0..<tile.groups {
        let variance = tile.interiors[group].deviation * tile.interiors[group].deviation
        for lane in 0..<Lanes.count {
          let move = log(tile.bars[group].close[lane] / tile.bars[group].open[lane]) + 0.5 * variance[lane]
          columns[tile.step].append(move * move / clock.intradayYears)
          if tile.step == 0 { variances.append(variance[lane] / clock.intradayYears) }
        }
      }
    }
    let (q, pi) = (1 / calm + 1 / stress, calm / (calm + stress))
    let mean = pi * 0.04 + (1 - pi) * 0.64
    let delta = pi * (1 - pi) * 0.36
    for column in columns { #expect(abs(score(column, against: mean)) < 4) }
    let spread = 2 * (q * h - 1 + exp(-q * h)) / (q * h * q * h)
    let z = score(variances.map { ($0 - mean) * ($0 - mean) }, against: delta * spread)
    #expect(abs(z) < 4, "\(z)")
    for lag in 1...3 {
      let expected = delta * pow((1 - exp(-q * h)) / (q * h), 2) * exp(-q * Double(lag - 1) * h)
      let z = score(zip(columns[0], columns[lag]).map { ($0 - mean) * ($1 - mean) }, against: expected)
      #expect(abs(z) < 4, "lag \(lag): \(z)")
    }
  }

  /// With means of the states: E X = Σπ(μ − ½σ²)T, by sessions with their nights, and E e^{X} by the chain's generator:
  /// π·e^{(Q + diag μ)T}·1 in trading time. Here the nights have no part, for they keep the state of the close.
  @Test("mean log returns are those of the states, mean prices those of the chain's generator")
  func means() throws {
    let year = 365 * 86_400.0
    let process = try Regimes(states: [
      "bull": Self.state(0.2, lasting: year / 40, drift: 4), "crash": Self.state(0.6, lasting: year / 160, drift: -8),
    ])
    let clock = try SmallMarket.clock(step: 86_400, steps: 60, substeps: 1)
    let years = clock.years(clock.steps)
    let prices = try Market(scenario: SmallMarket.scenario(clock, [process]), seed: 84).finalPrices(paths: 65_536)
    let rate = 0.8 * (4 - 0.02) + 0.2 * (-8 - 0.18)
    #expect(abs(score(prices.map { log($0) }, against: rate * years)) < 4)
    // The 2 × 2 exponential, by Cayley and Hamilton.
    let (a, b, c, d) = (-40 + 4.0, 40.0, 160.0, -160 - 8.0)
    let (half, root) = ((a + d) / 2, ((a - d) * (a - d) / 4 + b * c).squareRoot())
    let (cosine, sine) = (cosh(root * years), sinh(root * years) / root)
    let first = cosine + sine * (a - half) + sine * b
    let second = sine * c + cosine + sine * (d - half)
    let expected = exp(half * years) * (0.8 * first + 0.2 * second)
    let z = score(prices, against: expected)
    #expect(abs(z) < 4, "\(z)")
  }

  @Test("a night keeps the state of the close before it, and an event multiplies what the states have")
  func nights() throws {
    let clock = try SmallMarket.clock(sessions: true, step: 23_400, steps: 3, substeps: 1)
    let process = try Regimes(
      states: ["calm": Self.state(0.3, lasting: 1e12), "stress": Self.state(0.9, lasting: 1e12)], start: "stress")
    let storm = NamedEvent(
      "storm", VolatilityEvent(start: .fixed(23_400), window: .init(plateau: .fixed(23_400)), volatility: .fixed(2)))
    let market = try Market(scenario: SmallMarket.scenario(clock, [process], events: [storm]), seed: 85)
    let twin = try Market(
      scenario: SmallMarket.scenario(clock, [SmallMarket.gbm(0.9)], events: [storm]), seed: 85)
    for (path, other) in zip(market.bars(paths: 16, groups: 2), twin.bars(paths: 16, groups: 2)) {
      for (bars, same) in zip(path, other) {
        #expect(abs(bars[0].open / same[0].open - 1) < 1e-12 && abs(bars[0].close / same[0].close - 1) < 1e-12)
      }
    }
  }

  @Test("what no chain can be is refused at its place, all at once")
  func refusals() throws {
    func problems(_ process: String) throws -> [String] {
      let root = try DocumentParser.parse(Array(process.utf8), file: "x.json").root
      let reading = Reading()
      _ = PriceProcesses.catalogue.value(of: root, reading)
      return reading.problems.map { "\($0.path): \($0.message)" }.sorted()
    }
    let calm = #""calm": { "annualVolatility": 0.2, "meanDuration": "20d" }"#
    #expect(
      try problems(#"{ "model": "regimes", "states": { \#(calm) } }"#) == [
        "/states: expected at least 2 members, found 1"
      ])
    let wrong = """
      { "model": "regimes", "start": "clam", "states": { \(calm),
        "up": { "annualVolatility": 0.2, "meanDuration": "5d", "next": { "calm": 0.5, "down": 0.4 } },
        "odd": { "annualVolatility": 0.2, "meanDuration": "5d", "next": { "odd": 0.5, "calm": 0.5 } } } }
      """
    #expect(
      try problems(wrong) == [
        "/start: no state named \"clam\"; known: calm, odd, up",
        "/states/odd/next/odd: a state does not follow itself: \"meanDuration\" says how long it lasts",
        "/states/up/next/down: no state named \"down\"; known: calm, odd, up",
        "/states/up/next: these shares add up to 0.9, and must to 1",
      ])
    let still = #""stress": { "annualVolatility": 0.9, "meanDuration": "0s" }"#
    #expect(
      try problems(#"{ "model": "regimes", "states": { \#(calm), \#(still) } }"#)
        .first?.hasPrefix("/states/stress/meanDuration: ") == true)
    let apart = try #require(throws: FormViolation.self) {
      _ = try Regimes(states: [
        "a": Self.state(0.2, lasting: 1, next: ["b": 1]), "b": Self.state(0.2, lasting: 1, next: ["a": 1]),
        "c": Self.state(0.2, lasting: 1, next: ["d": 1]), "d": Self.state(0.2, lasting: 1, next: ["c": 1]),
      ])
    }
    #expect(apart.description.hasPrefix("states: some of these states never lead to some others"))
    let clock = try SmallMarket.clock(step: 3600, steps: 1)
    let hasty = try #require(throws: FormViolation.self) {
      let process = try Regimes(states: ["a": Self.state(0.2, lasting: 1), "b": Self.state(0.4, lasting: 3600)])
      _ = try Market(scenario: SmallMarket.scenario(clock, [process]), seed: 1)
    }
    #expect(hasty.description.hasPrefix("assets/A/process/states/a/meanDuration: it can be as short as 1s"))
  }
}
