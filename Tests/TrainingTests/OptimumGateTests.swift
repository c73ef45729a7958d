import Agents
import Foundation
import Glibc
import Lanes
import Learning
import Markets
import Randomness
import Testing
import Trading
import Training

/// What is learned against the best that can be done, in a market without cost, impact, margin call and ruin: days of a signal
/// with a half-life of ten, leverage within 3, growth of log wealth over 60 days.
///
/// On 20,000 paths that nothing was trained or judged on, the same for both. J/J* is at least a share q with 99 % confidence,
/// one-sided, where the mean of J − qJ* lies 2.33 standard errors over 0.
@Suite("A trained agent and the optimum")
struct OptimumGateTests {
  private static let (volatility, deviation, halfLife, leverage) = (0.5, 0.75, 10.0, 3.0)
  /// κ a day.
  private static var decay: Double { log(2) / halfLife }

  private static func training(
    _ seen: Bool, deviation: Double = deviation, observations: String, steps: Int, hidden: Int = 16,
    minibatch: Int = 2048, every: Int = 10
  ) throws
    -> SmallTraining
  {
    try SmallTraining(
      training: [
        "observations": observations, "mandate": #"{ "leverage": 3 }"#, "ruinBelow": "0", "rules": "{}",
        "equity": "1000000", "hidden": "[\(hidden)]", "scenarios": #"[{ "file": "market.json" }]"#,
        "hyperparameters": """
        { "totalSteps": \(steps), "environments": 256, "rolloutSteps": 60, "minibatch": \(minibatch), "epochs": 4,
          "discount": 0, "advantageLambda": 0, "learningRate": 0.003, "finalLearningRate": 0.0001 }
        """,
        "validation": #"{ "paths": 16000, "every": \#(every) }"#,
      ],
      scenario: [
        "clock": """
        { "step": "1d", "length": "60d", "warmup": "70d", "calendar": { "model": "continuous" }, "substeps": 1 }
        """,
        "assets": """
        { "A": { "price": 100, "process": { "model": "predictableReturns", "annualVolatility": \(volatility),
            "signal": { "deviation": \(deviation), "halfLife": "10d", "visibility": "\(seen ? "seen" : "hidden")" } },
            "liquidity": { "halfSpreadBps": 0, "volumePerDay": 1000000000, "depthTo1Percent": 1000000000000000 } } }
        """,
        "venue": #"{ "takerFeeBps": 0, "initialMargin": 0.1, "maintenanceMargin": 0.001, "latency": "0s" }"#,
        "events": "{}",
      ])
  }

  /// An agent that asks for weights of asset A; what it keeps of the past is its own.
  private final class Rule: Seat {
    /// For a lane group: the weight, from what is shown and the last log return.
    let weight: (Lanes, Lanes, inout Lanes) -> Lanes
    var memory: ContiguousArray<Lanes>
    var closes: ContiguousArray<Lanes>
    var moves: ContiguousArray<Lanes>
    var weights: ContiguousArray<Lanes>

    init(groups: Int, _ weight: @escaping (Lanes, Lanes, inout Lanes) -> Lanes) {
      self.weight = weight
      memory = ContiguousArray(repeating: .zero, count: groups)
      (closes, moves, weights) = (memory, memory, memory)
    }

    func reset() {
      for group in memory.indices {
        (memory[group], closes[group], moves[group]) = (.zero, .zero, .zero)
      }
    }

    func observe(_ market: MarketView) {
      for group in memory.indices {
        let close = Lanes { log(market.bars[group].close[$0]) }
        moves[group] = select(closes[group] .== 0, .zero, close - closes[group])
        closes[group] = close
        let signal = market.signals.isEmpty ? Lanes.zero : market.signals[group]
        weights[group] = weight(signal, moves[group], &memory[group])
      }
    }

    func decide(_ market: MarketView, _ account: AccountView, _ decisions: inout ContiguousArray<Decision>) {
      for group in memory.indices { decisions[group] = Decision(weight: weights[group], acts: .all) }
    }
  }

  private struct RuleAgent: Agent {
    let weight: @Sendable (Lanes, Lanes, inout Lanes) -> Lanes

