import Testing

/// What is learned where a trade costs, against the optimum on the grid: 60 days of a signal with a half-life of three, seen,
/// and 15 basis points a side.
///
/// The rule that is optimal without costs keeps half of the optimum here: 0.90 takes to leave small changes alone.
/// J/J* is at least a share q with 99 % confidence, one-sided, as in `OptimumGateTests`.
@Suite("A trained agent and the optimum with costs")
struct CostGateTests {
  private static let market = GateMarket(
    volatility: 0.5, deviation: 1, halfLife: 3, takerFee: 10, halfSpread: 5, leverage: 6)
  private static let best = RuleAgent(market.best)

  private static func learning(steps: Int) -> GateMarket.Learning {
    .init(
      observations: #"[{ "model": "signal" }, { "model": "position" }]"#, deadBand: 0.4, hidden: [16, 16],
      hyperparameters: """
        "totalSteps": \(steps), "minibatch": 3072, "discount": 0.9, "advantageLambda": 0.5,
        "learningRate": 0.0015, "finalLearningRate": 0.00001, "entropyCoefficient": 0.005,
        "normalisesObservations": true
        """, every: 20)
  }

  @Test("earns at least 0.90 of it, and untrained nothing like it", arguments: [1])
  func seen(_ seed: Int) throws {
    try seen(seed, steps: 6_000_000)
  }

  @Test("earns at least 0.90 of it with each of five seeds", .gates, arguments: [1, 2, 3, 4, 5])
  func seenByAll(_ seed: Int) throws {
    try seen(seed, steps: 10_000_000)
  }

  private func seen(_ seed: Int, steps: Int) throws {
    let agents = try [steps, 1].map { try Self.market.learn(Self.learning(steps: $0), seed: seed).agent }
    let growth = try Self.market.growth(agents + [Self.best])
    let trained = PairedGrowth(growth[0], against: growth[2])
    print("costs, seed \(seed): \(trained.text)")
    #expect(trained.lowerBound(share: 0.90) >= 0, "seed \(seed): \(trained.text)")
    #expect(PairedGrowth(growth[1], against: growth[2]).lowerBound(share: 0.90) < 0)
  }

  /// An agent whose training forgets what trades cost: the gate tells.
  @Test("not where it has learned without the costs, nor by the rule that is optimal without them", .gates)
  func learnedWithoutCosts() throws {
    var free = Self.market
    (free.takerFee, free.halfSpread) = (0, 0)
    let agent = try free.learn(Self.learning(steps: 5_000_000), seed: 1).agent
    let growth = try Self.market.growth([agent, Self.market.myopic, Self.best])
    for mistaken in growth.dropLast().map({ PairedGrowth($0, against: growth[2]) }) {
      print("costs forgotten: \(mistaken.text)")
      #expect(mistaken.lowerBound(share: 0.90) < 0, "\(mistaken.text)")
    }
  }
}
