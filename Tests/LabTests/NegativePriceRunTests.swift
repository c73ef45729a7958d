import CGSL
import Foundation
import Lab
import Statistics
import Testing

/// Runs on prices that may be negative, through store, summary and page, against the normal law.
@Suite("Runs on negative prices")
struct NegativePriceRunTests {
  private static let paths = 4000
  private static let levels = [0.05, 0.25, 0.5, 0.75, 0.95]
  /// σ over the horizon, in starting prices.
  private static let deviation = 20 * (240.0 * 3600 / (365 * 86_400)).squareRoot()

  private static let summary = Result {
    let folder = try TemporaryFolder()
    try folder.write(
      "market.json",
      """
      { "stresslab": "scenario/1", "title": "Any sign",
        "clock": { "step": "1h", "length": "240h", "warmup": "10h", "start": "2024-01-03",
          "calendar": { "model": "continuous" }, "substeps": 1 },
        "assets": { "AAA": { "price": 40, "process": { "model": "bachelier", "annualVolatility": 20 },
          "liquidity": { "halfSpreadBps": 2, "volumePerDay": 1e12, "depthTo1Percent": 1e12, "refillHalfLife": "1h" } } },
        "venue": { "takerFeeBps": 0, "initialMargin": 0.5, "maintenanceMargin": 0, "maximumParticipation": 1 },
        "events": { "crash": { "model": "arithmeticCrash", "asset": "AAA", "start": "100h", "change": -3,
          "fall": { "duration": "4h", "shape": 1 }, "recovery": { "fraction": 0.5, "halfLife": "10h" } } } }
      """)
    let study = try folder.write(
      "study.json",
      """
      { "stresslab": "study/1", "title": "Any sign", "scenarios": ["market.json"], "severities": [0, 1],
        "account": { "equity": 1000 }, "panel": { "hold": { "model": "buyAndHold", "leverage": 0.05 } },
        "ruin": { "equityBelow": 0.01 }, "monteCarlo": { "paths": \(paths), "seed": 11 } }
      """)
    return try RunnerTests.run(study, into: folder.path("run"), RunSettings(threads: 2))
  }

  /// The share of paths under a quantile is binomial: 4.5 standard errors around its level, and the width of the bin, which is
  /// under 0.02 of |x − 1| at such distances.
  private func expectNormal(_ fan: Fan, mean: Double, deviation: Double, at point: Int, scale: Double) {
    let quantiles = [fan.p5, fan.p25, fan.p50, fan.p75, fan.p95].map { $0[point] / scale }
    for (level, quantile) in zip(Self.levels, quantiles) {
      let width = 4e-4 + 0.035 * abs(quantile - 1)
      let slack = 4.5 * (level * (1 - level) / Double(Self.paths)).squareRoot()
      let share = { gsl_cdf_ugaussian_P(($0 - mean) / deviation) }
      #expect(share(quantile - width) <= level + slack, "\(level): \(quantile)")
      #expect(share(quantile + width) >= level - slack, "\(level): \(quantile)")
    }
  }

  @Test("the fan of a price has the quantiles of the normal law, under 0 as above it")
  func price() throws {
    let markets = try Self.summary.get().markets
    let calm = try #require(markets.first { $0.severity == 0 }?.assets[0])
    #expect(calm.mayBeNegative)
    let fan = try #require(calm[.price])
    let last = fan.seconds.count - 1
    #expect(fan.p5[last] < -100)
    expectNormal(fan, mean: 1, deviation: Self.deviation, at: last, scale: 40)
    let struck = try #require(markets.first { $0.severity == 1 }?.assets[0][.price])
    // −3·(1 − ½(1 − 2^{−136/10})) at the horizon.
    expectNormal(struck, mean: 1 - 1.5, deviation: Self.deviation, at: last, scale: 40)
  }

  /// 1 and the change since the close before the event, in starting prices, whatever the price was then.
  @Test("the fan through an event counts changes in starting prices")
  func through() throws {
    let markets = try Self.summary.get().markets
    let fan = try #require(markets.first { $0.severity == 1 }?.assets[0][.priceThroughEvent])
    let trough = try #require(fan.seconds.firstIndex { $0 == 4 * 3600 })
    let start = try #require(fan.seconds.firstIndex { $0 == 0 })
    #expect(fan.p5[start] == 1 || abs(fan.p5[start] - 1) < 4e-4)
    expectNormal(
      fan, mean: 1 - 3, deviation: Self.deviation * (4.0 / 240).squareRoot(), at: trough, scale: 1)
  }

  /// Counts are mirrored at 1: what lies 3 over it and 3 under it is as far from the middle.
  @Test("symmetric-logarithmic bins hold every number to a 64th of its logarithm, and merge exactly")
  func bins() throws {
    var (histogram, mirrored) = (Histogram(), Histogram())
    let numbers = (0..<2000).map { 1 + sinh(Double($0 - 1000) / 150) }
    for x in numbers {
      histogram.add(SymmetricLogarithm.place(of: x))
      mirrored.add(SymmetricLogarithm.place(of: 2 - x))
      var one = Histogram()
      one.add(SymmetricLogarithm.place(of: x))
      let found = try #require(SymmetricLogarithm.quantile(0.5, of: one))
      let distance = abs(x - 1)
      #expect(abs(found - x) <= 2e-4 + (1 + distance) * max(1e-3, log(1 + distance) / 60), "\(x): \(found)")
    }
    for level in [0.01, 0.2, 0.7, 0.99] {
      let (a, b) = (
        try #require(SymmetricLogarithm.quantile(level, of: histogram)),
        try #require(SymmetricLogarithm.quantile(1 - level, of: mirrored))
      )
      #expect(abs(a + b - 2) <= 0.05 * abs(a - 1) + 1e-3)
    }
    #expect(SymmetricLogarithm.number(at: SymmetricLogarithm.place(of: -2.25)) == -2.25)
    #expect(SymmetricLogarithm.place(of: 3.5) == 3.5)
  }

  @Test("every number of the summary is one, and the worst path's story tells of amounts")
  func summaryIsFinite() throws {
    let summary = try Self.summary.get()
    for desk in summary.desks {
      let trace = try #require(desk.worstPath)
      #expect(trace.prices.allSatisfy { $0.values.allSatisfy { $0.isFinite } })
      let parts = try #require(trace.equityParts)
      let sum = parts.reduce(0) { $0 + $1.change }
      let last = try #require(trace.equity.last)
      #expect(abs(1 + sum - last) < 1e-9, "\(sum) and \(last)")
      #expect(!trace.text.lowercased().contains("nan"))
    }
  }

  @Test("preview tells facts of changes, and exports negative prices as numbers")
  func preview() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let oil = root.appendingPathComponent("scenarios/history/2020-oil.json").path
    let preview = try #require(try MarketPreview(oil, paths: 64, seed: 1))
    for facts in preview.facts {
      for fact in facts.facts { #expect(fact.estimate.value.map { $0.isFinite } ?? true, "\(fact.fact.name)") }
    }
    let scenario = try ScenarioFile(reading: oil).scenario
    var lowest = Double.infinity
    try MarketPreview.bars(of: scenario, severity: 1, seed: 1, paths: 8) { bar in
      lowest = min(lowest, bar.low)
      return bar.low <= bar.open && bar.open <= bar.high
    }
    #expect(lowest < -30 && lowest > -45)
  }
}