    func makeSeat(_ site: DeskSite) -> any Seat { Rule(groups: site.groups, weight) }
  }

  private static func clipped(_ drift: Lanes) -> Lanes {
    min(max(drift / (volatility * volatility), Lanes(-leverage)), Lanes(leverage))
  }

  /// w* = clip(x/σ²), where x is seen.
  private static let seenOptimum = RuleAgent { signal, _, _ in clipped(signal) }

  /// The same with the Kalman filter's estimate from closes alone, in its steady state.
  private static func hiddenOptimum(_ deviation: Double) -> RuleAgent {
    // Of a day: x' = φx + ε, r = x·h + J + σW, with the moments of an Ornstein-Uhlenbeck process and its integral.
    let (k, a) = (decay, 1 / 365.0)
    let phi = exp(-k)
    let h = a * (1 - phi) / k
    let q = deviation * deviation * (1 - phi * phi)
    let f2 = (1 - phi * phi) / (2 * k)
    let j = 2 * a * a * deviation * deviation / k * (1 - 2 * (1 - phi) / k + f2)
    let c = 2 * a * deviation * deviation * ((1 - phi) / k - f2)
    let noise = j + volatility * volatility * a
    var (p, gain) = (deviation * deviation, 0.0)
    for _ in 0..<5000 {
      gain = (phi * p * h + c) / (h * h * p + noise)
      p = phi * phi * p + q - gain * (phi * p * h + c)
    }
    let (steady, drift) = (gain, -0.5 * volatility * volatility * a)
    return RuleAgent { _, move, estimate in
      let surprise = select(move .== 0, .zero, move - drift - estimate * h)
      estimate = estimate * phi + surprise * steady
      return clipped(estimate)
    }
  }

  /// Log wealth at the horizon of some agents on the same paths.
  private static func growth(_ agents: [any Agent], _ file: TrainingFile, paths: Int) throws -> [[Double]] {
    let market = try Market(scenario: file.scenarios[0].scenario, seed: 77, namespace: .test)
    let planned = try ScenarioEnvironment(file, seed: 1).markets[0]
    let desks = agents.enumerated().map {
      Desk(index: $0, agentName: "\($0)", agent: $1, riskName: "", rules: [])
    }
    let (tile, groups) = (market.makeTile(groups: 25), 25)
    let panel = PanelTile(desks, market: market.description, terms: planned.terms, groups: groups)
    var growth: [[Double]] = agents.map { _ in [] }
    for first in stride(from: 0, to: paths, by: groups * Lanes.count) {
      tile.reset(firstPath: UInt64(first))
      panel.reset(tile)
      for _ in 0..<market.description.clock.warmupSteps + market.description.clock.steps {
        tile.advance()
        panel.advance(tile)
      }
      for (index, desk) in panel.desks.enumerated() {
        for path in 0..<groups * Lanes.count {
          growth[index].append(log(Swift.max(desk.equityRatio(group: path / 8)[path % 8], Reward.floor)))
        }
      }
    }
    return growth
  }

