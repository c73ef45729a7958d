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
}
