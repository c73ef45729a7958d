import Foundation
import Glibc
import Lab
import Testing

@Suite("Training by the command line")
struct TrainCommandTests {
  /// A training of 120 updates, with checkpoints after 50, 100 and the last; a line for each update.
  private static let arguments = ["train", "training.json", "--out", "out", "--verbose"]

  /// What a training leaves that no clock goes into.
  private static func results(_ folder: TemporaryFolder, _ out: String = "out/seed-3") throws -> [Data] {
    try [
      "agent.json", "policy.json", "policy.safetensors", "validation.csv", "best/policy.json",
      "best/policy.safetensors", "checkpoint.safetensors",
    ].map { try Data(contentsOf: folder.url.appendingPathComponent("\(out)/\($0)")) }
  }

  private func folder(updates: Int = 120, more: String = SmallTraining.validation) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try SmallTraining.write(to: folder, updates: updates, more: more)
    return folder
  }

  /// Planted mistake: validations after the checkpoint kept, and added once more.
  @Test("killed after the n-th line and resumed, it ends in the bytes of a training that was never killed")
  func killed() throws {
    let folder = try folder()
    let program = StressLabProgram(folder: folder)
    let whole = try program.run(Self.arguments)
    #expect(whole.code == 0 && whole.error.split(separator: "\n").count == 120, "\(whole.error)")
    let expected = try Self.results(folder)
    var kills = 0
    for line in [1, 30, 52, 63, 87, 105, 118] {
      try FileManager.default.removeItem(atPath: folder.path("out"))
      let running = try program.start(Self.arguments)
      #expect(running.waitForErrorLines(line), "line \(line)")
      running.signal(SIGKILL)
      kills += try running.wait().code == SIGKILL ? 1 : 0
      let resumed = try program.run(Self.arguments + ["--resume"])
      #expect(resumed.code == 0, "line \(line): \(resumed.error)")
      #expect(try Self.results(folder) == expected, "killed after line \(line)")
    }
    #expect(kills >= 4)
  }

  @Test("Ctrl-C leaves a checkpoint, says how to go on and ends with 130; --resume ends in the same bytes")
  func interrupted() throws {
    let folder = try folder()
    let program = StressLabProgram(folder: folder)
    #expect(try program.run(Self.arguments + ["--quiet"].dropLast()).code == 0)
    let expected = try Self.results(folder)
    try FileManager.default.removeItem(atPath: folder.path("out"))
    let running = try program.start(Self.arguments)
    _ = running.waitForErrorLines(7)
    running.signal(SIGINT)
    let stopped = try running.wait()
    #expect(stopped.code == 130, "\(stopped.error)")
    #expect(
      stopped.error.hasSuffix("\nStopped. What was learned is in out; the same command with --resume goes on.\n"))
    #expect(FileManager.default.fileExists(atPath: folder.path("out/seed-3/checkpoint.safetensors")))
    #expect(!FileManager.default.fileExists(atPath: folder.path("out/seed-3/agent.json")))
    let resumed = try program.run(Self.arguments + ["--resume"])
    #expect(resumed.code == 0)
    // It does not begin again.
    #expect(resumed.error.split(separator: "\n").count < 120)
    #expect(try Self.results(folder) == expected)
  }

  @Test("a folder with a training is left alone without --overwrite or --resume, before an earlier seed is trained")
  func refused() throws {
    let folder = try folder(updates: 4)
    let program = StressLabProgram(folder: folder)
    #expect(try program.run("train", "training.json", "--quiet").code == 0)
    let before = try Self.results(folder, "agents/training/seed-3")
    let again = try program.run("train", "training.json", "--seeds", "4,3")
    #expect(again.code == 2)
    #expect(again.error == "agents/training/seed-3: the folder holds a training; resume it, or overwrite it\n")
    #expect(!FileManager.default.fileExists(atPath: folder.path("agents/training/seed-4")))
    #expect(try Self.results(folder, "agents/training/seed-3") == before)
    let over = try program.run("train", "training.json", "--overwrite", "--quiet")
    #expect(over.code == 0 && over.error == "" && over.output == "")
    #expect(try Self.results(folder, "agents/training/seed-3") == before)
  }

  /// Seen before: a training that had ended for want of patience was taken for one of the changed document.
  @Test("another training's checkpoint is not gone on from", arguments: ["", #", "patience": 1"#])
  func foreign(_ patience: String) throws {
    let validation = #""validation": { "paths": 8, "every": 1, "measure": "survival"\#(patience) },"#
    let folder = try folder(updates: 6, more: validation)
    let program = StressLabProgram(folder: folder)
    #expect(try program.run("train", "training.json", "--quiet").code == 0)
    try folder.write(
      "training.json", SmallTraining.text(updates: 6, more: validation + #""reward": { "drawdownPenalty": 1 },"#))
    let result = try program.run("train", "training.json", "--resume")
    #expect(result.code == 2)
    let told =
      #/^agents\/training\/seed-3\/checkpoint.safetensors: the checkpoint belongs to another training \((.*)\)\n$/#
    let facts = try #require(result.error.firstMatch(of: told), "\(result.error)").1
    #expect(
      facts.wholeMatch(of: #/task training [0-9a-f]{12}… there, training [0-9a-f]{12}… here/#) != nil,
      "\(result.error)")
  }

  @Test("--seeds trains each in a folder of its own, by its own draws")
  func seeds() throws {
    let folder = try folder(updates: 4)
    let result = try StressLabProgram(folder: folder).run(
      "train", "training.json", "--seeds", "5,6", "--threads", "1", "--tracking", "none")
    #expect(result.code == 0)
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 2 && lines[0].hasPrefix("agents/training/seed-5: growth ") && lines[1].contains("/seed-6: "))
    #expect(
      try Self.results(folder, "agents/training/seed-5")[2] != Self.results(folder, "agents/training/seed-6")[2])
  }

  @Test(
    "options that make no sense are refused with exit code 2, and nothing is written",
    arguments: [
      (["--threads", "0"], "--threads 0 is neither 1 nor 2"), (["--threads", "3"], "--threads 3 is neither 1 nor 2"),
      (["--seeds", "1,1"], "--seeds names seeds, each once"), (["--seeds", ""], "--seeds names seeds, each once"),
      (["--seeds", "1,x"], "--seeds x is not a whole number from 0"),
      (["--seeds=-1"], "--seeds -1 is not a whole number from 0"),
      (["--quiet", "--verbose"], "--quiet and --verbose exclude each other"),
    ])
  func options(_ options: [String], _ told: String) throws {
    let folder = try folder(updates: 4)
    let result = try StressLabProgram(folder: folder).run(["train", "training.json"] + options)
    #expect(result.code == 2 && result.error.contains(told), "\(result.error)")
    #expect(!FileManager.default.fileExists(atPath: folder.path("agents")))
  }

  @Test("a folder that another training writes to is left alone")
  func locked() throws {
    let folder = try folder(updates: 4)
    let lock = try ReportFolder(folder.path("out/seed-3")).makeAndLock()
    defer { ReportFolder.unlock(lock) }
    let result = try StressLabProgram(folder: folder).run("train", "training.json", "--out", "out")
    #expect(result.code == 2 && result.error.contains("out/seed-3 is being written to"), "\(result.error)")
  }

  @Test("a disk without room ends it with 74 and the reason, a place that is no folder with 2")
  func noRoom() throws {
    let folder = try folder(updates: 4)
    let script =
      "(ulimit -f 0; trap '' XFSZ; '\(StressLabProgram.path)' train training.json --out out 2>&1; echo $?) | cat"
    let text = try folder.run("/bin/bash", ["-c", script])
    #expect(
      text == "stresslab: out/seed-3 can't be written to: the file would be larger than the system allows\n74\n")
    try folder.write("file", "")
    let none = try StressLabProgram(folder: folder).run("train", "training.json", "--out", "file")
    #expect(none.code == 2 && none.error.contains("file/seed-3"), "\(none.error)")
  }

  /// Seen before: the checkpoint after a validation that could not be noted, which then was missing for good.
  @Test("a validation that can't be noted is made again by --resume")
  func unnoted() throws {
    let folder = try folder(updates: 8)
    let program = StressLabProgram(folder: folder)
    #expect(try program.run("train", "training.json", "--out", "whole", "--quiet").code == 0)
    // A folder has the name of the file.
    try FileManager.default.createDirectory(
      atPath: folder.path("out/seed-3/validation.csv"), withIntermediateDirectories: true)
    let failed = try program.run("train", "training.json", "--out", "out", "--quiet")
    #expect(failed.code == 74 && failed.error.contains("out/seed-3 can't be written to"), "\(failed.error)")
    try FileManager.default.removeItem(atPath: folder.path("out/seed-3/validation.csv"))
    let resumed = try program.run("train", "training.json", "--out", "out", "--quiet", "--resume")
    #expect(resumed.code == 0, "\(resumed.error)")
    #expect(try Self.results(folder, "out/seed-3") == Self.results(folder, "whole/seed-3"))
  }

  @Test("`validate` says everything that is wrong with a training and its scenarios at once, as `train` does")
  func validate() throws {
    let folder = try folder(updates: 4)
    let program = StressLabProgram(folder: folder)
    let good = try program.run("validate", "training.json")
    #expect(good.code == 0 && good.output == "training.json: good\n", "\(good.error)")
    try folder.write("small.json", SmallScenario.scenario().replacing(#""price": 50"#, with: #""price": -50"#))
    try folder.write(
      "training.json",
      SmallTraining.text(more: #""validation": { "paths": 1 }, "activation": "relo","#)
        .replacing(#""leverage": 2"#, with: #""leverage": 0"#))
    let results = try ["validate", "train"].map { try program.run($0, "training.json") }
    #expect(results.map(\.code) == [2, 2] && results[0].error == results[1].error)
    let lines = results[0].error.split(separator: "\n")
    #expect(lines.count == 4, "\(results[0].error)")
    for place in ["/assets/BBB/price: ", "/validation/paths: ", "/activation: ", "/mandate/leverage: "] {
      #expect(lines.contains { $0.contains(place) }, "\(place)")
    }
  }

  @Test("what it leaves is an agent of a panel")
  func panel() throws {
    let folder = try folder(updates: 4)
    let program = StressLabProgram(folder: folder)
    #expect(try program.run("train", "training.json", "--quiet").code == 0)
    try folder.write(
      "panel.json",
      SmallScenario.study(paths: 8).replacing(
        #""flat": { "model": "flat" }"#,
        with: #""learner": { "model": "policy", "folder": "agents/training/seed-3", "assets": { "AAA": "BBB" } }"#))
    let run = try program.run("run", "panel.json", "--quiet", "--out", "out")
    #expect(run.code == 0, "\(run.error)")
    let summary = try JSONDecoder().decode(
      Summary.self, from: Data(contentsOf: folder.url.appendingPathComponent("out/summary.json")))
    #expect(summary.run.files.filter { $0.name.hasPrefix("agents/training/seed-3/") }.count == 3)
  }
}
