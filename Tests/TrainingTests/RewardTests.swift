import Agents
import Documents
import Glibc
import Lanes
import Learning
import Randomness
import Testing
import Training

/// Rewards against their formulas, written down once more one number at a time, and by what is learned from them.
@Suite("Rewards")
struct RewardTests {
  /// Equity over its start, close by close: calm and wild ones, one that stands still, one that ends in a deficit.
  private static let paths: [[Double]] = {
    var stream = SparseStream(RandomStreams(seed: 4, namespace: .test).key("equity"), path: 0)
    var paths = [0.0005, 0.02, 0.3].map { size in
      var equity = 1.0
      return (0..<60).map { _ in
        equity *= 1 + size * (2 * stream.uniform() - 1)
        return equity
      }
    }
    paths.append(Array(repeating: 1, count: 60))
    paths.append((0..<60).map { 1 - 0.02 * Double($0 + 1) })
    // Eleven closes at the start, and one trade.
    paths.append((0..<60).map { $0 < 30 ? 1 : 1.01 + 0.001 * Double($0 % 7) })
    return paths
  }()

  /// The rewards of each path, by the track.
  private func rewards(_ reward: any Reward, openingLeverage: Double = 1) -> [[Double]] {
    var track = reward.makeTrack(RewardStart(openingLeverage: openingLeverage))
    var result = Self.paths.map { _ in [Double]() }
    for step in 0..<60 {
      let worth = track.step(to: Lanes { Self.paths[$0 % Self.paths.count][step] })
      for path in result.indices { result[path].append(worth[path]) }
    }
    return result
  }

