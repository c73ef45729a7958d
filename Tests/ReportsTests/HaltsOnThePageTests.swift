import Foundation
import Lab
import Lanes
import Markets
import Reports
import Testing

/// How often trading stands still, what it held back, and what the page says of it.
@Suite("Halts on the page")
struct HaltsOnThePageTests {
  private static let liquidity = """
    "liquidity": { "halfSpreadBps": 2, "volumePerDay": 5000000, "depthTo1Percent": 12000, "refillHalfLife": "30s" }
    """

  /// A session in steps of half an hour with four sub-steps, in which orders arrive after a quarter of an hour. A fall of 20 %
  /// within two minutes of 2 h 1 min passes the level; from the sub-step's end on nothing is traded for a quarter of an hour.
  private static func run(_ fall: String, pause: String, paths: Int = 16) throws -> Situation {
    try Situation(
      [
        """
        { "stresslab": "scenario/1", "title": "Halt",
          "clock": { "step": "30m", "length": "6.5h", "start": "2024-01-03", \(Situation.sessions) },
          "assets": { "AAA": { "price": 100, "process": { "model": "gbm", "annualVolatility": 0.2 }, \(liquidity) } },
          "venue": { "takerFeeBps": 1, "initialMargin": 0.5, "maintenanceMargin": 0.05, "latency": "15m" },
          "events": { "fall": { "model": "flashCrash", "asset": "AAA", "start": "2h1m", "drop": \(fall),
              "fall": { "duration": "2m" }, "recovery": { "fraction": 0, "halfLife": "1h" } },
            "breaker": { "model": "circuitBreaker", "asset": "AAA", "levels": [{ "fall": 0.1, "pause": "\(pause)" }] } } }
        """
      ],
      study: """
        "severities": [1], "panel": { "even": { "model": "buyAndHold", "leverage": 1.5, "rebalance": true } },
        "risk": { "none": { "rules": {} } }, "monteCarlo": { "paths": \(paths), "seed": 3 }
        """)
  }

  /// Planted mistake: only halts that stand at a close are told.
  @Test("a halt within a step is hatched over the step whose order it holds back")
  func withinStep() throws {
    let situation = try Self.run("0.2", pause: "15m")
    let trace = try #require(situation.summary.desks.first?.worstPath)
    #expect(trace.heldBack == 1)
    #expect(trace.halts == [HaltSpan(asset: "AAA", from: 7200, to: 9000)])
    #expect(situation.words.contains("A halt holds 1 order back."))
    #expect(situation.words.contains("hatched: trading halted"))
  }

  /// From the sub-step after 2 h 7.5 min on for an hour: halted at the closes of 2 h 30 min and 3 h; the orders of two steps
  /// come in it, those that arrive at 2 h 15 min and 2 h 45 min.
  @Test("orders that come in a halt are counted, and the halt is as long as closes and opens show it")
  func heldBack() throws {
    let situation = try Self.run("0.2", pause: "1h")
    let trace = try #require(situation.summary.desks.first?.worstPath)
    #expect(trace.heldBack == 2 && trace.halts == [HaltSpan(asset: "AAA", from: 9000, to: 10_800)])
    #expect(situation.words.contains("A halt holds 2 orders back."))
    let told = try situation.match(
      "Trading in AAA is halted, or stands at a limit, on (.*?) of the market’s first 1,024 paths at severity 1; on the mean (.*?) times a path, for (.*?) in all"
    )
    #expect(
      told.count == 3 && told[0].hasPrefix("100 %") && told[1].hasPrefix("1.00 ") && told[2].hasPrefix("30 min"),
      "\(told)"
    )
    #expect(
      try situation.match("\nbreaker\n+100 % of paths \\[.*?\\]\n+(2 h)\n+first halt or limit at (2 h)\n").count == 2)
    #expect(!situation.words.contains("full strength from"))
  }

  /// On half of the paths, to |z| < 4, the fall is 15 % and stops trading; else it is 5 % and does not.
  @Test("shares and means over paths are those of the market's own bars")
  func counted() throws {
    let situation = try Self.run("{ \"oneOf\": [0.05, 0.15] }", pause: "1h")
    let line = try #require(situation.summary.scenarios[0].halts?.first)
    let market = try situation.market(severity: 1)
    let tile = market.makeTile(groups: 128)
    tile.reset(firstPath: 0)
    var halted = Array(repeating: 0, count: 1024)
    for _ in 0..<market.description.clock.steps {
      tile.advance()
      for path in 0..<1024 where tile.bars[path / 8].halted[path % 8] { halted[path] += 1 }
    }
    let share = Double(halted.count { $0 > 0 }) / 1024
    #expect(abs(share - 0.5) < 4 * 0.5 / 32 && line.share.value == share && line.share.n == 1024)
    #expect(abs((line.number.value ?? .nan) - share) < 1e-12)
    // Two closes, and half an hour between them.
    #expect(halted.allSatisfy { $0 == 0 || $0 == 2 })
    #expect(abs((line.seconds.value ?? .nan) - 1800 * share) < 1e-9)
    #expect((line.seconds.low ?? .nan) < 1800 * share && (line.seconds.high ?? .nan) > 1800 * share)
  }

  @Test("what outlasts the horizon says so")
  func afterTheHorizon() throws {
    let situation = try Situation(
      [
        Situation.session(
          "\"model\": \"gbm\", \"annualVolatility\": 0.2",
          events: """
            "dry": { "model": "drought", "start": "5h", "window": { "plateau": "3h" }, "depth": 0.1 }
            """)
      ], study: Situation.holders([(name: "hold", leverage: 1)], paths: 16))
    #expect(
      try situation.match("\ndry\n+100 % of paths\n+5 h\n+full strength from 5 h\n+(after the horizon)\n").count == 1)
  }
}
