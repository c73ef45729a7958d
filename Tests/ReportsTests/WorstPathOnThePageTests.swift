import Foundation
import Lab
import Reports
import Statistics
import Testing

/// What the section of the worst path says of all desks' worst paths, from the outcome rows.
@Suite("The worst paths in words")
struct WorstPathOnThePageTests {
  @Test("of many desks the five lowest ends are named, and where the others' lie from")
  func manyEnds() throws {
    let agents = (1...7).map { (name: "h\($0)", leverage: 0.5 * Double($0)) }
    let situation = try Situation(
      [
        Situation.session(
          "\"model\": \"gbm\", \"annualVolatility\": 0.3", events: Situation.crash(start: "2h", drop: 0.1))
      ],
      study: Situation.holders(agents, paths: 50))
    let ends = try situation.rows(
      "select 100 * min(finalEquity / startEquity) from results group by agent order by 1"
    ).map { $0[0] }
    let told = try situation.match(
      "Each desk’s worst path ends, of the start, at ([0-9.]+) % \\(h7 · none\\), .* and those of 2 others at ([0-9.]+) % or more\\."
    )
    try #require(told.count == 2)
    #expect(
      abs((Double(told[0]) ?? .nan) - ends[0]) <= 0.051 && abs((Double(told[1]) ?? .nan) - ends[5]) <= 0.051,
      "\(told) \(ends)")
  }

  @Test("the worst path says how the same path ends without the event, as the store has it")
  func inCalm() throws {
    let situation = try Situation(
      [
        Situation.session(
          "\"model\": \"gbm\", \"annualVolatility\": 0.3", events: Situation.crash(start: "2h", drop: 0.14))
      ],
      study: """
        "severities": [0, 1], "panel": { "hold": { "model": "buyAndHold", "leverage": 6 } },
        "risk": { "none": { "rules": {} } }, "monteCarlo": { "paths": 100, "seed": 3 }
        """)
    let path = try #require(situation.summary.desks.first { $0.severity == 1 }?.worstPath).path
    let row = try situation.rows(
      "select 100 * finalEquity / startEquity, cause <> 'none' from results where severity = 0 and path = \(path)")[0]
    let told = try situation.match(
      "Without the event the same path, with the same draws, ends at ([0-9.]+) % of the start, (ruined too|not ruined)\\."
    )
    try #require(told.count == 2)
    #expect(situation.index.contains("It is ruined without the event too.") == (row[1] == 1))
    #expect(
      abs((Double(told[0]) ?? .nan) - row[0]) <= 0.051 && (told[1] == "ruined too") == (row[1] == 1), "\(told) \(row)")
  }

  /// Jumps of a third ruin who holds three times his equity on some paths without any event; the crash takes some of the others.
  @Test(
    "the section tells the lowest end of paths that only the event ruins, and of desks that pass, as the store has them"
  )
  func byEvents() throws {
    let situation = try Situation(
      [
        Situation.session(
          "\"model\": \"merton\", \"annualVolatility\": 1.5, \"jumpsPerYear\": 20, \"meanJump\": -0.3, \"jumpVolatility\": 0.05",
          events: Situation.crash(start: "2h", drop: 0.14))
      ],
      study: """
        "severities": [0, 1], "panel": { "much": { "model": "buyAndHold", "leverage": 3 },
          "some": { "model": "buyAndHold", "leverage": 0.6 }, "little": { "model": "buyAndHold", "leverage": 0.3 } },
        "risk": { "none": { "rules": {} } }, "monteCarlo": { "paths": 200, "seed": 3 },
        "criteria": [{ "measure": "survival", "atLeast": 0.5, "desk": "some/none" },
          { "measure": "survival", "atLeast": 0.5, "desk": "little/none" }]
        """)
    let worst = try #require(
      situation.summary.desks.first { $0.severity == 1 && $0.agent == "much" }?.worstPath)
    let row = try #require(
      try situation.rows(
        """
        select e.path, 100 * e.finalEquity / e.startEquity, e.cause <> 'none' from results e
        join results c on c.path = e.path and c.severity = 0 and c.agent = 'much'
        where e.severity = 1 and e.agent = 'much' and c.cause = 'none' order by 2, 1 limit 1
        """
      ).first)
    try #require(Double(worst.path) != row[0])
    let told = try situation.match(
      "Of paths that it survives without the event the one that ends lowest, path ([0-9]+), ends at ([0-9.]+) % of the start, "
        + "(ruined|not ruined)\\. Each desk")
    try #require(told.count == 3)
    #expect(Double(told[0]) == row[0] && VerdictOnThePageTests.reads(told[1], row[1]), "\(told) \(row)")
    #expect((told[2] == "ruined") == (row[2] == 1))
    let passing = try situation.match("Of those that pass all limits the lowest is ([0-9.]+) % \\(some · none\\)\\.")
    let least = try situation.number(
      "select 100 * min(finalEquity / startEquity) from results where severity = 1 and agent = 'some'")
    #expect(VerdictOnThePageTests.reads(passing.first ?? "", least), "\(passing) \(least)")
  }

  @Test("the section names where each desk’s worst path ends, the lowest first, as the store has it")
  func ends() throws {
    let situation = try Situation(
      [
        Situation.session(
          "\"model\": \"gbm\", \"annualVolatility\": 0.3", events: Situation.crash(start: "2h", drop: 0.14))
      ],
      study: Situation.holders([(name: "much", leverage: 3), (name: "little", leverage: 1)], paths: 100))
    let told = try situation.match(
      "Each desk’s worst path ends, of the start, at ([0-9.]+) % \\(much · none\\) and ([0-9.]+) % \\(little · none\\)\\."
    )
    try #require(told.count == 2)
    for (text, agent) in zip(told, ["much", "little"]) {
      let least = try situation.number(
        "select 100 * min(finalEquity / startEquity) from results where agent = '\(agent)'")
      #expect(abs((Double(text) ?? .nan) - least) <= 0.051, "\(told) \(least)")
    }
  }
}