  private func expect(
    _ found: [[Double]], sourceLocation: SourceLocation = #_sourceLocation, _ plain: ([Double]) -> [Double]
  ) {
    for (path, numbers) in found.enumerated() {
      for (step, pair) in zip(numbers, plain([1] + Self.paths[path])).enumerated() {
        #expect(
          abs(pair.0 - pair.1) <= 1e-9 * max(1, abs(pair.1)), "path \(path), step \(step): \(pair.0), not \(pair.1)",
          sourceLocation: sourceLocation)
      }
    }
  }

  @Test("growth of log wealth is that of floored equity, less a price for the largest drawdown", arguments: [0, 2.5])
  func logGrowth(_ penalty: Double) {
    expect(rewards(LogGrowth(drawdownPenalty: penalty))) { equity in
      let wealth = equity.map { log(max($0, 0.001)) }
      func deepest(_ end: Int) -> Double {
        (0...end).map { step in wealth[...step].max()! - wealth[step] }.max()!
      }
      return (1..<equity.count).map { wealth[$0] - wealth[$0 - 1] - penalty * (deepest($0) - deepest($0 - 1)) }
    }
  }

  @Test("mean and variance are a step's return less half the risk aversion times its square", arguments: [0, 1, 7.5])
  func meanVariance(_ aversion: Double) {
    expect(rewards(MeanVarianceReward(riskAversion: aversion))) { equity in
      let floored = equity.map { max($0, 0.001) }
      return (1..<equity.count).map { step in
        let simpleReturn = floored[step] / floored[step - 1] - 1
        return simpleReturn - aversion / 2 * simpleReturn * simpleReturn
      }
    }
  }

  /// Σr = −(shortfall + λ·Σ of squares) in units of what is held at t = 0.
  @Test("implementation shortfall counts changes of equity by what was held at t = 0", arguments: [0, 3.0])
  func shortfall(_ aversion: Double) {
    expect(rewards(ShortfallReward(riskAversion: aversion), openingLeverage: 0.4)) { equity in
      (1..<equity.count).map { step in
        let change = (equity[step] - equity[step - 1]) / 0.4
        return change - aversion * change * change
      }
    }
  }

  /// The derivative is taken by differences here: (S(h) − S(−h))/2h of S(η) = A′/√(B′ − A′²).
  ///
  /// Planted mistake: B without the half of it.
  @Test("differential Sharpe is the derivative of the Sharpe ratio by the share of the new return", arguments: [1, 8])
  func differentialSharpe(_ warmup: Int) {
    let adaptation = 0.05
    let found = rewards(DifferentialSharpe(RunningSharpe.Terms(adaptation: adaptation, warmup: warmup)))
    var most = 0.0
    for (path, numbers) in found.enumerated() {
      let equity = ([1] + Self.paths[path]).map { max($0, 0.001) }
      var (a, b) = (0.0, 0.0)
      for step in 0..<60 {
        let new = equity[step + 1] / equity[step] - 1
        var expected = 0.0
        if step >= warmup, b - a * a > 1e-12 {
          func sharpe(_ share: Double) -> Double {
            let (first, second) = (a + share * (new - a), b + share * (new * new - b))
            return first / (second - first * first).squareRoot()
          }
          // Small beside what would leave no variance.
          let h = 1e-5 * min(1, (b - a * a) / max(1e-300, abs(new * new - b) + 2 * abs(a * (new - a))))
          expected = min(10, max(-10, (sharpe(h) - sharpe(-h)) / (2 * h)))
        }
        #expect(
          abs(numbers[step] - expected) < 1e-4 * max(1, abs(expected)),
          "path \(path), step \(step): \(numbers[step]), not \(expected)")
        most = max(most, abs(expected))
        let share = step < warmup ? 1 / Double(step + 1) : adaptation
        a += share * (new - a)
        b += share * (new * new - b)
      }
      // Nothing is earned in the first steps, nor by who never moves.
      #expect(numbers.prefix(warmup).allSatisfy { $0 == 0 } && (path != 3 || numbers.allSatisfy { $0 == 0 }))
    }
    #expect(most > 1)
  }

  /// What the observation shows before a step, with the return of the step, gives the reward.
  ///
  /// Planted mistake: an observation that lags a close behind.
  @Test("what differential Sharpe remembers is what the agent sees")
  func observed() throws {
    let terms = #""adaptation": 0.1, "warmup": 5"#
    let file = try SmallTraining(training: [
      "observations": #"[{ "model": "signal" }, { "model": "sharpeState", \#(terms) }]"#,
      "reward": #"{ "model": "differentialSharpe", \#(terms) }"#, "ruinBelow": "0.1",
    ]).file
    let environment = try ScenarioEnvironment(file, seed: 3)
    #expect(environment.observations == 4)
    let tile = environment.makeTile(groups: 1, streams: RandomStreams(seed: 3, namespace: .train))
    var step = EnvironmentStep(groups: 1, observations: 4)
    tile.begin(&step.observations)
    #expect(step.observations[3] == .zero)
    var compared = 0
    for index in 0..<39 {
      let before = step.observations
      tile.advance([Lanes { sin(Double(index * 3 + $0)) }], &step)
      for lane in 0..<8 where index >= 5 {
        func moments(_ seen: [Lanes]) -> (a: Double, b: Double, variance: Double) {
          let deviation = exp(seen[2][lane])
          let a = seen[1][lane] * deviation
          return (a, deviation * deviation + a * a, deviation * deviation)
        }
        let (old, new) = (moments(before), moments(step.observations))
        let simpleReturn = old.a + (new.a - old.a) / 0.1
        let expected =
          (old.b * (simpleReturn - old.a) - 0.5 * old.a * (simpleReturn * simpleReturn - old.b))
          / pow(old.variance, 1.5)
        guard abs(expected) < 9.9, abs(before[1][lane]) < 10, abs(step.observations[1][lane]) < 10 else { continue }
        #expect(abs(step.reward[0][lane] - expected) < 1e-6 * max(1, abs(expected)), "step \(index)")
        compared += 1
      }
      #expect(step.observations[3] == Lanes(min(1, Double(index + 1) / 5)))
    }
    #expect(compared > 200)
  }

  struct Lesson: CustomTestStringConvertible {
    let testDescription: String
    let reward: any Reward
    let bets: [Bets.Bet]
    var length = 1
    let choice: Double
  }

  private static let nothing = Bets.Bet(gain: 0, loss: 0)
  /// 5 % on average; its log growth is −11 %.
  private static let wild = Bets.Bet(gain: 0.6, loss: -0.5)
  /// Log growth 9 % on average; one in ten loses half.
  private static let rare = Bets.Bet(threshold: 1.2815515655446004, gain: 0.2, loss: -0.5)
  private static let fair = Bets.Bet(gain: 0.1, loss: -0.1)
  private static let good = Bets.Bet(gain: 0.03, loss: -0.02)
  /// Sharpe ratios of 1 and of 1/4.
  private static let (steady, loud) = (Bets.Bet(gain: 0.02, loss: 0), Bets.Bet(gain: 0.1, loss: -0.06))
  private static let toll = Bets.Bet(gain: -0.01, loss: -0.01)

  private static let lessons: [Lesson] = [
    Lesson(testDescription: "growth", reward: LogGrowth(), bets: [nothing, good], choice: 1),
    Lesson(testDescription: "growth, wild", reward: LogGrowth(), bets: [nothing, wild], choice: 0),
    Lesson(
      testDescription: "growth, drawdown", reward: LogGrowth(drawdownPenalty: 5), bets: [nothing, good], length: 8,
      choice: 0),
    Lesson(testDescription: "mean", reward: MeanVarianceReward(riskAversion: 0), bets: [nothing, wild], choice: 1),
    Lesson(
      testDescription: "mean, variance", reward: MeanVarianceReward(riskAversion: 1), bets: [nothing, wild], choice: 0),
    Lesson(
      testDescription: "mean, two bets", reward: MeanVarianceReward(riskAversion: 0), bets: [steady, loud], choice: 1),
    Lesson(
      testDescription: "Sharpe, two bets", reward: DifferentialSharpe(RunningSharpe.Terms(adaptation: 0.02, warmup: 8)),
      bets: [steady, loud], length: 64, choice: 0),
    Lesson(testDescription: "growth, rare loss", reward: LogGrowth(), bets: [nothing, rare], choice: 1),
    Lesson(testDescription: "worst fifth", reward: WorstShare(share: 0.2), bets: [nothing, rare], choice: 0),
    Lesson(testDescription: "all of them", reward: WorstShare(share: 1), bets: [nothing, rare], choice: 1),
    Lesson(testDescription: "shortfall", reward: ShortfallReward(riskAversion: 0), bets: [toll, fair], choice: 1),
    Lesson(
      testDescription: "shortfall and risk", reward: ShortfallReward(riskAversion: 4), bets: [toll, fair], choice: 0),
  ]

  @Test("what is learned is what the reward prefers of two bets", arguments: lessons)
  func learned(_ lesson: Lesson) throws {
    for seed: UInt64 in 1...2 {
      let found = try Bets(reward: lesson.reward, bets: lesson.bets, length: lesson.length).choice(seed: seed)
      #expect(found == lesson.choice, "seed \(seed)")
    }
  }

  @Test("a reward without a tag is growth of log wealth, as documents had it before there were tags")
  func untagged() throws {
    func reward(_ text: String) throws -> JSONValue {
      try SmallTraining(training: ["reward": text]).file.plan.reward.json
    }
    let growth = LogGrowth(drawdownPenalty: 2).json
    #expect(try reward(#"{ "drawdownPenalty": 2 }"#) == growth)
    #expect(try reward(#"{ "model": "logGrowth", "drawdownPenalty": 2 }"#) == growth)
    #expect(try reward("{}") == LogGrowth().json)
    #expect(try reward("") == LogGrowth().json)
    #expect(try reward(#"{ "model": "worstShare", "share": 0.5 }"#) == WorstShare(share: 0.5).json)
  }

  @Test("every reward is read again from what it writes")
  func written() throws {
    let rewards: [any Reward] = [
      LogGrowth(drawdownPenalty: 0.5), MeanVarianceReward(riskAversion: 3),
      DifferentialSharpe(RunningSharpe.Terms(adaptation: 0.3, warmup: 7)), WorstShare(share: 0.25),
      ShortfallReward(riskAversion: 0.1),
    ]
    #expect(Rewards.catalogue.entries.count == rewards.count)
    for reward in rewards {
      let (root, _) = try DocumentParser.parse(Array(reward.json.text.utf8), file: "reward")
      let reading = Reading()
      #expect(Rewards.catalogue.value(of: root, reading)?.json == reward.json)
      #expect(reading.problems.isEmpty)
    }
  }
}
