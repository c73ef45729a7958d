import Agents
import Glibc
import Lab
import Lanes
import Learning
import Markets
import Randomness
import Trading
import Training

/// The market of the gates for trained agents: 60 days of a signal in the drift of one asset, without impact and margin call.
struct GateMarket {
  /// σ, 1/√year.
  var volatility = 0.5
  /// Stationary standard deviation s of the signal, 1/year.
  var deviation = 0.75
  /// Days in which it halves.
  var halfLife = 10
  var isSeen = true
  /// Standard deviation of what is added to the signal at each close before it is shown, 1/year.
  var noise = 0.0
  /// What a side costs, basis points of its value.
  var takerFee = 0.0
  var halfSpread = 0.0

  /// L.
  var leverage = 3.0

  /// The days of an episode.
  static let days = 60
  /// A day, years.
  static let day = 1 / 365.0

  /// κ, 1/year.
  var decay: Double { log(2) / (Double(halfLife) * Self.day) }
  /// What a side costs, of its value.
  var cost: Double { (takerFee + halfSpread) * 1e-4 }
  /// What a day does.
  var step: SignalStep {
    SignalStep(volatility: volatility, deviation: deviation, decay: decay, years: Self.day)
  }

  /// How an agent is trained in it.
  struct Learning {
    var observations: String
    var deadBand = 0.0
    var hidden: [Int]
    /// Members of `hyperparameters`, apart from those that all gates share.
    var hyperparameters: String
    /// Updates from one validation to the next.
    var every = 10
  }

  /// A training in this market, on other paths than it is judged on.
  func training(_ learning: Learning) throws -> SmallTraining {
    try SmallTraining(
      training: [
        "observations": learning.observations,
        "mandate": #"{ "leverage": \#(leverage), "deadBand": \#(learning.deadBand) }"#,
        "ruinBelow": "0", "rules": "{}", "equity": "1000000", "hidden": "\(learning.hidden)",
        "scenarios": #"[{ "file": "market.json" }]"#,
        "hyperparameters":
          #"{ "environments": 256, "rolloutSteps": \#(Self.days), "epochs": 4, \#(learning.hyperparameters) }"#,
        "validation": #"{ "paths": 16000, "every": \#(learning.every) }"#,
      ],
      scenario: [
        "clock": """
        { "step": "1d", "length": "\(Self.days)d", "warmup": "70d", "calendar": { "model": "continuous" },
          "substeps": 1 }
        """,
        "assets": """
        { "A": { "price": 100, "process": { "model": "predictableReturns", "annualVolatility": \(volatility),
            "signal": { "deviation": \(deviation), "halfLife": "\(halfLife)d",
              "visibility": "\(isSeen ? "seen" : "hidden")", "noise": \(noise) } },
            "liquidity": { "halfSpreadBps": \(halfSpread), "volumePerDay": 1000000000,
              "depthTo1Percent": 1000000000000000 } } }
        """,
        "venue": """
        { "takerFeeBps": \(takerFee), "initialMargin": 0.1, "maintenanceMargin": 0.001, "latency": "0s" }
        """,
        "events": "{}",
      ])
  }

  /// What an agent has become, and how it did while it learned.
  struct Learned {
    let agent: PolicyAgent
    /// The mean reward of a step in each update.
    let rewards: [Double]
  }

  /// Trains an agent.
  func learn(_ learning: Learning, seed: Int) throws -> Learned {
    let small = try training(learning)
    let folder = "\(small.folder)/seed-\(seed)"
    var rewards: [Double] = []
    _ = try Training(try small.file, seed: seed, folder: folder).run(
      threads: 2, resume: false, overwrite: false, origin: "test", shouldStop: { false },
      report: { if case .update(let record, _) = $0 { rewards.append(record.meanReward) } })
    return Learned(agent: PolicyAgent(folder: folder, try SavedAgent.read(folder)), rewards: rewards)
  }

  /// Log wealth at the end of agents on the same paths, which nothing was trained or judged on.
  func growth(_ agents: [any Agent], paths: Int = 20_000) throws -> [[Double]] {
    let small = try training(Learning(observations: #"[{ "model": "position" }]"#, hidden: [], hyperparameters: unused))
    let file = try small.file
    let market = try Market(scenario: file.scenarios[0].scenario, seed: 77, namespace: .test)
    let terms = try ScenarioEnvironment(file, seed: 1).markets[0].terms
    let desks = agents.enumerated().map { Desk(index: $0, agentName: "\($0)", agent: $1, riskName: "", rules: []) }
    let groups = 25
    let tile = market.makeTile(groups: groups)
    let panel = PanelTile(desks, market: market.description, terms: terms, groups: groups)
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
          growth[index].append(log(Swift.max(desk.equityRatio(group: path / 8)[path % 8], LogGrowth.floor)))
        }
      }
    }
    return growth
  }

  private var unused: String { #""totalSteps": 1"# }

  /// w* = clip(x/σ²), where x is seen: the optimum without costs.
  var myopic: RuleAgent {
    let (variance, leverage) = (volatility * volatility, leverage)
    return RuleAgent { Self.clipped($0.signal / variance, leverage) }
  }

  /// The same with the Kalman filter's estimate from closes alone, in its steady state.
  var filtering: RuleAgent {
    let (step, gain) = (step, step.filterGain)
    let (variance, leverage) = (volatility * volatility, leverage)
    return RuleAgent(
      estimate: { before, move, _ in before * step.kept + (move - step.drift - before * step.exposure) * gain },
      weight: { Self.clipped($0.estimate / variance, leverage) })
  }

  /// The same with the Kalman filter's estimate from what is shown of a noisy signal alone.
  var denoising: RuleAgent {
    let (kept, variance, leverage) = (step.kept, volatility * volatility, leverage)
    let gain = noise > 0 ? step.error(noise: noise) / (noise * noise) : 1
    return RuleAgent(
      estimate: { before, _, signal in
        let expected = before * kept
        return expected + (signal - expected) * gain
      }, weight: { Self.clipped($0.estimate / variance, leverage) })
  }

  private static func clipped(_ weight: Lanes, _ leverage: Double) -> Lanes {
    min(max(weight, Lanes(-leverage)), Lanes(leverage))
  }
}

/// Log wealth of one agent against that of another on the same paths.
struct PairedGrowth {
  /// Means of both.
  let mean, best: Double
  private let pairs: [(Double, Double)]

  init(_ growth: [Double], against other: [Double]) {
    pairs = Array(zip(growth, other))
    mean = sampleMean(growth).mean
    best = sampleMean(other).mean
  }

  /// The bound over which J − qJ* lies with 99 % confidence, one-sided.
  func lowerBound(share: Double) -> Double {
    let (mean, error) = sampleMean(pairs.map { $0 - share * $1 })
    return mean - 2.326 * error
  }

  /// For the eye.
  var text: String { "\(mean) of \(best), \(mean / best)" }
}

/// A mean and its standard error.
func sampleMean(_ values: [Double]) -> (mean: Double, error: Double) {
  let n = Double(values.count)
  let mean = values.reduce(0, +) / n
  return (mean, (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1) / n).squareRoot())
}
