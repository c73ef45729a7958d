import Lab
import Testing

@Suite("The work of a run")
struct RunPlanWorkTests {
  /// A path of a market: two assets, 12 steps of warm-up, 78 steps of the market and of each of six desks.
  private static let path = 2.0 * (12 + 78 * 7)

  private static func work(_ more: String, paths: Int, _ change: (inout RunSettings) -> Void = { _ in }) throws
    -> Double
  {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    let text = SmallScenario.study().replacing("\"severities\":", with: "\(more) \"severities\":")
    var settings = RunSettings(paths: paths)
    change(&settings)
    let study = try folder.write("study.json", text)
    return try RunPlan(StudyFile(reading: [study], repository: nil), settings).work
  }

  @Test("counts the steps of every asset in every path, of the market and of each desk")
  func own() throws {
    #expect(try Self.work("", paths: 200) == 2 * 200 * Self.path)
    #expect(try Self.work("", paths: 200) { $0.severities = [1] } == 200 * Self.path)
    #expect(
      try Self.work("", paths: 10) { ($0.severities, $0.agents, $0.risks) = ([1], ["hold"], ["none"]) }
        == 10 * 2 * (12 + 78 * 2))
  }

  @Test("counts the paths of a ladder that no market of the run lives through", arguments: [(200, 0.0), (20, 30)])
  func ladder(paths: Int, rest: Double) throws {
    let ladder = #""ladder": { "severities": [0, 0.5, 1, 2], "paths": 50 },"#
    #expect(try Self.work(ladder, paths: paths) == (2 * Double(paths) + 2 * 50 + 2 * rest) * Self.path)
  }

  @Test("counts what-ifs")
  func whatIf() throws {
    let whatIf =
      #""whatIf": { "figures": { "depth": "/assets/*/liquidity/depthTo1Percent" }, "factors": [0.5, 2], "paths": 40 },"#
    #expect(try Self.work(whatIf, paths: 200) == (2 * 200 + 2 * 40) * Self.path)
  }
}
