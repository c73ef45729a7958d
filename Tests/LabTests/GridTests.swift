import Documents
import Foundation
import Lab
import Testing

/// A grid's points are scenarios of their own: each is what a file that says the same would be, bit for bit.
@Suite("A grid")
struct GridTests {
  private static func study(_ grid: String, scenario: String = "small.json") -> String {
    """
    { "stresslab": "study/1", "title": "Grid", "scenarios": ["\(scenario)"], "severities": [1],
      "panel": { "hold": { "model": "buyAndHold", "leverage": 4 } }, \(grid)
      "monteCarlo": { "paths": 48, "seed": 7 } }
    """
  }

  private static let grid = #"""
    "grid": [{ "pointer": "/events/crash/drop/high", "name": "deepest", "values": [0.2, 0.4] },
      { "pointer": "/events/crash/recovery/fraction", "values": [0.5, { "between": [0.1, 0.2] }] }],
    """#

  private static func rows(_ folder: TemporaryFolder, _ out: String) throws -> [String] {
    let script = """
      import sqlite3, sys
      for row in sqlite3.connect(sys.argv[1]).execute(
        "select d.scenario, o.* from outcomes o join desks d on o.desk = d.desk order by d.desk, o.path"):
        print("|".join(str(value) for value in row))
      """
    return try folder.run("/usr/bin/env", ["python3", "-c", script, "\(out)/results.sqlite"]).split(separator: "\n")
      .map(String.init)
  }

  /// Everything of a row but the scenario, the path with its clone, and the number of the desk.
  private static func outcomes(_ rows: [String]) -> [[Substring]] {
    rows.map { Array($0.split(separator: "|", omittingEmptySubsequences: false).dropFirst(4)) }
  }

  /// Planted mistakes: one axis left out; the axes' values combined one by one.
  @Test("runs every combination, each as the file that says it would be run")
  func combinations() throws {
    let folder = try TemporaryFolder()
    try folder.write("small.json", SmallScenario.scenario())
    try folder.write("study.json", Self.study(Self.grid))
    let program = StressLabProgram(folder: folder)
    let run = try program.run("run", "study.json", "--out", "grid", "--table", "table.csv")
    #expect(run.code == 0, "\(run.error)")
    let rows = try Self.rows(folder, "grid")
    let names = rows.map { $0.split(separator: "|")[0] }
    let spread = #"{"between":[0.1,0.2]}"#
    let points = ["0.2", "0.4"].flatMap { drop in ["0.5", spread].map { (drop, $0) } }
    #expect(Set(names).count == 4 && rows.count == 4 * 48)
    for (index, (drop, fraction)) in points.enumerated() {
      #expect(names[48 * index] == "small, deepest \(drop), fraction \(fraction)")
      try folder.write(
        "alone.json",
        """
        { "extends": "small.json", "title": "Alone", "events": { "crash": { "drop": { "high": \(drop) }, "recovery": { "fraction": \(fraction) } } } }
        """)
      try folder.write("one.json", Self.study("", scenario: "alone.json"))
      #expect(try program.run("run", "one.json", "--out", "one\(index)").code == 0)
      let alone = Self.outcomes(try Self.rows(folder, "one\(index)"))
      #expect(Self.outcomes(Array(rows[(48 * index)..<(48 * index + 48)])) == alone, "\(drop) \(fraction)")
    }
    // The flat table: a column for each axis, and the figures of the summary.
    let table = try String(contentsOfFile: folder.path("table.csv"), encoding: .utf8).split(separator: "\n")
    #expect(table[0].hasPrefix("scenario,deepest,fraction,severity,agent,risk,measure,"))
    let summary = try JSONDecoder().decode(
      Summary.self, from: Data(contentsOf: folder.url.appendingPathComponent("grid/summary.json")))
    let survival = try #require(summary.desks.last?.survival.value)
    let line = try #require(table.last { $0.contains(",survival,") })
    #expect(line.contains(",hold,none,survival,,fraction,\(JSONWriter.number(survival)),"), "\(line)")
    #expect(table.count == summary.measureRows.count + 1)
    let page = try String(contentsOfFile: folder.path("grid/index.html"), encoding: .utf8)
    #expect(page.contains("Over the grid"))
  }

  static let broken: [(grid: String, told: String)] = [
    (
      #"{ "pointer": "/events/crsh/drop", "values": [0.1] }"#,
      #"/grid/0/pointer: there is nothing at "/events/crsh/drop" in small.json; did you mean "/events/crash/drop"?"#
    ),
    (#"{ "pointer": "/title", "values": [3] }"#, "/title: expected a string, found the number 3"),
    (#"{ "pointer": "/events/crash/drop", "values": [0.1, "x"] }"#, "/events/crash/drop: expected a number or a dist"),
    (#"{ "pointer": "/events/crash/drop", "values": [0.1, 1.5] }"#, "/events/crash/drop: 1.5 is "),
    (#"{ "pointer": "events", "values": [1] }"#, "/grid/0/pointer: a JSON pointer begins with /"),
    (#"{ "pointer": "/events/crash/drop", "values": [] }"#, "/grid/0/values: "),
    (
      #"{ "pointer": "/assets/AAA/price", "values": [1] }, { "pointer": "/assets/BBB/price", "values": [1] }"#,
      #"/grid/1: two axes are called "price": give one a "name""#
    ),
    (
      #"{ "pointer": "/assets/AAA/price", "values": [1] }, { "pointer": "/assets/AAA/price", "name": "p", "values": [1] }"#,
      #"/grid/1/pointer: the grid varies "/assets/AAA/price" twice"#
    ),
  ]

  @Test("that points to nothing, or to a value of another kind, is refused at its place", arguments: broken)
  func refused(grid: String, told: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("small.json", SmallScenario.scenario())
    try folder.write("study.json", Self.study("\"grid\": [\(grid)],"))
    for command in ["validate", "run"] {
      let result = try StressLabProgram(folder: folder).run(command, "study.json")
      #expect(result.code == 2 && result.error.contains(told), "\(result.error)")
      #expect(result.error.hasPrefix("study.json:"), "\(result.error)")
    }
  }

  @Test("a study serves other scenarios with --study, and --risk leaves risk profiles out")
  func otherScenarios() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    try folder.write("other.json", #"{ "extends": "small.json", "title": "Other" }"#)
    let program = StressLabProgram(folder: folder)
    let run = try program.run(
      "run", "other.json", "--study", "study.json", "--risk", "none", "--paths", "8", "--severity", "1")
    #expect(run.code == 0, "\(run.error)")
    let data = try Data(contentsOf: folder.url.appendingPathComponent("reports/other-study/summary.json"))
    let summary = try JSONDecoder().decode(Summary.self, from: data)
    #expect(summary.scenarios.map(\.name) == ["other"] && Set(summary.desks.map(\.risk)) == ["none"])
    #expect(summary.run.command.contains("other.json --study study.json"), "\(summary.run.command)")
    #expect(summary.run.command.contains("--risk none"), "\(summary.run.command)")
    let wrong = try program.run("run", "other.json", "--study", "study.json", "--risk", "nine")
    #expect(wrong.code == 2 && wrong.error.contains(#"no risk profile named "nine""#), "\(wrong.error)")
    let twice = try program.run("run", "study.json", "--study", "study.json")
    #expect(twice.code == 2 && twice.error.contains("a study runs alone: --study is for scenarios"))
  }

  @Test("a table in Markdown has a row for each measure of each desk")
  func markdown() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    let run = try StressLabProgram(folder: folder).run("run", "study.json", "--paths", "8", "--table", "t.md")
    #expect(run.code == 0, "\(run.error)")
    let lines = try String(contentsOfFile: folder.path("t.md"), encoding: .utf8).split(separator: "\n")
    #expect(lines[0].hasPrefix("| scenario | severity | agent | risk | measure |") && lines[1].hasPrefix("| --- |"))
    let bars = lines.map { $0.count { $0 == "|" } }
    #expect(Set(bars).count == 1)
  }
}
