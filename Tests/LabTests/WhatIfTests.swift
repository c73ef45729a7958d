import Foundation
import Lab
import Testing

@Suite("Fixed figures that are multiplied")
struct WhatIfTests {
  private static func study(_ folder: TemporaryFolder, whatIf: String, more: String = "") throws -> String {
    _ = try SmallScenario.write(to: folder)
    let text = SmallScenario.study().replacing(
      "\"severities\":", with: "\"whatIf\": { \(whatIf) }, \(more)\"severities\":")
    return try folder.write("study.json", text)
  }

  private static let figures = """
    "figures": { "depth": "/assets/*/liquidity/depthTo1Percent", "volatility": "/assets/*/process/annualVolatility" }
    """

  @Test("give the same counts on any number of threads, in tiles of any width, and from a later path on")
  func threads() throws {
    let folder = try TemporaryFolder()
    let study = try Self.study(folder, whatIf: Self.figures + ", \"paths\": 50")
    let one = try RunnerTests.run(study, into: folder.path("a"), RunSettings(paths: 60, threads: 1, tile: 8))
    let two = try RunnerTests.run(study, into: folder.path("b"), RunSettings(paths: 60, threads: 2, tile: 64))
    #expect(try one.json() == two.json())
    let worlds = try #require(one.whatIfs)
    #expect(worlds.map(\.figure) == ["depth", "depth", "volatility", "volatility"] && worlds[0].desks.count == 6)
    let later = try RunnerTests.run(
      study, into: folder.path("c"), RunSettings(paths: 30, firstPath: 11, threads: 2, tile: 16))
    #expect(later.whatIfs?.first?.firstPath == 11 && later.whatIfs?.first?.paths == 30)
  }

  @Test("are not run where the command line chooses severities")
  func chosen() throws {
    let folder = try TemporaryFolder()
    let study = try Self.study(folder, whatIf: Self.figures)
    let summary = try RunnerTests.run(
      study, into: folder.path("run"), RunSettings(paths: 8, severities: [1], threads: 1))
    #expect(summary.whatIfs == nil)
  }

  @Test(
    "are refused at their places where nothing fixed stands, or the scenario does not take them",
    arguments: [
      ("\"figures\": { \"a\": \"/assets/*/liquidity/depthTo2Percent\" }", "there is no fixed number or duration at"),
      ("\"figures\": { \"a\": \"/title\" }", "there is no fixed number or duration at"),
      (
        "\"figures\": { \"a\": \"/venue/initialMargin\" }, \"factors\": [100]",
        "does not take /venue/initialMargin times 100"
      ),
      ("\"figures\": { \"a\": \"venue\" }", "a JSON pointer begins with /"),
      ("\"figures\": { \"a\": \"/clock/length\" }", "makes other paths"),
      ("\"figures\": {}", "at least 1 member"),
      (Self.figures + ", \"factors\": [1]", "a factor of 1 changes nothing"),
      (Self.figures + ", \"factors\": [2, 2]", "a factor stands here twice"),
      (Self.figures + ", \"factors\": [0]", "factors"),
    ])
  func refusals(whatIf: String, problem: String) throws {
    let folder = try TemporaryFolder()
    let study = try Self.study(folder, whatIf: whatIf)
    let error = #expect(throws: (any Error).self) { try StudyFile(reading: [study], repository: nil) }
    let text = String(describing: error)
    #expect(text.contains(problem) && text.contains("study.json:") && text.contains("/whatIf"), "\(text)")
  }

  @Test("and a grid are two answers to one question")
  func grid() throws {
    let folder = try TemporaryFolder()
    let grid = "\"grid\": [{ \"pointer\": \"/venue/takerFeeBps\", \"values\": [1, 2] }], "
    let study = try Self.study(folder, whatIf: Self.figures, more: grid)
    let error = #expect(throws: (any Error).self) { try StudyFile(reading: [study], repository: nil) }
    #expect(String(describing: error).contains("the grid varies figures already"))
  }

  @Test("of the default study are left out where a scenario has none of them")
  func leftOut() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("small.json", SmallScenario.scenario(events: ""))
    let plan = try RunPlan(try StudyFile(reading: [file], repository: nil), RunSettings(paths: 16, threads: 2))
    guard
      case .finished(let summary) = try Runner(plan, into: ReportFolder(folder.path("run")), gitRevision: nil).run(
        resume: false, overwrite: false, shouldStop: { false }, report: { _ in })
    else {
      Issue.record("it did not finish")
      return
    }
    #expect(Set((summary.whatIfs ?? []).map(\.figure)) == ["depth", "maintenance margin", "volatility"])
  }
}
