import Foundation
import Lab
import Testing

/// A market that moves by its event alone, so that what each holder's leverage is at each close follows from a line of arithmetic:
/// of a desk that buys L times its equity at a price that is R times as high now, it is L·R/(1 + L·(R − 1)).
@Suite("The fan of leverage")
struct LeverageFanTests {
  private static func summary(events: String, positions: String = "") throws -> Summary {
    let folder = try TemporaryFolder()
    try folder.write(
      "market.json",
      """
      { "stresslab": "scenario/1", "title": "Still but for a fall",
        "clock": { "step": "1h", "length": "48h", "start": "2024-01-03", "calendar": { "model": "continuous" } },
        "assets": { "AAA": { "price": 40, "process": { "model": "gbm", "annualVolatility": 1e-6 },
          "liquidity": { "halfSpreadBps": 1e-6, "volumePerDay": 1e15, "depthTo1Percent": 1e15, "refillHalfLife": "1h" } } },
        "venue": { "takerFeeBps": 0, "initialMargin": 0.05, "maintenanceMargin": 0, "maximumParticipation": 1 },
        "events": { \(events) } }
      """)
    let study = try folder.write(
      "study.json",
      """
      { "stresslab": "study/1", "title": "Still", "scenarios": ["market.json"], "severities": [1],
        "account": { "equity": 1000\(positions) }, "ruin": { "equityBelow": 0.01 }, "monteCarlo": { "paths": 64, "seed": 2 },
        "panel": { "half": { "model": "buyAndHold", "leverage": 0.5 }, "three": { "model": "buyAndHold", "leverage": 3 },
          "twelve": { "model": "buyAndHold", "leverage": 12 }, "flat": { "model": "flat" } } }
      """)
    return try RunnerTests.run(study, into: folder.path("run"), RunSettings(threads: 2))
  }

  private static let fall = """
    "crash": { "model": "flashCrash", "asset": "AAA", "start": { "between": ["20h", "24h"] }, "drop": 0.1,
      "fall": { "duration": "2h", "shape": 1 }, "recovery": { "fraction": 0.5, "halfLife": "4h" } }
    """

  private func fan(_ summary: Summary, _ agent: String) throws -> Fan {
    try #require(summary.desks.first { $0.agent == agent }?[.leverage])
  }

  /// The width of a bin there is 1.8 % of the value.
  ///
  /// Planted mistake, seen to fail: positions over the equity that the desk began with.
  @Test("is, in the event’s own time, what the price of that moment makes of a position", arguments: [0.5, 3])
  func throughEvent(bought: Double) throws {
    let summary = try Self.summary(events: Self.fall)
    let fan = try fan(summary, bought == 3 ? "three" : "half")
    let price = try #require(summary.markets[0].assets[0][.priceThroughEvent])
    // Of more than its equity a desk holds most where the price is lowest, of less where it is highest.
    let ends = bought > 1 ? (low: price.p95, high: price.p5) : (low: price.p5, high: price.p95)
    let points = Dictionary(zip(price.seconds, price.seconds.indices), uniquingKeysWith: { first, _ in first })
    #expect(fan.seconds.first ?? 0 < 0 && fan.n == 64)
    var lowest = 1.0
    for (point, second) in fan.seconds.enumerated() where second < 16 * 3600 {
      let place = try #require(points[second])
      lowest = min(lowest, price.p50[place])
      for (value, ratio) in [
        (fan.p5[point], ends.low[place]), (fan.p50[point], price.p50[place]), (fan.p95[point], ends.high[place]),
      ] {
        let expected = bought * ratio / (1 + bought * (ratio - 1))
        #expect(abs(value / expected - 1) < 0.04, "\(second) s: \(value), expected \(expected)")
      }
    }
    // A tenth is lost when the fall is over: 3 becomes 2.7 over 0.7 of the equity, 0.5 becomes 0.45 over 0.95.
    let atWorst = bought == 3 ? 2.7 / 0.7 : 0.45 / 0.95
    let extreme = try #require(bought == 3 ? fan.p50.max() : fan.p50.min())
    #expect(abs(lowest - 0.9) < 0.005 && abs(extreme / atWorst - 1) < 0.03, "\(lowest) \(extreme)")
  }

  @Test("is 0 after ruin, and of a desk that holds nothing")
  func nothing() throws {
    let summary = try Self.summary(events: Self.fall)
    let twelve = try fan(summary, "twelve")
    for (point, second) in twelve.seconds.enumerated() {
      if second <= 0 { #expect(abs(twelve.p50[point] / 12 - 1) < 0.04, "\(second) s") }
      // A tenth of the price is more than a twelfth of it: ruined by the end of the fall.
      if second >= 3 * 3600 { #expect(twelve.p95[point] == 0, "\(second) s") }
    }
    let flat = try fan(summary, "flat")
    #expect(flat.p95.allSatisfy { $0 == 0 } && flat.n == 64)
  }

  @Test("counts from t = 0 without events: nothing yet, then what was bought, and at the horizon all is closed")
  func onTheClock() throws {
    let fan = try fan(try Self.summary(events: ""), "three")
    #expect(fan.seconds.first == 0 && fan.p95.first == 0)
    #expect(fan.seconds.last == 48 * 3600 && fan.p95.last == 0)
    for point in fan.seconds.indices.dropFirst().dropLast() { #expect(abs(fan.p50[point] / 3 - 1) < 0.02) }
  }

  /// 60 units at 40 on 1,000 are 2.4 times. Planted mistake: nothing is held at t = 0 whatever the account starts with.
  @Test("begins with what the account holds at t = 0")
  func opening() throws {
    let summary = try Self.summary(
      events: "", positions: ", \"positions\": { \"AAA\": { \"quantity\": 60 } }")
    // Who never trades holds it from t = 0 to the horizon, at which it is closed.
    let flat = try fan(summary, "flat")
    #expect(flat.seconds.first == 0)
    for point in flat.seconds.indices.dropLast() { #expect(abs(flat.p50[point] / 2.4 - 1) < 0.02, "\(point)") }
    let cash = try fan(try Self.summary(events: ""), "flat")
    #expect(cash.p50.first == 0)
  }
}
