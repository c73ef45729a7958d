import Foundation
import Lab
import Markets
import Testing
import Trading

@Suite("A path that is looked at")
struct PathInspectionTests {
  /// A run of a scenario of the test's own under a study of one agent behind one profile.
  private static func run(
    _ scenario: String, leverage: Double, rules: String = "", paths: Int = 16, in folder: TemporaryFolder
  ) throws -> ReportFolder {
    try folder.write("market.json", scenario)
    let study = try folder.write(
      "study.json",
      """
      { "stresslab": "study/1", "title": "Looked at", "scenarios": ["market.json"], "severities": [1],
        "panel": { "hold": { "model": "buyAndHold", "leverage": \(leverage) } },
        "risk": { "house": { "rules": { \(rules) } } }, "monteCarlo": { "paths": \(paths), "seed": 7 } }
      """)
    _ = try RunnerTests.run(study, into: folder.path("out"), RunSettings(threads: 2))
    return ReportFolder(folder.path("out"))
  }

  private static func gross(_ weights: [Double]) -> Double { weights.reduce(0) { $0 + abs($1) } }

  @Test(
    "has every bar and every halt of the market, as the market alone gives them, and events where it marks their windows",
    arguments: ["small", "trading-halt"])
  func market(_ name: String) throws {
    let folder = try TemporaryFolder()
    let shipped = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("scenarios/\(name).json").path
    let extending = #"{ "extends": "\#(shipped)", "title": "Extended" }"#
    let text = name == "small" ? SmallScenario.scenario() : extending
    let report = try Self.run(text, leverage: 1, in: folder)
    let file = try StudyFile(reading: [folder.path("study.json")], repository: nil)
    let tile = try Market(scenario: file.scenarios[0].scenario, severity: 1, seed: 7).makeTile(groups: 2)
    var (halts, events) = (0, 0)
    for path in [Int64(3), 12] {
      let told = try PathInspection(report, DeskChoice(), .number(path))
      let (group, lane) = (Int(path) / 8, Int(path) % 8)
      tile.reset(firstPath: 0)
      for step in told.steps {
        while tile.step < step.step { tile.advance() }
        #expect(step.events.isEmpty != (step.step >= 0 && tile.inEventWindow[group][lane]), "\(path) \(step.step)")
        events += step.events.count
        for (asset, bar) in step.bars.enumerated() {
          let own = tile.bars[asset * 2 + group]
          #expect(
            [bar.open, bar.high, bar.low, bar.close] == [own.open, own.high, own.low, own.close].map { $0[lane] })
          #expect(bar.isHalted == own.halted[lane], "\(path) \(step.step)")
          halts += bar.isHalted ? 1 : 0
        }
      }
      #expect(told.steps.count == tile.description.clock.steps + 1)
    }
    #expect(events > 0 && (halts > 0) == (name == "trading-halt"), "\(events) \(halts)")
  }

  @Test("a cap on leverage narrows exactly the decisions that want more, and leaves its own sum of what was wanted")
  func cap() throws {
    let folder = try TemporaryFolder()
    // Held at 3 it drifts to both sides of 3.
    let report = try Self.run(
      SmallScenario.scenario(events: ""), leverage: 3, rules: #""cap": { "model": "leverageCap", "leverage": 3 }"#,
      in: folder)
    var counts = (bound: 0, free: 0)
    for path in Int64(0)..<8 {
      let told = try PathInspection(report, DeskChoice(), .number(path))
      #expect(told.rules == ["cap"])
      for step in told.steps {
        guard let decision = step.decision else { continue }
        let before = zip(told.assets.indices, step.bars).map { asset, bar in
          step.quantities[asset] * bar.close / step.equity
        }
        // Nothing waits on its way at a close: orders arrive in the next step, and live one.
        let wanted = decision.wanted.enumerated().map { $1 ?? before[$0] }
        let sum = Self.gross(wanted)
        guard abs(sum - 3) > 1e-9 else { continue }
        #expect(decision.rules == (sum > 3 ? [0] : []), "\(path) \(step.step): \(sum)")
        let scale = sum > 3 ? 3 / sum : 1
        for (target, want) in zip(decision.allowed, wanted) { #expect(abs(target - want * scale) < 1e-9) }
        #expect(!decision.isMarginBound)
        counts.bound += sum > 3 ? 1 : 0
        counts.free += sum > 3 ? 0 : 1
      }
    }
    #expect(counts.bound > 20 && counts.free > 20, "\(counts)")
  }

  @Test("without rules the venue’s initial margin narrows what is wanted beyond one over it, and says so")
  func margin() throws {
    let folder = try TemporaryFolder()
    let report = try Self.run(SmallScenario.scenario(events: ""), leverage: 12, in: folder)
    let told = try PathInspection(report, DeskChoice(), .number(0))
    let first = try #require(told.steps.first?.decision)
    let wanted = first.wanted.map { $0 ?? 0 }
    #expect(first.isMarginBound && first.rules.isEmpty && abs(Self.gross(wanted) - 12) < 1e-9)
    #expect(abs(Self.gross(first.allowed) - 8) < 1e-9, "\(first.allowed)")
    #expect(told.stretches(\.isMarginBound).first?.from == 0)
    let other = try TemporaryFolder()
    let calm = try Self.run(SmallScenario.scenario(events: ""), leverage: 2, in: other)
    let free = try PathInspection(calm, DeskChoice(), .number(0))
    #expect(free.stretches(\.isMarginBound).isEmpty && free.steps.contains { $0.decision != nil })
    withExtendedLifetime(other) {}
  }

  @Test("a stop loss narrows decisions for as long as it cools down, from the step in which its stop has filled")
  func stop() throws {
    let folder = try TemporaryFolder()
    let report = try Self.run(
      SmallScenario.scenario(), leverage: 3,
      rules: #""stop": { "model": "stopLoss", "loss": 0.05, "coolDown": "6 steps" }"#, paths: 32, in: folder)
    var stops = 0
    for path in Int64(0)..<32 {
      let told = try PathInspection(report, DeskChoice(), .number(path))
      for (index, step) in told.steps.enumerated() {
        for fill in step.fills where fill.reason == .stop {
          stops += 1
          for later in told.steps[index..<min(index + 6, told.steps.count)] {
            guard let decision = later.decision else { continue }
            #expect(decision.rules == [0] && decision.allowed[fill.asset] == 0, "\(path) \(later.step)")
          }
        }
      }
      let quiet = told.steps.prefix { step in !step.fills.contains { $0.reason == .stop } }
      #expect(quiet.allSatisfy { $0.decision?.rules.isEmpty ?? true }, "\(path)")
    }
    #expect(stops > 5)
  }

  @Test(
    "a long path has all of its steps, where the trace has some; without a warm-up it begins at the starting prices")
  func longPath() throws {
    let folder = try TemporaryFolder()
    let text = SmallScenario.scenario(length: "390h").replacing(#""warmup": "1h""#, with: #""warmup": "0s""#)
    let told = try PathInspection(
      try Self.run(text, leverage: 1, paths: 8, in: folder), DeskChoice(), .worst)
    #expect(told.steps.count == 60 * 78 + 1 && told.trace.seconds.count < 2500)
    #expect(told.steps[0].bars.map(\.close) == [100, 50] && told.steps[0].decision != nil)
    let bySecond = Dictionary(uniqueKeysWithValues: told.steps.map { ($0.seconds, $0) })
    for (place, seconds) in told.trace.seconds.enumerated() {
      let step = try #require(bySecond[seconds])
      #expect(step.equityRatio == told.trace.equity[place])
      #expect(step.bars.map(\.close) == told.trace.prices.map { $0.values[place] })
    }
  }

  @Test("decisions that one thing narrows are told in stretches without a gap")
  func stretches() throws {
    let folder = try TemporaryFolder()
    let report = try Self.run(
      SmallScenario.scenario(events: ""), leverage: 3, rules: #""cap": { "model": "leverageCap", "leverage": 3 }"#,
      in: folder)
    let told = try PathInspection(report, DeskChoice(), .number(1))
    let bound = Set(told.steps.filter { $0.decision?.rules == [0] }.map(\.seconds))
    let stretches = told.stretches { $0.rules.contains(0) }
    #expect(stretches.reduce(0) { $0 + $1.decisions } == bound.count && stretches.count > 1)
    for stretch in stretches {
      #expect(stretch.to - stretch.from == Double(stretch.decisions - 1) * 300)
      #expect(bound.contains(stretch.from) && !bound.contains(stretch.from - 300) && !bound.contains(stretch.to + 300))
    }
  }
}
