import Foundation
import Lab
import Statistics
import Testing

/// A study with criteria as CI runs it: three desks of which none, all, and about half of the paths are ruined.
@Suite("Criteria on the command line")
struct CriteriaTests {
  private static func study(_ criteria: String, paths: Int = 200) -> String {
    """
    { "stresslab": "study/1", "title": "Gate <&> \\\"1\\\"", "scenarios": ["small.json"], "severities": [0, 1],
      "panel": { "flat": { "model": "flat" }, "hold": { "model": "buyAndHold", "leverage": 4 } },
      "criteria": [\(criteria)], "monteCarlo": { "paths": \(paths), "seed": 7 } }
    """
  }

  private static func folder(_ criteria: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("small.json", SmallScenario.scenario())
    try folder.write("study.json", study(criteria))
    return folder
  }

  private static func line(_ desk: String, atLeast: Double) -> String {
    #"{ "measure": "survival", "desk": "\#(desk)/none", "atLeast": \#(atLeast) }"#
  }

  /// What survived of 200, as the store says.
  private static func survived(_ folder: TemporaryFolder) throws -> Double {
    let summary = try JSONDecoder().decode(
      Summary.self, from: Data(contentsOf: folder.url.appendingPathComponent("out/summary.json")))
    return try #require(summary.desks.last?.survival.value)
  }

  @Test("decide the exit code: 0 where all pass, 1 where one fails, and 1 for too close with --strict alone")
  func exitCodes() throws {
    let folder = try Self.folder("")
    func run(_ criteria: String, _ more: String...) throws -> StressLabProgram.Result {
      try folder.write("study.json", Self.study(criteria))
      let words = ["run", "study.json", "--out", "out", "--overwrite"] + more
      return try RunningProgram(StressLabProgram.path, words, in: folder.url).wait()
    }
    // The usual ones decide nothing, whoever fails them.
    let usual = try run("")
    #expect(usual.code == 0 && !usual.output.contains("fails: "))
    let share = try Self.survived(folder)
    try #require(share > 0.1 && share < 0.9)
    let passes = try run(Self.line("flat", atLeast: 0.98) + ", " + Self.line("hold", atLeast: share - 0.1))
    #expect(passes.code == 0, "\(passes.output)")
    // 0.05^(1/200) = 0.98513
    let told = "passes: flat/none: survival at least 98 %, in small, severity 1 (100 %, at least 98.5 %)"
    #expect(passes.output.contains(told), "\(passes.output)")
    let fails = try run(Self.line("flat", atLeast: 0.98) + ", " + Self.line("hold", atLeast: share + 0.1))
    #expect(fails.code == 1 && fails.output.contains("fails: hold/none: survival at least"), "\(fails.output)")
    let close = try run(Self.line("hold", atLeast: share - 0.01))
    #expect(close.code == 0 && close.output.contains("too close to call: hold/none"), "\(close.output)")
    #expect(close.output.contains("paths would settle it)"))
    #expect(try run(Self.line("hold", atLeast: share - 0.01), "--strict").code == 1)
  }

