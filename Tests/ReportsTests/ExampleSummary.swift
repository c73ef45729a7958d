import Foundation
import Lab
import Statistics

/// A summary with plausible numbers for the pages to be drawn from: a small simulation of its own, not the runner's.
struct ExampleSummary {
  var title = "Flash crash with partial recovery"
  var scenarioNames = ["flash-crash"]
  var agents = ["flat", "hold", "momentum", "reversion"]
  var risks = ["none", "house"]
  var severities = [0.0, 1.0]
  /// One step: a minute, or 23,400 seconds for a scenario of daily bars.
  var stepSeconds = 60.0

  private let paths = 200
  private let steps = 780
  private var clock: ClockSummary {
    ClockSummary(
      stepSeconds: stepSeconds, steps: 780, warmupSteps: 130, sessionSeconds: 23_400, startDate: "2024-01-03",
      timeZone: "America/New_York", calendar: "sessions 09:30–16:00")
  }

  func make() -> Summary {
    var desks: [DeskSummary] = []
    var markets: [MarketSummary] = []
    for name in scenarioNames {
      for severity in severities {
        let market = ExampleMarket(paths: paths, steps: steps, severity: severity, stepSeconds: stepSeconds)
        markets.append(
          MarketSummary(scenario: name, severity: severity, assets: [market.fans("AAPL"), market.fans("MSFT")]))
        for (index, agent) in agents.enumerated() {
          for risk in risks {
            let desk = ExampleDesk(
              market: market, leverage: agent == "flat" ? 0 : [3.5, 6.5, 4.5, 3][index % 4], isGuarded: risk == "house",
              tradesOften: risk == "house")
            desks.append(desk.summary(name, severity, agent, risk, number: desks.count))
          }
        }
      }
    }
    return Summary(
      schema: Summary.currentSchema, title: title,
      run: RunIdentity(
        paths: 10_000, firstPath: 0, seed: 1, confidence: 0.95, programVersion: "0.1.0",
        gitRevision: "5ebcc27d0a9ce5", streamVersion: 1, cpuLevel: "x86-64-v4",
        digest: String(repeating: "4be1c0de", count: 8),
        command: "stresslab run scenarios/flash-crash.json --paths 10000 --seed 1",
        files: [
          InputFile(
            role: "study", name: "scenarios/studies/default.json", sha256: String(repeating: "ab12", count: 16)),
          InputFile(role: "scenario", name: "scenarios/flash-crash.json", sha256: String(repeating: "cd34", count: 16)),
        ]),
      ruin: RuinSummary(equityBelow: 0.5, monitored: "withinStep"),
      recovery: RecoverySummary(from: "crash", level: 0.95),
      scenarios: scenarioNames.map(scenario), markets: markets, desks: desks,
      agents: agents.map {
        AgentLine(name: $0, model: "buyAndHold", text: "Buys at the start and holds.", leverage: 4)
      },
      riskProfiles: risks.map { RiskProfileLine(name: $0, text: $0 == "none" ? "no rules" : "stop at a loss of 5 %") })
  }

  private func scenario(_ name: String) -> ScenarioSummary {
    ScenarioSummary(
      name: name, title: title,
      description: "A calm market loses about 8 % in a few minutes; buyers come back for part of it.",
      file: "scenarios/\(name).json", clock: clock,
      assets: [
        AssetLine(name: "AAPL", price: 180, process: "gbm"), AssetLine(name: "MSFT", price: 370, process: "merton"),
      ],
      parameters: [
        ParameterLine(
          path: "/assets/AAPL/process/annualVolatility", text: "0.32", unit: "1/√year", basis: "fitted",
          source: "Daily closes 2000 to 2013, 3,270 days, Yang–Zhang estimator."),
        ParameterLine(path: "/events/crash/drop", text: "low 0.03, typical 0.08, high 0.25", basis: "judgement"),
        ParameterLine(path: "/events/crash/fall/duration", text: "6m"),
      ],
      events: [
        EventLine(
          name: "crash", model: "flashCrash", text: "AAPL falls by 3 to 25 % within 6 min and takes back part of it.",
          startSeconds: Quantiles(p5: 183 * stepSeconds, p50: 210 * stepSeconds, p95: 237 * stepSeconds),
          troughSeconds: Quantiles(p5: 189 * stepSeconds, p50: 216 * stepSeconds, p95: 243 * stepSeconds),
          windowEndSeconds: Quantiles(p5: 333 * stepSeconds, p50: 360 * stepSeconds, p95: 388 * stepSeconds))
      ], limits: ["There is no queue in the book: an order waits for nobody."])
  }
}