  private static func moments(_ values: [Double]) -> (mean: Double, error: Double) {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    return (mean, (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1) / n).squareRoot())
  }

  private func learn(_ small: SmallTraining, seed: Int) throws -> (file: TrainingFile, agent: PolicyAgent) {
    let file = try small.file
    let folder = "\(small.folder)/seed-\(seed)"
    _ = try Training(file, seed: seed, folder: folder).run(
      threads: 2, resume: false, overwrite: false, origin: "test", shouldStop: { false }, report: { _ in })
    return (file, PolicyAgent(folder: folder, try SavedAgent.read(folder)))
  }

  /// The lower one-sided 99 % bound of J − qJ*.
  private func bound(_ growth: [[Double]], share: Double) -> Double {
    let (mean, error) = Self.moments(zip(growth[0], growth[1]).map { $0 - share * $1 })
    return mean - 2.326 * error
  }

  @Test("the optimum earns what its closed form says, seen and hidden", arguments: [true, false])
  func closedForm(_ seen: Bool) throws {
    let file = try Self.training(seen, observations: #"[{ "model": "position" }]"#, steps: 1).file
    let optimum = seen ? Self.seenOptimum : Self.hiddenOptimum(Self.deviation)
    let (mean, error) = Self.moments(try Self.growth([optimum], file, paths: 20_000)[0])
    let best =
      seen
      ? SignalOptimum(volatility: Self.volatility, seen: Self.deviation, leverage: Self.leverage)
      : SignalOptimum(
        volatility: Self.volatility, hidden: Self.deviation, decay: Self.decay * 365, correlation: 0,
        leverage: Self.leverage)
    // A weight stands for a day in which the signal fades: 1 − f(κ) of it, some 3.4 %, is lost, and a little of what is known.
    let expected = best.growth * 60 / 365
    #expect(mean < expected + 4 * error && mean > 0.9 * expected - 4 * error, "\(mean) ± \(error), \(expected)")
  }

  @Test("with the signal seen earns at least 0.95 of it, and untrained nothing like it", arguments: [1])
  func seen(_ seed: Int) throws {
    try seen(seed, steps: 3_000_000)
  }

  @Test(
    "with the signal seen earns at least 0.95 of it with each of five seeds", .gates, arguments: [1, 2, 3, 4, 5])
  func seenByAll(_ seed: Int) throws {
    try seen(seed, steps: 6_000_000)
  }

  private func seen(_ seed: Int, steps: Int) throws {
    let small = try Self.training(true, observations: #"[{ "model": "signal" }]"#, steps: steps)
    let (file, agent) = try learn(small, seed: seed)
    let growth = try Self.growth([agent, Self.seenOptimum], file, paths: 20_000)
    let (mean, best) = (Self.moments(growth[0]).mean, Self.moments(growth[1]).mean)
    #expect(bound(growth, share: 0.95) >= 0, "seed \(seed): \(mean) of \(best), bound \(bound(growth, share: 0.95))")
    print("seed \(seed): \(mean / best) of the optimum")
    let (_, untrained) = try learn(
      try Self.training(true, observations: #"[{ "model": "signal" }]"#, steps: 1), seed: seed)
    let nothing = try Self.growth([untrained, Self.seenOptimum], file, paths: 20_000)
    #expect(bound(nothing, share: 0.5) < 0)
  }

  private static let returns =
    "["
    + [1, 2, 4, 8, 16, 32, 64].map { #"{ "model": "return", "bars": \#($0), "halfLife": 60 }"# }
    .joined(separator: ", ") + "]"

  @Test(
    "with the signal hidden earns at least 0.90 of what the filter does with each of five seeds", .gates,
    arguments: [1, 2, 3, 4, 5])
  func hidden(_ seed: Int) throws {
    let small = try Self.training(
      false, deviation: 1.5, observations: Self.returns, steps: 40_000_000, hidden: 8, minibatch: 15_360, every: 200)
    let (file, agent) = try learn(small, seed: seed)
    let growth = try Self.growth([agent, Self.hiddenOptimum(1.5)], file, paths: 20_000)
    let (mean, best) = (Self.moments(growth[0]).mean, Self.moments(growth[1]).mean)
    print("seed \(seed): \(mean / best) of the filter's value")
    #expect(bound(growth, share: 0.90) >= 0, "seed \(seed): \(mean) of \(best)")
  }

  @Test("on a martingale earns nothing, though it trades while it learns", arguments: [1])
  func martingale(_ seed: Int) throws {
    let small = try Self.training(true, deviation: 0, observations: Self.returns, steps: 2_000_000)
    let (file, agent) = try learn(small, seed: seed)
    let growth = try Self.growth([agent], file, paths: 20_000)[0]
    let (mean, error) = Self.moments(growth)
    // Log wealth falls by half of what it varies; nothing is gained beyond that.
    #expect(mean < 3 * error, "\(mean) ± \(error)")
    let wealth = Self.moments(growth.map { exp($0) - 1 })
    #expect(abs(wealth.mean) < 3 * wealth.error + 1e-9, "\(wealth)")
  }
}

extension Trait where Self == ConditionTrait {
  /// Minutes of computing: for `make gates`.
  fileprivate static var gates: Self {
    .enabled(if: ProcessInfo.processInfo.environment["STRESSLAB_GATES"] != nil, "only in make gates")
  }
}