  @Test("are JUnit XML that other readers take, and JSON")
  func files() throws {
    let folder = try Self.folder(
      [Self.line("flat", atLeast: 0.98), Self.line("hold", atLeast: 0.999)].joined(separator: ", "))
    let run = try StressLabProgram(folder: folder).run(
      "run", "study.json", "--out", "out", "--junit", "gate.xml", "--json")
    #expect(run.code == 1, "\(run.error)")
    let script = """
      import sys, xml.etree.ElementTree as tree
      suite = tree.parse(sys.argv[1]).getroot()[0]
      print(suite.get("name"), suite.get("tests"), suite.get("failures"), suite.get("skipped"))
      for case in suite: print(case.get("classname"), case.get("name"), [part.tag for part in case])
      """
    let told = try folder.run("/usr/bin/env", ["python3", "-c", script, "gate.xml"])
    #expect(
      told.split(separator: "\n").map(String.init) == [
        "Gate <&> \"1\" 2 1 0", "small, severity 1 flat/none: survival at least 98 % []",
        "small, severity 1 hold/none: survival at least 99.9 % ['failure']",
      ], "\\(told)")
    let json = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let criteria = try #require(json["criteria"] as? [[String: Any]])
    #expect(criteria.map { $0["verdict"] as? String } == ["pass", "fail"])
  }

  static let broken: [(criterion: String, told: String)] = [
    (#"{ "measure": "survivl", "atLeast": 1 }"#, #"/criteria/0/measure: no measure of one number is called "survivl""#),
    (#"{ "measure": "finalReturnQuantiles", "atLeast": 1 }"#, "/criteria/0/measure: no measure of one number"),
    (#"{ "measure": "survival" }"#, #"/criteria/0: a criterion has either "atLeast" or "atMost""#),
    (#"{ "measure": "survival", "atLeast": 1, "atMost": 2 }"#, #"/criteria/0: a criterion has either "atLeast" or"#),
    (#"{ "measure": "survival", "desk": "hold/x", "atLeast": 1 }"#, #"/criteria/0/desk: no desk is called "hold/x""#),
    (#"{ "measure": "survival", "severity": 2, "atLeast": 1 }"#, "/criteria/0/severity: the study has no severity 2"),
    (
      #"{ "measure": "survival", "scenario": "smal", "atLeast": 1 }"#,
      #"/criteria/0/scenario: the study has no scenario called "smal"; did you mean "small"?"#
    ),
    (#"{ "measure": "lossExceedance", "atMost": 1 }"#, #"/criteria/0/measure: lossExceedance needs a "loss""#),
    (#"{ "measure": "survival", "loss": 0.2, "atLeast": 1 }"#, "/criteria/0/loss: only lossExceedance has a loss"),
    (#"{ "measure": "survival", "level": 0.9, "atLeast": 1 }"#, "/criteria/0/level: only expectedShortfall has"),
    (#"{ "measure": "survival", "confidence": 1, "atLeast": 1 }"#, "/criteria/0/confidence: 1 is outside"),
  ]

  @Test("of what is not there are refused at their places, before anything is run", arguments: broken)
  func refused(criterion: String, told: String) throws {
    let folder = try Self.folder(criterion)
    for command in ["validate", "run"] {
      let result = try StressLabProgram(folder: folder).run(command, "study.json")
      #expect(result.code == 2 && result.error.contains(told), "\(result.error)")
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path("reports")))
  }

  @Test("whose file has no place are refused before anything is run", arguments: ["--junit", "--table"])
  func noPlace(option: String) throws {
    let folder = try Self.folder(Self.line("hold", atLeast: 0.5))
    let program = StressLabProgram(folder: folder)
    let missing = try program.run("run", "study.json", option, "none/gate.xml")
    #expect(missing.code == 2 && missing.error.contains("none/gate.xml can't be written: No such file"))
    let nameless = try program.run("run", "study.json", option, "")
    #expect(nameless.code == 2 && nameless.error.contains("\(option) needs the name of a file"), "\(nameless.error)")
    #expect(!FileManager.default.fileExists(atPath: folder.path("reports")))
  }

  @Test("of what the command line leaves out are refused, as nothing would judge them")
  func leftOut() throws {
    let folder = try Self.folder(#"{ "measure": "survival", "desk": "hold/none", "severity": 1, "atLeast": 0.5 }"#)
    let program = StressLabProgram(folder: folder)
    let agents = try program.run("run", "study.json", "--agents", "flat")
    #expect(agents.code == 2 && agents.error.contains(#"criterion 0 is about "hold/none", whose agent is not run"#))
    let severity = try program.run("run", "study.json", "--severity", "0.5")
    #expect(severity.code == 2 && severity.error.contains("judged at severity 1, which is not run"))
  }
}
