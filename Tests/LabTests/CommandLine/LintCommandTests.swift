import Foundation
import Testing

@Suite("The command lint")
struct LintCommandTests {
  private func lint(_ scenario: String, study: String? = nil) throws -> (code: Int32, lines: [String]) {
    let folder = try TemporaryFolder()
    try folder.write("small.json", scenario)
    if let study { try folder.write("study.json", study) }
    let result = try StressLabProgram(folder: folder).run("lint", study == nil ? "small.json" : "study.json")
    #expect(result.error.isEmpty, "\(result.error)")
    return (result.code, result.output.split(separator: "\n").map(String.init))
  }

  private static let sources = """
    "sources": { "/clock": { "basis": "judgement", "text": "a session" }, "/assets": { "basis": "judgement", "text": "x" },
      "/dependence": { "basis": "judgement", "text": "x" }, "/venue": { "basis": "judgement", "text": "x" },
      "/events": { "basis": "judgement", "text": "x" } },
    """

  /// The small scenario with a source for everything.
  private static func sourced(_ events: String = SmallScenario.crash) -> String {
    SmallScenario.scenario(events: events)
      .replacing("\"title\": \"Small\",", with: "\"title\": \"Small\", \(sources)")
  }

  @Test("finds nothing in a scenario whose numbers have sources and whose event acts")
  func good() throws {
    let found = try lint(Self.sourced())
    #expect(found.code == 0 && found.lines == ["small.json: nothing suspicious"], "\(found)")
  }

  @Test("tells of numbers without a source, at the object that they stand in")
  func sources() throws {
    let found = try lint(SmallScenario.scenario())
    #expect(found.code == 1)
    #expect(
      found.lines.contains {
        $0.contains(
          "/assets/AAA: nothing in \"sources\" says where price, process/model, process/annualVolatility, liquidity/")
          && $0.hasSuffix("come from [source]")
      }, "\(found.lines)")
    #expect(found.lines.allSatisfy { $0.hasSuffix("[source]") }, "\(found.lines)")
  }

  @Test("tells of an event that changes nothing, and of one that never comes")
  func events() throws {
    let idle = """
      "idle": { "model": "circuitBreaker", "asset": "BBB", "levels": [{ "fall": 0.99, "pause": "5m" }] }
      """
    let call =
      "\"call\": { \"model\": \"marginCall\", \"start\": \"2h\", \"window\": { \"plateau\": \"1h\" }, \"initialMargin\": 2 }"
    let late = SmallScenario.crash.replacing("\"crash\"", with: "\"late\"")
      .replacing("[\"1h\", \"2h\"]", with: "[\"6.4h\", \"900h\"]")
    let found = try lint(Self.sourced("\(SmallScenario.crash), \(idle), \(late), \(call)"))
    #expect(found.code == 1)
    #expect(
      found.lines.contains { $0.contains("/events/idle: \"idle\" changes nothing on the first 64 paths") },
      "\(found.lines)")
    #expect(
      found.lines.contains { $0.contains("/events/late: \"late\" starts before the horizon on ") }, "\(found.lines)")
    for name in ["crash", "call"] {
      #expect(!found.lines.contains { $0.contains("/events/\(name):") }, "\(found.lines)")
    }
  }

  @Test("tells of an agent that aims for more leverage than the venue lends, where the study names it")
  func leverage() throws {
    let study = SmallScenario.study().replacing("\"leverage\": 6", with: "\"leverage\": 9")
    let found = try lint(Self.sourced(), study: study)
    #expect(found.code == 1 && found.lines.count == 1, "\(found)")
    #expect(
      found.lines.first?.hasPrefix("study.json:") == true
        && found.lines[0].contains(
          "/panel/hold: \"hold\" aims for 9 times its equity, and the venue of \"small\" lends up to 8 times"),
      "\(found)")
  }

  /// Measured before: a value that a document put in the place of another was still told to come from the other's source.
  @Test(
    "a source of what is extended says nothing of a value that is put in its place, and goes with what is taken away")
  func extended() throws {
    let folder = try TemporaryFolder()
    let base = Self.sourced().replacing(
      "\"/events\":", with: "\"/events/crash/drop\": { \"basis\": \"judgement\", \"text\": \"y\" }, \"/events\":")
    try folder.write("base.json", base)
    let head = "\"stresslab\": \"scenario/1\", \"extends\": \"./base.json\", \"title\": \"Other\""
    try folder.write("other.json", "{ \(head), \"assets\": { \"BBB\": { \"price\": 60 } } }")
    try folder.write("calm.json", "{ \(head), \"events\": { \"crash\": null } }")
    let program = StressLabProgram(folder: folder)
    let other = try program.run("lint", "other.json")
    let lines = other.output.split(separator: "\n")
    #expect(
      other.code == 1 && lines.count == 1
        && lines[0].hasSuffix("/assets/BBB: nothing in \"sources\" says where price comes from [source]"), "\(other)")
    let calm = try program.run("lint", "calm.json")
    #expect(calm.code == 0 && calm.output == "calm.json: nothing suspicious\n", "\(calm)")
  }
}
