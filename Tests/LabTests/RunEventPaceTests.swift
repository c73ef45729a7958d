import Foundation
import Lab
import Testing
import Threads

/// How often a run tells what, by clocks of the test's own.
@Suite("The pace of a run's events")
struct RunEventPaceTests {
  private let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  /// Runs 200 paths in two markets of six desks, in 8 tiles.
  private func run(
    _ study: String, _ name: String, clock: @escaping @Sendable () -> Double
  ) throws -> (events: EventLines, summary: Summary) {
    let plan = try RunPlan(try StudyFile(reading: [study], repository: nil), RunSettings(threads: 1, tile: 64))
    let file = EventFile(folder.path("\(name).jsonl"), clock: clock) { Issue.record("\($0)") }
    let told = RunEvents(file, plan, isResumed: false)
    var ending = Runner.Ending.interrupted
    for (look, paths) in plan.looks.enumerated() {
      let part = try RunPlan(plan.file, plan.settings.with(paths: paths))
      ending = try Runner(part, into: ReportFolder(folder.path(name)), gitRevision: nil).run(
        resume: look > 0, overwrite: false, shouldStop: { false }, report: { _ in }, events: told)
      if case .finished(let summary) = ending, summary.isPreciseEnough { break }
    }
    file.end(exit: 0, words: "done")
    guard case .finished(let summary) = ending else { throw StoreProblem("the run did not finish") }
    return (EventLines(folder.path("\(name).jsonl")), summary)
  }

  private static func ruined(_ progress: JSON?) -> Int {
    Int(progress?["desks"].elements.reduce(0) { $0 + ($1["ruined"].double ?? 0) } ?? -1)
  }

  @Test("while no time passes there are twenty ruins, one progress, one market's fans, and in the end the last of all")
  func standing() throws {
    let study = try SmallScenario.write(to: folder)
    let events = try run(study, "standing", clock: { 100 }).events
    #expect(events["ruin"].count == 20)
    #expect(events["progress"].count == 2 && events["progress"].last?["done"].double == 1)
    #expect(
      events["fan"].map { $0["paths"].double } == Array(repeating: 64, count: 6) + Array(repeating: 200, count: 12))
    #expect(events.ruins == Self.ruined(events["progress"].last) && events.ruins > 60)
  }

  @Test(
    "where much time passes every tile has its progress and up to twenty ruins, and markets have their fans in turn")
  func passing() throws {
    let study = try SmallScenario.write(to: folder)
    let time = Locked(0.0)
    let clock: @Sendable () -> Double = {
      time.withLock { time in
        time += 10
        return time
      }
    }
    let events = try run(study, "passing", clock: clock).events
    #expect(events["progress"].count == 8)
    #expect(events["ruin"].count > 40)
    var inOneTile = 0
    for line in events.all {
      inOneTile = line["event"].string == "ruin" ? inOneTile + 1 : line["event"].string == "progress" ? 0 : inOneTile
      #expect(inOneTile <= 20)
    }
    // Both markets grow tile by tile, by more than a tenth.
    let paths = [0.0, 1].map { severity in
      events["fan"].filter {
        $0["severity"].double == severity && $0["agent"].string == "hold" && $0["risk"].string == "none"
      }
      .map { $0["paths"].double }
    }
    #expect(paths[0] == [64, 128, 192, 200] && paths[1] == [64, 128, 192, 200])
    #expect(events.ruins == Self.ruined(events["progress"].last))
  }

  @Test("a run that may end early begins once, and its ruins add up over all looks")
  func looks() throws {
    try folder.write("small.json", SmallScenario.scenario())
    let study = try folder.write(
      "study.json",
      SmallScenario.study(paths: 256).replacing(
        #""seed": 7"#, with: #""seed": 7, "firstLook": 64, "until": [{ "measure": "ruin", "relative": 0.0001 }]"#))
    let (events, summary) = try run(study, "looks", clock: { 100 })
    #expect(summary.run.paths == 256)
    #expect(events["begun"].count == 1)
    let looks = events["begun"][0]["looks"].elements.compactMap(\.double)
    #expect(looks.count > 1 && looks.last == 256 && events["begun"][0]["wantedPaths"].double == 256)
    #expect(events["progress"].filter { $0["done"].double == 1 }.map { $0["wanted"].double } == looks.map { 2 * $0 })
    #expect(events.ruins == Self.ruined(events["progress"].last))
    for (desk, told) in zip(summary.desks, events["progress"].last?["desks"].elements ?? []) {
      #expect(desk.survival.value == told["survival"].double)
    }
  }
}
