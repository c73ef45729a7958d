import Agents
import Documents
import Foundation
import Markets
import Testing
import Trading
import Training

/// A training from its document to the saved agent.
@Suite("A training")
struct TrainingRunTests {
  private func run(
    _ file: TrainingFile, _ folder: String, threads: Int = 1, resume: Bool = false, stopAfter: Int? = nil
  ) throws -> Training.Ending {
    var updates = 0
    return try Training(file, seed: 3, folder: folder).run(
      threads: threads, resume: resume, overwrite: false, origin: "test",
      shouldStop: { stopAfter.map { updates >= $0 } ?? false },
      report: { if case .update = $0 { updates += 1 } })
  }

  private static let files = ["agent.json", "policy.json", "policy.safetensors", "validation.csv"]

  private func bytes(_ folder: String) throws -> [Data] {
    try Self.files.map { try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\($0)")) }
  }

  @Test(
    "ends in the same bytes on one thread and on two, and wherever it was stopped and resumed", arguments: [1, 6, 9])
  func resumes(_ stop: Int) throws {
    let small = try SmallTraining()
    let file = try small.file
    let (whole, parts) = ("\(small.folder)/whole", "\(small.folder)/parts")
    guard case .finished = try run(file, whole, threads: 2) else {
      Issue.record("it was not finished")
      return
    }
    guard case .interrupted = try run(file, parts, stopAfter: stop) else {
      Issue.record("it was not interrupted")
      return
    }
    guard case .finished = try run(file, parts, resume: true) else {
      Issue.record("it was not finished")
      return
    }
    #expect(try bytes(whole) == bytes(parts))
    // Once more changes nothing.
    _ = try run(file, parts, resume: true)
    #expect(try bytes(whole) == bytes(parts))
  }

  /// The same paths once more, eight at a time and number by number.
  ///
  /// Planted mistake: what is seen after ruin counts too; in the second case, always nine times long or more, no drawdown is
  /// deeper.
  @Test(
    "records the lowest and the highest that its policy saw of each input on paths of its training",
    arguments: [
      ([:], false),
      (
        [
          "actions": #"{ "model": "choices", "portfolios": [[1], [0.9]] }"#, "mandate": #"{ "leverage": 10 }"#,
          "observations": #"[{ "model": "signal" }, { "model": "drawdown" }]"#,
          "rules": "",
        ], true
      ),
    ] as [([String: String], Bool)])
  func inputs(_ members: [String: String], ruins: Bool) throws {
    let small = try SmallTraining(training: members)
    var ruined = 0
    let file = try small.file
    _ = try run(file, "\(small.folder)/a")
    let saved = try SavedAgent.read("\(small.folder)/a")
    var ends = saved.observations.names(saved.assets).map { _ in (low: Double.infinity, high: -Double.infinity) }
    for planned in try ScenarioEnvironment(file, seed: 3).markets {
      let desk = Desk(
        index: 0, agentName: "", agent: PolicyAgent(folder: "", saved), riskName: "", rules: file.plan.rules.values)
      let panel = PanelTile([desk], market: planned.market.description, terms: planned.terms, groups: 1)
      let seat = try #require(panel.desks[0].seat as? PolicySeat)
      let tile = planned.market.makeTile(groups: 1)
      let clock = planned.market.description.clock
      for first in stride(from: 0, to: 512, by: 8) {
        tile.reset(firstPath: UInt64(first))
        panel.reset(tile)
        for _ in 0..<clock.warmupSteps + clock.steps {
          tile.advance()
          panel.advance(tile)
          // The last decision is at the close before the last.
          guard tile.step >= -1, tile.step < clock.steps - 1 else { continue }
          for lane in 0..<8 {
            guard panel.desks[0].account.accounts[0].perEquity[lane] != 0 else {
              ruined += 1
              continue
            }
            for index in ends.indices {
              let seen = seat.observations.values[index][lane]
              ends[index] = (min(ends[index].low, seen), max(ends[index].high, seen))
            }
          }
        }
      }
    }
    let ranges = try #require(TrainedRanges(saved))
    #expect(ranges.source == .record && (ruined > 0) == ruins)
    #expect(ranges.inputs == ends.map { TrainedRanges.Ends(low: $0.low, high: $0.high) })
  }

  @Test("records the scenarios and severities that it learned on, and the rules that it learned behind")
  func scenarios() throws {
    let small = try SmallTraining(training: [
      "validation": #"{ "paths": 16, "every": 1, "patience": 1 }"#,
      "rules": #"{ "cap": { "model": "leverageCap", "leverage": 2 } }"#,
    ])
    let file = try small.file
    _ = try run(file, "\(small.folder)/a")
    let record = try #require(try SavedAgent.read("\(small.folder)/a").training)
    guard case .array(let rows)? = record["scenarios"] else {
      Issue.record("no scenarios in \(record)")
      return
    }
    #expect(rows.count == file.scenarios.count && !rows.isEmpty)
    for (row, (scenario, plan)) in zip(rows, zip(file.scenarios, file.plan.scenarios)) {
      #expect(row["title"] == .string(scenario.scenario.title) && row["weight"]?.double == plan.weight)
      guard case .array(let severities)? = row["severities"] else {
        Issue.record("no severities in \(row)")
        return
      }
      #expect(severities.compactMap(\.double) == plan.severities)
    }
    #expect(record["rules"] == .string("leverage at most 2\u{A0}×"))
  }

  @Test("keeps the policy of the best validation, and ends when so many have not been better")
  func patience() throws {
    let small = try SmallTraining(training: [
      "validation": #"{ "paths": 16, "every": 1, "patience": 2, "measure": "survival" }"#
    ])
    guard case .finished(let best) = try run(try small.file, "\(small.folder)/a") else {
      Issue.record("it was not finished")
      return
    }
    let rows = try String(contentsOfFile: "\(small.folder)/a/validation.csv", encoding: .utf8)
      .split(separator: "\n").dropFirst()
    let values = rows.compactMap { Double($0.split(separator: ",")[2]) }
    let first = try #require(values.max().flatMap { values.firstIndex(of: $0) })
    #expect(best?.update == first + 1)
    #expect(values.count == min(first + 3, 15))
    let agent = try SavedAgent.read("\(small.folder)/a")
    #expect(agent.assets == ["A"] && agent.mandate.leverage == 4 && agent.observations.names(["A"]).count == 3)
  }

  @Test(
    "says everything that is wrong, at its place",
    arguments: [
      (["assets": #"["A", "C"]"#], ["/scenarios/0: "]),
      (["observations": #"[{ "model": "signal" }]"#, "assets": #"["B"]"#], ["/observations/0: "]),
      (["observations": #"[{ "model": "return", "bars": 30 }]"#], ["/scenarios/0: "]),
      (["actions": #"{ "model": "choices", "portfolios": [[0], [1, 0]] }"#], ["/actions/portfolios/1: "]),
      (["validation": #"{ "measure": "costSplit" }"#], ["/validation/measure: "]),
      (["seeds": "[1, 1]"], ["/seeds: "]),
      (["scenarios": #"[{ "file": "nowhere.json" }]"#], [": "]),
      (["mandate": "", "hidden": "[0]"], [": ", "/hidden/0: "]),
      (["hyperparameters": #"{ "environments": 12 }"#], ["/hyperparameters/environments: "]),
      (["reward": #"{ "model": "sharpe" }"#], ["/reward/model: "]),
      (["reward": #"{ "share": 0.1 }"#], ["/reward/share: "]),
      (["reward": #"{ "model": "worstShare", "share": 0.05 }"#], ["/reward: the worst 0.05 of the episodes of 16 "]),
      (["reward": #"{ "model": "implementationShortfall" }"#], ["/reward: nothing is held at t = 0"]),
      (["reward": #"{ "model": "differentialSharpe" }"#], ["/reward: the reward depends on earlier returns"]),
      (
        [
          "reward": #"{ "model": "differentialSharpe" }"#,
          "observations": #"[{ "model": "sharpeState", "adaptation": 0.02 }]"#,
        ], ["/reward: the reward depends on earlier returns"]
      ),
    ] as [([String: String], [String])])
  func problems(_ members: [String: String], places: [String]) throws {
    let small = try SmallTraining(training: members)
    do {
      _ = try small.file
      Issue.record("it was taken")
    } catch let error as Problems {
      let found = error.all.map { "\($0.path): \($0.message)" }
      #expect(found.count == places.count, "\(found)")
      for (place, problem) in zip(places, found) { #expect(problem.hasPrefix(place), "\(problem)") }
    }
  }
}
