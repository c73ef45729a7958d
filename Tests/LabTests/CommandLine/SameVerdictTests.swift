import Foundation
import Testing

/// What `run` refuses before it draws, `validate` refuses too, in the same words.
@Suite("validate and run")
struct SameVerdictTests {
  /// A change of a scenario that is good, and where it is told.
  static let kinds: [(what: String, replacing: String, with: String, place: String)] = [
    (
      "correlations that no joint law has", #""AAA/BBB": 0.5"#, #""AAA/BBB": 0.9, "AAA/CCC": 0.9, "BBB/CCC": -0.9"#,
      "/dependence/correlations: "
    ),
    ("a price beyond numbers", #""length": "6.5h""#, #""length": "90000h""#, "/assets/AAA/process/annualDrift: "),
    ("a warm-up too short for the default study's rules", #""warmup": "20h""#, #""warmup": "5m""#, "/clock/warmup: "),
    ("multipliers beyond numbers", "\"events\": {", "\"events\": { \(Self.thin),", "/events/thin0/multipliers: "),
    ("a latency as long as the scenario", #""latency": "30s""#, #""latency": "7h""#, "/venue/latency: "),
  ]

  /// Nine events that each take a thousandth of the depth.
  private static let thin = (0..<9).map { number in
    """
    "thin\(number)": { "model": "flashCrash", "asset": "AAA", "start": "1h", "drop": 0, "fall": { "duration": "15m" },
      "recovery": { "fraction": 0, "halfLife": "30m" }, "multipliers": { "depth": 0.001, "halfLife": "30m" } }
    """
  }.joined(separator: ",\n")

  private static let good = SmallScenario.scenario()
    .replacingOccurrences(of: #""warmup": "1h""#, with: #""warmup": "20h""#)
    .replacingOccurrences(of: #""annualVolatility": 0.4 }"#, with: #""annualVolatility": 0.4, "annualDrift": 10 }"#)
    .replacingOccurrences(
      of: #""assets": {"#,
      with: #""assets": { "CCC": { "price": 1, "process": { "model": "gbm", "annualVolatility": 0.1 }, "liquidity": "#
        + #"{ "halfSpreadBps": 1, "volumePerDay": 1e9, "depthTo1Percent": 1e7 } },"#)

  @Test("the scenario is good as it stands")
  func isGood() throws {
    let folder = try TemporaryFolder()
    try folder.write("small.json", Self.good)
    let result = try StressLabProgram(folder: folder).run("validate", "small.json")
    #expect(result.code == 0, "\(result.error)")
  }

  @Test("say the same of a scenario", arguments: kinds)
  func areOne(what: String, replacing: String, with: String, place: String) throws {
    let folder = try TemporaryFolder()
    let changed = Self.good.replacingOccurrences(of: replacing, with: with)
    try #require(changed != Self.good)
    try folder.write("small.json", changed)
    let program = StressLabProgram(folder: folder)
    let verdicts = try [["validate", "small.json"], ["run", "small.json", "--paths", "8"]].map { try program.run($0) }
    #expect(verdicts.map(\.code) == [2, 2], "\(verdicts[0].output)")
    #expect(verdicts[0].error == verdicts[1].error)
    #expect(verdicts[0].error.contains(": \(place)"), "\(verdicts[0].error)")
    #expect(
      verdicts[0].error.split(separator: "\n").allSatisfy { $0.firstMatch(of: #/^small\.json:\d+:\d+: /#) != nil })
  }

  @Test("a scenario that cannot be at severity 1 is refused by both, even where a study asks for less")
  func asWritten() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "small.json", Self.good.replacingOccurrences(of: "\"events\": {", with: "\"events\": { \(Self.thin),"))
    try folder.write(
      "study.json",
      #"{ "stresslab": "study/1", "title": "low", "scenarios": ["small.json"], "severities": [0.1], "#
        + #""panel": { "flat": { "model": "flat" } } }"#)
    let program = StressLabProgram(folder: folder)
    let verdicts = try [["validate", "study.json"], ["run", "study.json", "--paths", "8"]].map { try program.run($0) }
    #expect(verdicts.map(\.code) == [2, 2], "\(verdicts[0].output)")
    #expect(verdicts[0].error == verdicts[1].error)
    #expect(verdicts[0].error.contains("at severity 1"), "\(verdicts[0].error)")
  }

  @Test("a study whose severity is too high for a scenario is told of it by both, with the place")
  func severities() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "small.json", SmallScenario.scenario().replacingOccurrences(of: #""depth": 0.2"#, with: #""depth": 0.001"#))
    try folder.write("study.json", SmallScenario.study(severities: "[1, 9]"))
    let program = StressLabProgram(folder: folder)
    for command in [["validate", "study.json"], ["run", "study.json"]] {
      let result = try program.run(command)
      #expect(result.code == 2)
      #expect(result.error.contains("small.json:18:18: /events/crash/multipliers: at severity 9 "), "\(result.error)")
    }
  }

  @Test("a run is called after its file, never after nothing or dots", arguments: ["..json", "...json", ".json"])
  func names(_ name: String) throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    try folder.write(name, SmallScenario.study(paths: 8))
    let result = try StressLabProgram(folder: folder).run("run", name)
    #expect(result.code == 0, "\(result.error)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("reports")) == [name])
    #expect(!FileManager.default.fileExists(atPath: folder.path("results.sqlite")))
  }

  @Test("a file's name forges no line and steers no terminal")
  func hostileName() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    try folder.write("a\u{1B}[2J\nstudy.json: good.json", "{")
    let result = try StressLabProgram(folder: folder).run("validate", "a\u{1B}[2J\nstudy.json: good.json", "study.json")
    #expect(result.code == 2)
    #expect(
      result.error == "a\\u001b[2J\\u000astudy.json: good.json:1:2: expected a key in double quotes, "
        + "found the end of the document\n")
  }
}
