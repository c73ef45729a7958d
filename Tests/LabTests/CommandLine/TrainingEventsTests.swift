import Foundation
import Glibc
import Testing

/// `train --events` and `tune --events`, against the files that these commands leave.
@Suite("What trainings and searches tell while they work")
struct TrainingEventsTests {
  private let folder: TemporaryFolder
  private let program: StressLabProgram
  private var events: EventLines { EventLines(folder.path("e.jsonl")) }

  init() throws {
    folder = try TemporaryFolder()
    program = StressLabProgram(folder: folder)
  }

  /// Rows of a table by the names of its columns.
  private func table(_ path: String) throws -> [[String: Double?]] {
    let lines = try String(contentsOfFile: folder.path(path), encoding: .utf8).split(separator: "\n")
    let names = lines[0].split(separator: ",").map(String.init)
    return lines.dropFirst().map { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
      return Dictionary(uniqueKeysWithValues: zip(names, fields))
    }
  }

  @Test("updates and validations are those of the training's own files, with seeds in their order")
  func training() throws {
    try SmallTraining.write(to: folder, updates: 24)
    let result = try program.run("train", "training.json", "--seeds", "5,3", "--out", "out", "--events", "e.jsonl")
    #expect(result.code == 0, "\(result.error)")
    let events = events
    let begun = try #require(events.all.first)
    #expect(begun["event"].string == "begun" && begun["command"].string == "train" && begun["folder"].string == "out")
    #expect(begun["seeds"].elements.map(\.double) == [5, 3] && begun["updates"].double == 24)
    #expect(begun["measure"].string == "growth" && begun["aim"].string == "most" && events["begun"].count == 1)
    #expect(events.all.last?["event"].string == "ended" && events.all.last?["exit"].double == 0)
    for seed in [5, 3] {
      let own = events.all.filter { $0["seed"].double == Double(seed) }
      let validations = own.filter { $0["event"].string == "validation" }
      let rows = try table("out/seed-\(seed)/validation.csv")
      #expect(validations.map { $0["update"].double } == rows.map { $0["update"] ?? nil } && rows.count == 6)
      var best: Double?
      for (told, row) in zip(validations, rows) {
        let value = try #require(told["value"].double)
        #expect(value == row["value"] ?? nil && told["steps"].double == row["steps"] ?? nil)
        // The mean of the same numbers in another order.
        let (low, high) = (try #require(told["low"].double), try #require(told["high"].double))
        #expect(low < value && value < high)
        #expect(told["survival"].double == 1)
        #expect(told["isBest"].isTrue == (value > best ?? -.infinity))
        best = max(best ?? value, value)
      }
      let log = try table("out/seed-\(seed)/training.csv")
      let names = [
        "steps": "steps", "reward": "meanReward", "return": "meanReturn", "kl": "approximateKL", "entropy": "entropy",
        "clipFraction": "clipFraction", "policyLoss": "policyLoss", "valueLoss": "valueLoss",
        "explainedVariance": "explainedVariance", "rate": "stepsPerSecond",
      ]
      let updates = own.filter { $0["event"].string == "update" }
      // Before each validation its update is told, however fast they come.
      #expect(Set(updates.map { $0["update"].double }).isSuperset(of: rows.map { $0["update"] ?? nil }))
      for update in updates {
        let row = log[Int(update["update"].double ?? 1) - 1]
        for (told, column) in names { #expect(update[told].double == row[column] ?? nil, "\(told)") }
      }
    }
    let done = events["update"].compactMap { $0["done"].double }
    #expect(done == done.sorted() && done.last == 1 && events["update"].last?["secondsLeft"].double == 0)
  }

  /// With a leverage and a level of ruin at which some paths end badly.
  @Test("survival and the interval of a validation are those of its paths")
  func survival() throws {
    _ = try SmallScenario.write(to: folder)
    let more = #""ruinBelow": 0.95, "validation": { "paths": 64, "every": 4, "measure": "survival" },"#
    try folder.write(
      "training.json",
      SmallTraining.text(updates: 4, more: more).replacing(#""leverage": 2"#, with: #""leverage": 8"#)
        .replacing(#""epochs": 1"#, with: #""epochs": 10, "learningRate": 0.05"#))
    let result = try program.run("train", "training.json", "--out", "out", "--events", "e.jsonl")
    #expect(result.code == 0, "\(result.error)")
    let told = try #require(events["validation"].last)
    let value = try #require(told["value"].double)
    #expect(value > 0 && value < 1)
    #expect(abs(value - (told["survival"].double ?? 0)) < 1e-12)
    #expect((told["low"].double ?? 1) < value && value < (told["high"].double ?? 0))
  }

  @Test("Ctrl-C is told, and --resume goes on in the same file")
  func stopped() throws {
    try SmallTraining.write(to: folder, updates: 4000)
    let arguments = ["train", "training.json", "--out", "out", "--events", "e.jsonl", "--quiet"]
    let running = try program.start(arguments)
    #expect(running.waitForEvents(folder.path("e.jsonl"), count: 3))
    running.signal(SIGINT)
    #expect(try running.wait().code == 130)
    #expect(events.all.last?["exit"].double == 130)
    let last = try #require(events["update"].last?["update"].double)
    let again = try program.start(arguments + ["--resume"])
    let count = events.all.count
    #expect(again.waitForEvents(folder.path("e.jsonl"), count: count + 3))
    again.signal(SIGINT)
    #expect(try again.wait().code == 130)
    let more = events.sinceLastBeginning["update"]
    #expect(events.broken == 0 && (more.first?["update"].double ?? 0) > last)
  }

  @Test("every trial's last line is what the record of the search says of it")
  func search() throws {
    try SmallTraining.write(to: folder)
    try folder.write(
      "search.json",
      """
      { "stresslab": "tuning/1", "title": "Small search", "training": "training.json",
        "space": { "/hyperparameters/learningRate": { "between": [0.0001, 0.1], "scale": "log" } },
        "sampler": { "model": "quasiRandom", "trials": 8 },
        "halving": { "factor": 2, "first": 4, "last": 16 }, "seeds": [3], "test": { "paths": 32 } }
      """)
    let result = try program.run("tune", "search.json", "--out", "out", "--events", "e.jsonl", "--quiet")
    #expect(result.code == 0, "\(result.error)")
    let events = events
    let begun = try #require(events.all.first)
    #expect(begun["command"].string == "tune" && begun["trials"].double == 8 && begun["folder"].string == "out")
    #expect(begun["rungs"].elements.map { $0["trials"].double } == [8, 4, 2])
    #expect(begun["rungs"].elements.map { $0["updates"].double } == [4, 8, 16])
    let record = try JSONDecoder().decode(
      JSON.self, from: Data(contentsOf: folder.url.appendingPathComponent("out/tuning.json")))
    let trials = record["trials"].elements
    #expect(trials.count == 8)
    for trial in trials {
      let told = try #require(events["trial"].last { $0["trial"].double == trial["trial"].double })
      #expect(told["value"].double == trial["value"].double && told["status"].string == trial["status"].string)
      #expect(told["rung"].double == trial["rung"].double && told["updates"].double == trial["updates"].double)
      #expect(told["trials"].double == 8 && told["rungs"].double == 3)
      let pointer = "/hyperparameters/learningRate"
      #expect(told["setting"][pointer].double != nil)
      #expect(told["setting"][pointer].double == trial["values"][pointer].double)
    }
    // Eight, four and two arrive; of the first rung four and of the second two are stopped.
    #expect(events["trial"].count == 20)
    let last = try #require(events["progress"].last)
    // 8 · 4 + 4 · 4 + 2 · 8.
    #expect(last["done"].double == 1 && last["finished"].double == 64 && last["wanted"].double == 64)
    #expect(events.all.last?["exit"].double == 0)
  }
}
