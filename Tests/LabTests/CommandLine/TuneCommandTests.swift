import Foundation
import Glibc
import Lab
import Testing

@Suite("Searching by the command line")
struct TuneCommandTests {
  private static let arguments = ["tune", "search.json", "--out", "out", "--verbose"]

  /// What a search leaves that no clock goes into.
  private static func results(_ folder: TemporaryFolder, _ out: String = "out") throws -> [Data] {
    try ["tuning.json", "trials.csv", "best/agent.json", "best/policy.json", "best/policy.safetensors"].map {
      try Data(contentsOf: folder.url.appendingPathComponent("\(out)/\($0)"))
    }
  }

  private func folder(_ more: String = "") throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try SmallTraining.write(to: folder)
    try folder.write(
      "search.json",
      """
      { "stresslab": "tuning/1", "title": "Small search", "training": "training.json",
        "space": { "/hyperparameters/learningRate": { "between": [0.0001, 0.1], "scale": "log" } },
        "sampler": { "model": "quasiRandom", "trials": 8 }, \(more)
        "halving": { "factor": 2, "first": 4, "last": 16 }, "seeds": [3], "test": { "paths": 32 } }
      """)
    return folder
  }

  /// A line of --verbose comes with each rung and with each trial that has reached it: 3 and 8 + 4 + 2.
  @Test("killed after the n-th line and resumed on another number of threads, it ends in the same bytes")
  func killed() throws {
    let folder = try folder()
    let program = StressLabProgram(folder: folder)
    let whole = try program.run(Self.arguments)
    #expect(whole.code == 0 && whole.error.split(separator: "\n").count == 17, "\(whole.error)")
    let expected = try Self.results(folder)
    var kills = 0
    for (line, threads) in [(1, 1), (4, 2), (10, 2), (12, 1), (16, 2)] {
      try FileManager.default.removeItem(atPath: folder.path("out"))
      let running = try program.start(Self.arguments + ["--threads", "\(threads)"])
      #expect(running.waitForErrorLines(line), "line \(line)")
      running.signal(SIGKILL)
      kills += try running.wait().code == SIGKILL ? 1 : 0
      let resumed = try program.run(Self.arguments + ["--resume", "--threads", "\(3 - threads)"])
      #expect(resumed.code == 0, "line \(line): \(resumed.error)")
      #expect(try Self.results(folder) == expected, "killed after line \(line)")
    }
    #expect(kills >= 3)
  }

  @Test("Ctrl-C leaves checkpoints, says how to go on and ends with 130")
  func interrupted() throws {
    let folder = try folder()
    let program = StressLabProgram(folder: folder)
    #expect(try program.run(Self.arguments).code == 0)
    let expected = try Self.results(folder)
    try FileManager.default.removeItem(atPath: folder.path("out"))
    let running = try program.start(Self.arguments)
    _ = running.waitForErrorLines(3)
    running.signal(SIGINT)
    let stopped = try running.wait()
    #expect(stopped.code == 130, "\(stopped.error)")
    #expect(stopped.error.hasSuffix("Stopped. What was learned is in out; the same command with --resume goes on.\n"))
    #expect(FileManager.default.fileExists(atPath: folder.path("out/trial-001/seed-3/checkpoint.safetensors")))
    #expect(!FileManager.default.fileExists(atPath: folder.path("out/best")))
    #expect(try program.run(Self.arguments + ["--resume"]).code == 0)
    #expect(try Self.results(folder) == expected)
  }

  @Test("tells the best trials, the test and what luck has to do with it; --json prints the record, --quiet nothing")
  func told() throws {
    let folder = try folder()
    let program = StressLabProgram(folder: folder)
    let result = try program.run("tune", "search.json")
    #expect(result.code == 0)
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(lines[0].hasPrefix("tuning/search: 8 trials; 8 to update 4, 4 to update 8, 2 to update 16. Most growth"))
    #expect(lines[1].hasSuffix("/hyperparameters/learningRate") && lines.count > 12)
    #expect(lines.contains { $0.hasPrefix("Best: trial ") && $0.hasSuffix(" in tuning/search/best") })
    #expect(lines.contains { $0.hasPrefix("Test on 32 paths that no trial saw: growth ") })
    #expect(lines.contains { $0.contains("deflated for N = 8 ") })
    let json = try program.run("tune", "search.json", "--resume", "--json")
    #expect(json.code == 0)
    #expect(Data(json.output.utf8) == (try Self.results(folder, "tuning/search")[0]))
    let quiet = try program.run("tune", "search.json", "--resume", "--quiet")
    #expect(quiet.code == 0 && quiet.output == "" && quiet.error == "")
    let seed = try program.run("tune", "search.json", "--seed", "4", "--out", "other", "--quiet")
    #expect(seed.code == 0 && FileManager.default.fileExists(atPath: folder.path("other/trial-001/seed-4")))
    #expect(try Self.results(folder, "other")[1] != Self.results(folder, "tuning/search")[1])
  }

  @Test(
    "options and documents that make no sense are refused with exit code 2, and nothing is written",
    arguments: [
      (["--threads", "0"], "", "--threads 0 is not a number from 1 to 256"),
      (["--seed=-1"], "", "--seed -1 is not a whole number from 0"),
      (["--quiet", "--verbose"], "", "--quiet and --verbose exclude each other"),
      ([], #""seedz": 1,"#, #"/seedz: unknown key "seedz"; did you mean "seeds"?"#),
    ])
  func options(_ options: [String], _ more: String, _ told: String) throws {
    let folder = try folder(more)
    let result = try StressLabProgram(folder: folder).run(["tune", "search.json"] + options)
    #expect(result.code == 2 && result.error.contains(told), "\(result.error)")
    #expect(!FileManager.default.fileExists(atPath: folder.path("tuning")))
  }

  @Test("a folder with a search is left alone without --overwrite or --resume, and so is one that is written to")
  func refused() throws {
    let folder = try folder()
    let program = StressLabProgram(folder: folder)
    #expect(try program.run("tune", "search.json", "--quiet").code == 0)
    let before = try Self.results(folder, "tuning/search")
    let again = try program.run("tune", "search.json")
    #expect(again.code == 2)
    #expect(again.error == "tuning/search: the folder holds a search; resume it, or overwrite it\n")
    let other = try program.run("tune", "search.json", "--seed", "9", "--resume")
    #expect(other.code == 2 && other.error.contains("holds another search"), "\(other.error)")
    #expect(try program.run("tune", "search.json", "--overwrite", "--quiet").code == 0)
    #expect(try Self.results(folder, "tuning/search") == before)
    let lock = try ReportFolder(folder.path("out")).makeAndLock()
    defer { ReportFolder.unlock(lock) }
    let busy = try program.run(Self.arguments)
    #expect(busy.code == 2 && busy.error.contains("out is being written to"), "\(busy.error)")
  }

  @Test("a disk without room ends it with 74 and the reason, a place that is no folder with 2")
  func noRoom() throws {
    let folder = try folder()
    let script =
      "(ulimit -f 0; trap '' XFSZ; '\(StressLabProgram.path)' tune search.json --out out 2>&1; echo $?) | cat"
    let text = try folder.run("/bin/bash", ["-c", script])
    #expect(text == "stresslab: out can't be written to: the file would be larger than the system allows\n74\n")
    try folder.write("file", "")
    #expect(try StressLabProgram(folder: folder).run("tune", "search.json", "--out", "file").code == 2)
  }
}