/// Uniform and normal numbers for the example (SplitMix64 and Box–Muller).
struct ExampleNoise {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func uniform() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return (Double((word ^ (word >> 31)) >> 11) + 0.5) / 9_007_199_254_740_992
  }

  mutating func normal() -> Double { sqrt(-2 * log(uniform())) * cos(2 * .pi * uniform()) }
}

/// Prices of the example: a random walk with a crash, the same numbers at every severity.
struct ExampleMarket {
  let severity: Double
  let steps: Int
  let stepSeconds: Double
  /// Price over start, one array for each path, from t = 0 on.
  let prices: [[Double]]
  let starts: [Int]

  init(paths: Int, steps: Int, severity: Double, stepSeconds: Double) {
    self.stepSeconds = stepSeconds
    self.severity = severity
    self.steps = steps
    var noise = ExampleNoise(seed: 7)
    var prices: [[Double]] = [], starts: [Int] = []
    for _ in 0..<paths {
      let start = 180 + Int(noise.uniform() * 60)
      let drop = 0.03 + 0.19 * pow(noise.uniform(), 1.6)
      let back = 0.3 + 0.6 * noise.uniform()
      var walk = 0.0
      var path = [1.0]
      for step in 1...steps {
        walk += 0.32 / sqrt(252 * 390) * noise.normal()
        let since = Double(step - start)
        var offset = 0.0
        if since > 0 { offset = log(1 - drop) * min(1, since / 6) }
        if since > 6 { offset *= 1 - back * (1 - exp2(-(since - 6) / 15)) }
        path.append(exp(walk + severity * offset))
      }
      prices.append(path)
      starts.append(start)
    }
    self.prices = prices
    self.starts = starts
  }

  func fans(_ asset: String) -> AssetFans {
    let price = asset == "AAPL" ? 180.0 : 370
    let eventTimes = Array(-30...120)
    let around = zip(prices, starts).map { path, start in eventTimes.map { path[start + $0] / path[start] } }
    let shape = { (time: Int) in
      time < 0 ? 0.0 : self.severity * exp2(-Double(time) / 30) * min(1, Double(time + 1) / 6)
    }
    let many = { (base: Double, multiplier: Double) in
      (0..<60).map { path in
        eventTimes.map { base * exp(log(multiplier) * shape($0) + 0.4 * sin(Double(path * 7))) }
      }
    }
    let seconds = eventTimes.map { Double($0) * stepSeconds }
    return AssetFans(
      asset: asset,
      price: exampleFan(
        prices.map { path in path.map { $0 * price } }, stride: 4, seconds: { Double($0) * stepSeconds }, samples: 5),
      priceThroughEvent: exampleFan(around, stride: 1, seconds: { seconds[$0] }),
      halfSpreadBps: exampleFan(many(0.5, 12), stride: 1, seconds: { seconds[$0] }),
      depth: exampleFan(many(150_000, 0.08), stride: 1, seconds: { seconds[$0] }),
      volume: exampleFan(many(153_000, 4), stride: 1, seconds: { seconds[$0] }), isInEventTime: true)
  }
}

/// The fan of a set of series at every `stride`-th point.
func exampleFan(_ series: [[Double]], stride: Int, seconds: (Int) -> Double, samples: Int = 0) -> Fan {
  let points = Array(Swift.stride(from: 0, to: series[0].count, by: stride))
  let sorted = points.map { point in series.map { $0[point] }.sorted() }
  let quantile = { (share: Double) in sorted.map { $0[Int(share * Double($0.count - 1))] } }
  return Fan(
    seconds: points.map(seconds), p5: quantile(0.05), p25: quantile(0.25), p50: quantile(0.5), p75: quantile(0.75),
    p95: quantile(0.95), n: 10_000, samplePaths: series.prefix(samples).map { one in points.map { one[$0] } })
}
