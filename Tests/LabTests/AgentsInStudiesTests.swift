import Foundation
import Lab
import Testing

/// A trained agent of one asset, "A", on steps of a minute, that looks back six of them.
@Suite("Trained agents in studies")
struct AgentsInStudiesTests {
  private static let agent = Installation.repository.appendingPathComponent("fixtures/agents/small").path

  /// - Parameters:
  ///   - asset: the name of the one asset.
  ///   - step: of the clock.
  private static func scenario(
    _ title: String = "Small", asset: String = "A", step: String = "1m", warmup: String = "20m"
  )
    -> String
  {
    """
    { "stresslab": "scenario/1", "title": "\(title)",
      "clock": { "step": "\(step)", "length": "40m", "warmup": "\(warmup)", "calendar": { "model": "continuous" } },
      "assets": { "\(asset)": { "price": 100, "process": { "model": "gbm", "annualVolatility": 0.3 },
        "liquidity": { "halfSpreadBps": 1, "volumePerDay": 1000000, "depthTo1Percent": 10000 } } },
      "venue": { "takerFeeBps": 1, "initialMargin": 0.1, "maintenanceMargin": 0.05, "latency": "1s" } }
    """
  }

  private static func study(scenarios: String = "", agent: String = agent, panel: String = hold) -> String {
    """
    { "stresslab": "study/1", "title": "Trained", \(scenarios)
      "severities": [0], "panel": { \(panel)
        "learner": { "model": "policy", "folder": "\(agent)" } },
      "risk": { "none": { "rules": {} } }, "monteCarlo": { "paths": 16, "seed": 7 } }
    """
  }

  private static let hold = #""hold": { "model": "buyAndHold", "leverage": 2 },"#

  static let unfit: [(what: String, scenario: String, told: String, reason: String)] = [
    (
      "no such asset", scenario(asset: "B"), #"study.json:2:93: /panel/learner: no asset named "A" in small.json"#,
      #"no asset named "A""#
    ),
    (
      "another step", scenario(step: "30s"),
      "/panel/learner: it was trained on steps of 1m, and these are of 30s in small.json",
      "it was trained on steps of 1m, and these are of 30s"
    ),
    (
      "a warm-up that is too short", scenario(warmup: "5m"),
      #": /clock/warmup: the warm-up of 5 steps is shorter than what agent "learner" looks back: 6 steps"#,
      "it looks back 6 steps, and the warm-up has 5"
    ),
  ]

