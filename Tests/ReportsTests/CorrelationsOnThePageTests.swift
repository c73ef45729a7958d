import Lab
import Reports
import Testing

/// Which correlations the page gives, of how many paths, and which it does not know.
@Suite("Correlations on the page")
struct CorrelationsOnThePageTests {
  private static func scenario(
    assets: [String], clock: String, start: String, plateau: String, to target: String = "\"one\""
  ) -> String {
    let list = assets.map {
      "\"\($0)\": { \"price\": 100, \"process\": { \"model\": \"gbm\", \"annualVolatility\": 0.2 }, \(Situation.liquidity) }"
    }
    return """
      { "stresslab": "scenario/1", "title": "Pairs", "clock": { \(clock), "start": "2024-01-03" },
        "assets": { \(list.joined(separator: ", ")) }, "dependence": { "model": "gaussian" },
        "venue": { "initialMargin": 0.1, "maintenanceMargin": 0.05 },
        "events": { "torn": { "model": "correlation", "start": "\(start)", "window": { "plateau": "\(plateau)" },
          "to": \(target), "blend": 0.5 } } }
      """
  }

  private static let session = "\"step\": \"30m\", \"length\": \"6.5h\", \(Situation.sessions)"

  private static func run(_ scenario: String, paths: Int = 16) throws -> Situation {
    try Situation([scenario], study: Situation.holders([(name: "hold", leverage: 1)], paths: paths))
  }

  /// Thirteen steps of 1,024 paths, all of them in the window.
  @Test("what no step lies in is not known")
  func notKnown() throws {
    let situation = try Self.run(
      Self.scenario(
        assets: ["AAA", "BBB"], clock: Self.session, start: "0s", plateau: "1d", to: "{ \"AAA/BBB\": 0.5 }"))
    let told = try situation.match(
      "Correlation of AAA and BBB from open to close of steps: (.*?) before torn, .*? in its window, (.*?) after it \\(severity 1; n = (.*?) steps of the market’s first (.*?) paths; 95 % intervals\\)"
    )
    #expect(told == ["not known", "not known", "0, 13,312 and 0", "1,024"])
    // The pair's key has a slash, which is the pair's own and no step down in the file.
    #expect(situation.words.contains("to AAA/BBB 0.5"))
  }

  @Test("of many pairs the page says how many it measures")
  func firstSix() throws {
    let situation = try Self.run(
      Self.scenario(assets: ["AAA", "BBB", "CCC", "DDD", "EEE"], clock: Self.session, start: "1h", plateau: "2h"))
    #expect(
      try situation.matches("Correlation of ([A-E]+ and [A-E]+) from").flatMap { $0 } == [
        "AAA and BBB", "AAA and CCC", "AAA and DDD", "AAA and EEE", "BBB and CCC", "BBB and DDD",
      ])
    #expect(
      situation.words.contains("Of the 10 pairs of assets whose correlations torn changes, the first 6 are measured."))
  }

  /// 2²⁵ prices of two assets over 40,000 seconds are those of 419 paths, of which whole groups of eight are taken. Of half a
  /// million seconds they are those of 32 paths: then it is 64.
  @Test(
    "fewer paths of a market with very many steps are looked at, and the page says how many",
    arguments: [
      (40_000, 416), (400_000, 64),
    ])
  func cut(seconds: Int, paths: Int) throws {
    let situation = try Self.run(
      Self.scenario(
        assets: ["AAA", "BBB"],
        clock: "\"step\": \"1s\", \"length\": \"\(seconds)s\", \"calendar\": { \"model\": \"continuous\" }",
        start: "1h", plateau: "2h"), paths: 8)
    let line = situation.summary.scenarios[0].events[0]
    #expect(line.starting?.n == paths && line.correlations?.first?.inWindow.n == 7200 * paths)
    #expect(situation.words.contains("of the market’s first \(paths) paths; 95 % intervals"))
    #expect(situation.words.contains("Shares are of the market’s first \(paths) paths"))
  }

  /// Planted mistake: keys of digits dropped as places in lists.
  @Test("an asset whose name is a number stands in what the file says, and places in lists do not")
  func digits() throws {
    let situation = try Self.run(
      Self.scenario(assets: ["7203", "AAA"], clock: Self.session, start: "1h", plateau: "2h")
        .replacing(
          "\"torn\":",
          with: """
            "gap": { "model": "gap", "asset": "AAA", "start": "2h", "change": -0.1,
              "contagion": { "7203": { "beta": 0.5 } } },
            "breaker": { "model": "circuitBreaker", "asset": "AAA", "levels": [{ "fall": 0.2, "pause": "15m" }] }, "torn":
            """))
    #expect(situation.words.contains("contagion 7203 beta 0.5"))
    #expect(situation.words.contains("levels fall 0.2; levels pause 15m"))
  }

  @Test("the worst path's draws have the units of the forms")
  func drawnUnits() throws {
    let situation = try Self.run(
      Self.scenario(assets: ["AAA", "BBB"], clock: Self.session, start: "1h", plateau: "2h")
        .replacing(
          "\"torn\":",
          with: """
            "lent": { "model": "squeeze", "start": "1h", "window": { "plateau": "2h" },
              "recall": { "between": [0.2, 0.4] }, "recallAfter": { "between": ["30m", "31m"] } }, "torn":
            """))
    #expect(try situation.match("lent: recallAfter (30|31) min").count == 1)
    #expect(try situation.match("lent: recall (0.[23][0-9]*) \\(fraction\\)").count == 1)
  }

  @Test("the limits say what costs of holding are modelled")
  func limits() throws {
    let situation = try Self.run(
      Self.scenario(assets: ["AAA", "BBB"], clock: Self.session, start: "1h", plateau: "2h"))
    #expect(
      situation.words.contains(
        "Interest on what an account holds in cash, and dividends, are not modelled; borrowed cash, borrowed shares and "
          + "funding cost what the venue's terms and the events say."))
  }
}
