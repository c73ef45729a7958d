import Foundation
import Testing

@Suite("What is right but may not be meant")
struct EventWarningTests {
  private static let warning =
    "the fall takes 30s, less than a step of 5m: stops fill on its line, at their levels, as if there were trading at every "
    + "price; a \"gap\" has no trading inside"

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    let quick = SmallScenario.scenario().replacingOccurrences(of: #""duration": "15m""#, with: #""duration": "30s""#)
    try folder.write("small.json", quick)
    return folder
  }

  /// Planted mistake: the fall compared with the latency alone.
  @Test("`validate` warns once at the place, on standard error, and finds the documents good")
  func validate() throws {
    let result = try StressLabProgram(folder: try folder()).run("validate", "study.json", "study.json")
    #expect(result.error == "small.json:15:80: /events/crash/fall/duration: warning: \(Self.warning)\n")
    #expect(result.output == "study.json: good\nstudy.json: good\n")
    #expect(result.code == 0)
  }

  @Test("the report says it among the limits of the model, and not of a slower fall")
  func report() throws {
    for isQuick in [true, false] {
      let folder = try folder()
      if !isQuick { try folder.write("small.json", SmallScenario.scenario()) }
      let program = StressLabProgram(folder: folder)
      let result = try program.run("run", "study.json", "--paths", "8", "--out", "out", "--quiet")
      #expect(result.code == 0, "\(result.error)")
      let page = try String(contentsOfFile: folder.path("out/index.html"), encoding: .utf8)
      #expect(
        page.contains("Event “crash”: the fall takes 30s, less than a step of 5m: stops fill on its line") == isQuick)
    }
  }

  /// Steps of five minutes have one sub-step. A field that is left out has no place of its own.
  @Test("`validate` warns of rules of halts whose windows are shorter than a sub-step, at their place")
  func haltWindows() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    try folder.write(
      "small.json",
      SmallScenario.scenario(
        events: #"""
          "band": { "model": "limitUpLimitDown", "band": 0.05, "window": "4m" },
          "fine": { "model": "limitUpLimitDown", "band": 0.05 },
          "pause": { "model": "reservePause", "move": 0.01, "within": "10s", "pause": "5s" }
          """#))
    let result = try StressLabProgram(folder: folder).run("validate", "study.json")
    #expect(
      result.error.split(separator: "\n").map { $0.drop { $0 != "/" } } == [
        "/events/band/window: warning: 4m is less than a sub-step of 5m: the reference is the last sub-step's close",
        "/events/pause/within: warning: 10s is less than a sub-step of 5m: a move within one of these stops trading, "
          + "however long it takes",
      ])
    #expect(result.code == 0)
  }
}