  /// Planted mistake: the step not compared.
  @Test(
    "that a scenario cannot feed are refused in a study that names them, by `validate` and by `run`", arguments: unfit)
  func named(what: String, scenario: String, told: String, reason: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("small.json", scenario)
    try folder.write("study.json", Self.study(scenarios: #""scenarios": ["small.json"],"#))
    let program = StressLabProgram(folder: folder)
    for command in ["validate", "run"] {
      let result = try program.run(command, "study.json")
      #expect(result.code == 2)
      let place = told.replacing(#/^study.json:\d+:\d+/#, with: "")
      #expect(result.error.contains(place), "\(result.error)")
      #expect(result.error.split(separator: "\n").count == 1, "\(result.error)")
    }
  }

  @Test("a signal that the market does not show is missed at the agent's place")
  func signal() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(atPath: Self.agent, toPath: folder.path("seer"))
    let text = try String(contentsOfFile: folder.path("seer/agent.json"), encoding: .utf8)
    try folder.write("seer/agent.json", text.replacing(#""position""#, with: #""signal""#))
    try folder.write("small.json", Self.scenario())
    try folder.write("study.json", Self.study(scenarios: #""scenarios": ["small.json"],"#, agent: "seer"))
    let result = try StressLabProgram(folder: folder).run("validate", "study.json")
    #expect(result.code == 2)
    #expect(
      result.error.hasSuffix(#": /panel/learner: the market shows no signal of "A" in small.json"# + "\n"),
      "\(result.error)")
  }

  @Test("of the default study are left out where a scenario cannot feed them, with a word", arguments: unfit)
  func leftOut(what: String, scenario: String, told: String, reason: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("small.json", scenario)
    try folder.write("fit.json", Self.scenario("Fit"))
    try FileManager.default.createDirectory(atPath: folder.path("studies"), withIntermediateDirectories: false)
    try folder.write("studies/default.json", Self.study())
    let program = StressLabProgram(folder: folder)
    let word = #"the agent "learner" is left out of "small": \#(reason)"#
    let checked = try program.run("validate", "small.json")
    #expect(checked.code == 0 && checked.output == "small.json: good\n")
    #expect(checked.error == "small.json: warning: \(word)\n", "\(checked.error)")

    let run = try program.run("run", "small.json", "fit.json", "--out", "out")
    #expect(run.code == 0 && run.error == "\(word)\n", "\(run.error)")
    let summary = try Self.summary(folder, "out")
    #expect(summary.desks.map { "\($0.scenario) \($0.agent)" } == ["small hold", "fit hold", "fit learner"])
    #expect(summary.absences == [Absence(agent: "learner", scenario: "small", reason: reason)])
    #expect(summary.agents?.map(\.name) == ["hold", "learner"])
    let page = try String(contentsOfFile: folder.path("out/index.html"), encoding: .utf8)
    #expect(
      page.contains("learner, in “Small”: \(reason.replacing("\"", with: "&quot;"))")
        || page.contains("learner, in “Small”: \(reason)"))

    // Who is left out changes nothing for the others.
    let without = try program.run("run", "small.json", "fit.json", "--agents", "hold", "--out", "without")
    #expect(without.code == 0 && without.error == "")
    let others = try Self.summary(folder, "without")
    #expect(others.absences == nil)
    #expect(others.desks.map(\.measures) == summary.desks.filter { $0.agent == "hold" }.map(\.measures))

    // Whoever asks for it by name is told.
    let asked = try program.run("run", "small.json", "--agents", "hold,learner", "--out", "asked")
    #expect(asked.code == 2 && asked.error == "stresslab: \(word)\n", "\(asked.error)")
    let alone = try program.run("run", "small.json", "fit.json", "--agents", "learner", "--out", "alone")
    #expect(alone.code == 2 && alone.error.contains("no agent is left for \"small\""), "\(alone.error)")
  }

  @Test("that a study has from another one, and does not name itself, are left out as well", arguments: unfit)
  func inherited(what: String, scenario: String, told: String, reason: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("small.json", scenario)
    try folder.write("common.json", Self.study())
    try folder.write(
      "mine.json", #"{ "extends": "common.json", "title": "Mine", "scenarios": ["small.json"] }"#)
    let run = try StressLabProgram(folder: folder).run("run", "mine.json")
    let word = #"the agent "learner" is left out of "small": \#(reason)"#
    #expect(run.code == 0 && run.error == word + "\n", "\(run.error)")
    // Once the study says anything of the agent, it has named it.
    try folder.write(
      "mine.json",
      """
      { "extends": "common.json", "title": "Mine", "scenarios": ["small.json"],
        "panel": { "learner": { "model": "policy", "folder": "\(Self.agent)" } } }
      """)
    let named = try StressLabProgram(folder: folder).run("validate", "mine.json")
    #expect(named.code == 2, "\(named.error)")
  }

  @Test("of a default study of nothing else are problems, as nobody is left")
  func nobody() throws {
    let folder = try TemporaryFolder()
    try folder.write("small.json", Self.scenario(asset: "B"))
    try FileManager.default.createDirectory(atPath: folder.path("studies"), withIntermediateDirectories: false)
    try folder.write("studies/default.json", Self.study(panel: ""))
    let run = try StressLabProgram(folder: folder).run("run", "small.json")
    #expect(run.code == 2 && run.error.contains(#"/panel/learner: no asset named "A" in small.json"#), "\(run.error)")
  }

  private static func summary(_ folder: TemporaryFolder, _ out: String) throws -> Summary {
    try JSONDecoder().decode(
      Summary.self, from: Data(contentsOf: folder.url.appendingPathComponent("\(out)/summary.json")))
  }
}
