import Agents
import Glibc
import Lanes
import Learning
import Markets
import Testing
import Training

/// What is learned against the best that can be done, in a market without cost, impact, margin call and ruin: days of a signal
/// with a half-life of ten, leverage within 3, growth of log wealth over 60 days.
///
/// On 20,000 paths that nothing was trained or judged on, the same for both. J/J* is at least a share q with 99 % confidence,
/// one-sided, where the mean of J − qJ* lies 2.33 standard errors over 0.
@Suite("A trained agent and the optimum")
struct OptimumGateTests {
  private static let seen = GateMarket()
  private static let hidden = GateMarket(deviation: 1.5, isSeen: false)

  @Test("the optimum earns what its closed form says, seen and hidden", arguments: [true, false])
  func closedForm(_ isSeen: Bool) throws {
    let market = GateMarket(isSeen: isSeen)
    let (mean, error) = sampleMean(try market.growth([isSeen ? market.myopic : market.filtering])[0])
    let best =
      isSeen
      ? SignalOptimum(volatility: market.volatility, seen: market.deviation, leverage: market.leverage)
      : SignalOptimum(
        volatility: market.volatility, hidden: market.deviation, decay: market.decay, correlation: 0,
        leverage: market.leverage)
    // A weight stands for a day in which the signal fades: 1 − f(κ) of it, some 3.4 %, is lost, and a little of what is known.
    let expected = best.growth * Double(GateMarket.days) * GateMarket.day
    #expect(mean < expected + 4 * error && mean > 0.9 * expected - 4 * error, "\(mean) ± \(error), \(expected)")
  }

  /// Of the shown signal alone; prices tell a little more.
  @Test("noise in what is shown lowers the optimum as the filter's error says", arguments: [0, 0.4, 1.5])
  func noisy(_ noise: Double) throws {
    let market = GateMarket(noise: noise)
    let (mean, error) = sampleMean(try market.growth([market.denoising])[0])
    let unknown = noise > 0 ? market.step.error(noise: noise) : 0
    let growth = market.step.growth(years: GateMarket.day, leverage: market.leverage, error: unknown)
    let expected = growth * Double(GateMarket.days) * GateMarket.day
    #expect(abs(mean - expected) < 4 * error, "\(mean) ± \(error), \(expected)")
  }

  /// Planted mistake: a signal that is shown a step late.
  @Test("with the signal seen earns at least 0.95 of it, and untrained nothing like it", arguments: [1])
  func seen(_ seed: Int) throws {
    try seen(seed, steps: 3_000_000)
  }

  @Test("with the signal seen earns at least 0.95 of it with each of five seeds", .gates, arguments: [1, 2, 3, 4, 5])
  func seenByAll(_ seed: Int) throws {
    try seen(seed, steps: 6_000_000)
  }

  private func seen(_ seed: Int, steps: Int) throws {
    func agent(_ steps: Int) throws -> PolicyAgent {
      try Self.seen.learn(
        .init(
          observations: #"[{ "model": "signal" }]"#, hidden: [16],
          hyperparameters: """
            "totalSteps": \(steps), "minibatch": 2048, "discount": 0, "advantageLambda": 0, "learningRate": 0.003,
            "finalLearningRate": 0.0001
            """), seed: seed
      ).agent
    }
    let growth = try Self.seen.growth([agent(steps), agent(1), Self.seen.myopic])
    let trained = PairedGrowth(growth[0], against: growth[2])
    print("seen, seed \(seed): \(trained.text)")
    #expect(trained.lowerBound(share: 0.95) >= 0, "seed \(seed): \(trained.text)")
    #expect(PairedGrowth(growth[1], against: growth[2]).lowerBound(share: 0.5) < 0)
  }

  /// The filter's estimate is an exponential average of past returns, of some 22 days here, and the distance of a close from
  /// its exponential average is another. These are two of `classic44`, a shorter and a longer one.
  private static let distances =
    "[" + [10, 50].map { #"{ "model": "indicator", "name": "EMA_\#($0)_dist" }"# }.joined(separator: ", ") + "]"

  @Test(
    "with the signal hidden earns at least 0.90 of what the filter does with each of five seeds", .gates,
    arguments: [1, 2, 3, 4, 5])
  func hidden(_ seed: Int) throws {
    func agent(_ steps: Int) throws -> PolicyAgent {
      try Self.hidden.learn(
        .init(
          observations: Self.distances, hidden: [8],
          hyperparameters: """
            "totalSteps": \(steps), "minibatch": 15360, "discount": 0, "advantageLambda": 0, "learningRate": 0.003,
            "finalLearningRate": 0.00001, "normalisesObservations": true
            """, every: 20), seed: seed
      ).agent
    }
    let growth = try Self.hidden.growth([agent(10_000_000), agent(1), Self.hidden.filtering])
    let trained = PairedGrowth(growth[0], against: growth[2])
    print("hidden, seed \(seed): \(trained.text)")
    #expect(trained.lowerBound(share: 0.90) >= 0, "seed \(seed): \(trained.text)")
    #expect(PairedGrowth(growth[1], against: growth[2]).lowerBound(share: 0.5) < 0)
  }

  private static let returns =
    "["
    + [1, 2, 4, 8, 16, 32, 64].map { #"{ "model": "return", "bars": \#($0), "halfLife": 60 }"# }
    .joined(separator: ", ") + "]"

  /// With the same seed both trainings begin with the same weights on the same paths, until the costs teach one of them: what
  /// it earned less in its first update is what its trades cost.
  @Test("on a martingale earns nothing, though it trades while it learns, and with costs not more than nothing")
  func martingale() throws {
    let cost = 0.001
    let learning = GateMarket.Learning(
      observations: Self.returns, hidden: [16],
      hyperparameters: """
        "totalSteps": 2000000, "minibatch": 2048, "discount": 0, "advantageLambda": 0, "learningRate": 0.003,
        "finalLearningRate": 0.0001
        """)
    let (free, dear) = (GateMarket(deviation: 0), GateMarket(deviation: 0, takerFee: cost * 1e4))
    let learned = try [free.learn(learning, seed: 1), dear.learn(learning, seed: 1)]
    let traded = try (#require(learned[0].rewards.first) - #require(learned[1].rewards.first)) / cost
    #expect(traded > 1, "only \(traded) of equity a day")
    let growth = try [free.growth([learned[0].agent])[0], dear.growth([learned[1].agent])[0]]
    // Log wealth falls by half of what it varies, and by the costs.
    for one in growth {
      let (mean, error) = sampleMean(one)
      #expect(mean < 3 * error, "\(mean) ± \(error)")
    }
    let wealth = growth.map { sampleMean($0.map { exp($0) - 1 }) }
    #expect(abs(wealth[0].mean) < 3 * wealth[0].error + 1e-9, "\(wealth[0])")
    #expect(wealth[1].mean - 2.326 * wealth[1].error <= 0, "\(wealth[1])")
  }
}
