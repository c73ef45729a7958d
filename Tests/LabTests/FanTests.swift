import Foundation
import Lab
import Statistics
import Testing

/// Fans from real runs, through store and summary, against laws that are known.
@Suite("Fans")
struct FanTests {
  private static let paths = 20_000
  private static let levels = [0.05, 0.25, 0.5, 0.75, 0.95]

  /// A geometric Brownian motion at severity 0 of an event, and a desk that holds it once over at no cost.
  private static let summary = Result {
    let folder = try TemporaryFolder()
    try folder.write(
      "market.json",
      """
      { "stresslab": "scenario/1", "title": "Known laws",
        "clock": { "step": "1h", "length": "240h", "warmup": "10h", "start": "2024-01-03",
          "calendar": { "model": "continuous" } },
        "assets": { "AAA": { "price": 40, "process": { "model": "gbm", "annualDrift": 0, "annualVolatility": 0.8 },
          "liquidity": { "halfSpreadBps": 2, "volumePerDay": 1e12, "depthTo1Percent": 1e12, "refillHalfLife": "1h",
            "volumeVolatility": 0, "spreadVolumeElasticity": 0 } } },
        "venue": { "takerFeeBps": 0, "initialMargin": 0.5, "maintenanceMargin": 0, "maximumParticipation": 1 },
        "events": { "crash": { "model": "flashCrash", "asset": "AAA", "start": { "between": ["80h", "120h"] },
          "drop": { "between": [0.1, 0.2] }, "fall": { "duration": "4h", "shape": 1 },
          "recovery": { "fraction": 0.5, "halfLife": "10h" },
          "multipliers": { "volatility": 2, "halfSpread": 2, "depth": 0.5, "volume": 2, "halfLife": "10h" } } } }
      """)
    let study = try folder.write(
      "study.json",
      """
      { "stresslab": "study/1", "title": "Known laws", "scenarios": ["market.json"], "severities": [0],
        "account": { "equity": 1000 }, "panel": { "hold": { "model": "buyAndHold" } },
        "ruin": { "equityBelow": 0.01 }, "monteCarlo": { "paths": \(paths), "seed": 11 } }
      """)
    return try RunnerTests.run(study, into: folder.path("run"), RunSettings(threads: 2))
  }

  private static func quantiles(_ fan: Fan, _ point: Int) -> [Double] {
    [fan.p5, fan.p25, fan.p50, fan.p75, fan.p95].map { $0[point] }
  }

  /// Holds a fan's quantiles at some times against lognormal ones.
  ///
  /// The share of paths under a quantile of n of them is binomial: 4.5 standard errors around its level, on either side
  /// of the bin that the quantile was read from, hold all checks of this file but once in 800 seeds.
  private func expectLognormal(
    _ fan: Fan, over start: Double, at seconds: [Double], elapsed: (Double) -> Double = { abs($0) }
  ) throws {
    let bins = HistogramBins.standard
    for second in seconds {
      let point = try #require(fan.seconds.firstIndex(of: second), "\(second) s is no time of the fan")
      let deviation = 0.8 * sqrt(elapsed(second) / (365 * 86_400))
      func share(under value: Double) -> Double { erfc(-(log(value) / deviation + deviation / 2) / sqrt(2)) / 2 }
      for (level, quantile) in zip(Self.levels, Self.quantiles(fan, point)) {
        let bin = bins.index(of: quantile / start)
        let slack = 4.5 * sqrt(level * (1 - level) / Double(Self.paths))
        #expect(share(under: bins.edges[bin - 1]) <= level + slack, "\(level) at \(second) s: \(quantile)")
        #expect(share(under: bins.edges[bin]) >= level - slack, "\(level) at \(second) s: \(quantile)")
      }
    }
  }

  /// Planted mistake: a close counted one time too late.
  @Test("of a price are the quantiles of a geometric Brownian motion")
  func price() throws {
    let fan = try #require(Self.summary.get().markets[0].assets[0][.price])
    #expect(Self.quantiles(fan, 0).allSatisfy { abs($0 / 40 - 1) < 2e-4 } && fan.seconds[0] == 0)
    try expectLognormal(fan, over: 40, at: [fan.seconds[1], fan.seconds[5], fan.seconds[60], 240 * 3600])
  }

  @Test("of a holder's equity are those of the price it holds")
  func equity() throws {
    let fan = try #require(Self.summary.get().desks[0][.equity])
    try expectLognormal(fan, over: 1, at: [fan.seconds[1], fan.seconds[5], fan.seconds[60], 240 * 3600])
  }

  /// At severity 0 the event moves nothing: after it the price over the last close before it is lognormal, and before it
  /// so is its inverse. The law at −t is that of 1/X with X lognormal of mean 1: log-mean +σ²t/2.
  ///
  /// Planted mistake: each close before the event counted at its neighbour's time.
  @Test("of a price through the event count from each path's own event, back and forth")
  func throughEvent() throws {
    let summary = try Self.summary.get()
    let fan = try #require(summary.markets[0].assets[0][.priceThroughEvent])
    let event = try #require(fan.seconds.firstIndex(of: 0))
    #expect(Self.quantiles(fan, event).allSatisfy { abs($0 - 1) < 2e-4 })
    #expect(event > 1 && fan.seconds.count > event + 8)
    try expectLognormal(fan, over: 1, at: [1, 2, 8].map { fan.seconds[event + $0] })
    let inverse = Fan(
      seconds: fan.seconds, p5: fan.p95.map { 1 / $0 }, p25: fan.p75.map { 1 / $0 }, p50: fan.p50.map { 1 / $0 },
      p75: fan.p25.map { 1 / $0 }, p95: fan.p5.map { 1 / $0 }, n: fan.n, samplePaths: [])
    try expectLognormal(inverse, over: 1, at: [fan.seconds[0], fan.seconds[event - 1]])
  }

  /// Planted mistake: a half-spread one hundredth too wide.
  @Test("of what the scenario fixes are that number at every time, within a bin")
  func constants() throws {
    let fans = try Self.summary.get().markets[0].assets[0]
    for (quantity, value) in [
      (FanQuantity.halfSpread, 2.0), (.depth, 1e12), (.volume, 1e12 / 24),
    ] {
      let fan = try #require(fans[quantity])
      #expect(fan.seconds.contains { $0 < 0 } && fan.seconds.contains { $0 > 0 })
      for point in fan.seconds.indices {
        #expect(Self.quantiles(fan, point).allSatisfy { abs($0 / value - 1) < 2e-4 }, "\(quantity.name)")
      }
    }
  }

  @Test("are kept under names and keys that are each one quantity's")
  func names() {
    for quantities in [FanQuantities.ofAssets, FanQuantities.ofDesks] {
      #expect(Set(quantities.map(\.name)).count == quantities.count)
      #expect(Set(quantities.map(\.key)).count == quantities.count)
    }
  }

  @Test("stand in the documentation of the store, each with its unit and its times")
  func documented() throws {
    let text = try String(contentsOf: Self.root.appendingPathComponent("docs/results-store.md"), encoding: .utf8)
    for (owner, quantities) in [("asset", FanQuantities.ofAssets), ("desk", FanQuantities.ofDesks)] {
      for quantity in quantities {
        let row =
          "| `\(quantity.name)` | `\(quantity.key)` | \(owner) | \(quantity.timeline.rawValue) | \(quantity.unit) | "
          + "\(quantity.meaning) |"
        #expect(text.contains(row), "docs/results-store.md lacks \(row)")
      }
    }
  }

  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
}
