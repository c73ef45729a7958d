import Foundation
import Lab
import Testing

/// The story of a path names what happened on it, and nothing that did not.
@Suite("Words of the worst path’s story")
struct StoryWordsTests {
  /// One desk that holds AAA, in a market of 40 days or of a session.
  private static func story(
    weight: Double = 1, leverage: Double = 1, venue: String = "", events: String = "", isDaily: Bool = true,
    process: String = "\"model\": \"gbm\", \"annualVolatility\": 0.05"
  ) throws -> String {
    let folder = try TemporaryFolder()
    let clock =
      isDaily
      ? "\"step\": \"1d\", \"length\": \"40d\", \"warmup\": \"20d\"" : "\"step\": \"5m\", \"length\": \"6.5h\""
    try folder.write(
      "market.json",
      """
      { "stresslab": "scenario/1", "title": "Words",
        "clock": { \(clock), "start": "2024-01-03",
          "calendar": { "model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "America/New_York" } },
        "assets": { "AAA": { "price": 100, "process": { \(process) },
          "liquidity": { "halfSpreadBps": 50, "volumePerDay": 5000000, "depthTo1Percent": 12000, "refillHalfLife": "30s" } } },
        "venue": { "initialMargin": 0.1, "maintenanceMargin": 0.05\(venue) }, "events": { \(events) } }
      """)
    let study = try folder.write(
      "study.json",
      """
      { "stresslab": "study/1", "title": "Words", "scenarios": ["market.json"],
        "panel": { "hold": { "model": "buyAndHold", "leverage": \(leverage), "weights": { "AAA": \(weight) } } },
        "risk": { "none": { "rules": {} } }, "monteCarlo": { "paths": 16, "seed": 5 } }
      """)
    let summary = try RunnerTests.run(study, into: folder.path("run"), RunSettings(threads: 2))
    return try #require(summary.desks.first?.worstPath).text.replacing("\u{A0}", with: " ")
  }

  /// What of holding costs stands in a story.
  struct Holding: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var weight = 1.0
    var leverage = 1.0
    var venue = ""
    var events = ""
    let expected: String?
  }

  private static let short = """
    "lent": { "model": "squeeze", "start": "1d", "window": { "plateau": "30d" }, "borrowFee": 0.4 }
    """

  /// Planted mistake: all that holding may cost, whatever did.
  @Test(
    "of interest, funding and fees on shorts those are named that the path owed",
    arguments: [
      Holding(
        testDescription: "borrowed cash", leverage: 3, venue: ", \"annualFinancingRate\": 0.2", expected: "interest"),
      Holding(testDescription: "own cash", venue: ", \"annualFinancingRate\": 0.2", expected: nil),
      Holding(testDescription: "funding", venue: ", \"funding\": 0.0005", expected: "funding"),
      Holding(
        testDescription: "both", leverage: 3, venue: ", \"annualFinancingRate\": 0.2, \"funding\": 0.0005",
        expected: "interest and funding"),
      Holding(
        testDescription: "a short", weight: -1, venue: ", \"annualFinancingRate\": 0.2, \"borrowFee\": 0.1",
        expected: "fees on shorts"),
      Holding(testDescription: "a short in a squeeze", weight: -1, events: short, expected: "fees on shorts"),
      Holding(testDescription: "a long in a squeeze", events: short, expected: nil),
    ])
  func holding(_ row: Holding) throws {
    let text = try Self.story(weight: row.weight, leverage: row.leverage, venue: row.venue, events: row.events)
    // Behind "by size:", parts stand between commas, each with its size.
    let size = try #require(text.firstMatch(of: #/by size: (.*?)\. /#)).1
    let names = size.split(separator: ", ").map { part in part.prefix { $0 != "+" && $0 != "\u{2212}" } }
    let found = names.map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { $0.contains("interest") || $0.contains("funding") || $0.contains("fees on") }
    #expect(found == [row.expected].compactMap { $0 }, "\(text)")
  }

  private static func gap(_ change: Double) -> String {
    "\"news\": { \"model\": \"gap\", \"asset\": \"AAA\", \"change\": \(change), \"start\": \"2h\" }"
  }

  /// Planted mistakes: "sold" whatever was done; the gap behind the ruin of its own open.
  @Test("a long account is sold out and a short one bought in, by the gap that is told before")
  func closedOut() throws {
    let cases: [(weight: Double, change: Double, said: String, cost: String, other: String)] = [
      (1, -0.3, "it is sold out", "the forced sale", "bought in"),
      (-1, 0.3, "it is bought in", "the forced purchase", "sold"),
    ]
    for (weight, change, said, cost, other) in cases {
      let text = try Self.story(weight: weight, leverage: 4, events: Self.gap(change), isDaily: false)
      let gap = try #require(text.range(of: "2 h in, the gap “news” comes."), "\(text)")
      let ruin = try #require(text.range(of: said), "\(text)")
      #expect(gap.upperBound <= ruin.lowerBound && !text.contains("only after that"), "\(text)")
      #expect(text.contains(cost) && !text.contains(other), "\(text)")
    }
  }

  /// A stock that can jump, but does not within a session (0.0003 jumps on a path), falls by 20 % in two minutes, is halted at
  /// 10 %, and reopens the rest lower: 1.5 times 10 % of the start, 1.5 times 10 % more, and costs.
  ///
  /// Planted mistakes: every open without a night before it a jump; all of the fall in the step of the halt.
  @Test("what a halt hides of a fall is the fall’s where trading goes on, and no jump")
  func overAHalt() throws {
    let text = try Self.story(
      leverage: 1.5,
      events: """
        "fall": { "model": "flashCrash", "asset": "AAA", "start": "2h1m", "drop": 0.2, "fall": { "duration": "2m" },
          "recovery": { "fraction": 0, "halfLife": "1h" } },
        "breaker": { "model": "circuitBreaker", "asset": "AAA", "levels": [{ "fall": 0.1, "pause": "15m" }] }
        """, isDaily: false,
      process: """
        "model": "merton", "annualVolatility": 0.05, "jumpsPerYear": 0.1, "meanJump": 0, "jumpVolatility": 0.01
        """)
    #expect(!text.contains("jump"), "\(text)")
    let told = try text.matches(
      of: Regex("By 2 h ([0-9]+) min, one step changes equity by \u{2212}([0-9.]+) % of its start, by the event “fall”")
    )
    .map { $0.output[2].substring.flatMap { Double($0) } ?? .nan }
    // Bought at 1.5 times equity less costs, which are two per cent of it.
    #expect(told.count == 2 && told.allSatisfy { abs($0 - 15) < 1 }, "\(text)")
  }

  @Test("a recall is no forced sale")
  func recall() throws {
    let text = try Self.story(
      weight: -1,
      events: """
        "lent": { "model": "squeeze", "start": "10d", "window": { "plateau": "5d" }, "recall": 0.5, "newShorts": "refused" }
        """)
    #expect(text.contains("the recall \u{2212}") && !text.contains("forced"), "\(text)")
  }
}
