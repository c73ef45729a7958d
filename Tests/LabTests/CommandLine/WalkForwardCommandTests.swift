import Foundation
import Glibc
import Testing

/// `stresslab train` with windows over the recorded bars under `fixtures`.
@Suite("Walking forward by the command line")
struct WalkForwardCommandTests {
  private static let arguments = ["train", "training.json", "--out", "out", "--verbose"]
  private static let results =
    ["walk-forward.json", "equity.csv"]
    + (1...3).flatMap { window in
      ["agent.json", "policy.safetensors", "validation.csv", "checkpoint.safetensors"].map { "window-\(window)/\($0)" }
    }

  private let folder: TemporaryFolder
  private let program: StressLabProgram

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(
      "market.json", ReplayDocument.scenario([("IBM", 100), ("AAPL", 30)], start: "2005-01-04", steps: 200, feeBps: 2))
    program = StressLabProgram(folder: folder)
    try write(test: "40d")
  }

  /// 30 updates a window, checkpoints after each window's last.
  private func write(test: String) throws {
    try folder.write(
      "training.json",
      """
      { "stresslab": "training/1", "title": "Walk", "scenarios": [{ "file": "market.json" }], "equity": 100000,
        "observations": [{ "model": "return", "bars": 5, "halfLife": 20 }, { "model": "position" }],
        "mandate": { "leverage": 1 }, "hidden": [4],
        "hyperparameters": { "totalSteps": 4800, "environments": 8, "rolloutSteps": 20, "minibatch": 80, "epochs": 1 },
        "validation": { "paths": 8, "every": 10 },
        "walkForward": { "train": "60d", "validate": "20d", "test": "\(test)" }, "seeds": [3] }
      """)
  }

  private func bytes() throws -> [Data] {
    try Self.results.map { try Data(contentsOf: folder.url.appendingPathComponent("out/seed-3/\($0)")) }
  }

  @Test("tells windows, figures with intervals, and how much was tried; a window's agent takes part in a study")
  func told() throws {
    let run = try program.run(Self.arguments)
    #expect(run.code == 0, "\(run.error)")
    #expect(run.error.split(separator: "\n").count == 90 && run.error.contains("seed 3, window 2/3, update 7/30"))
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(lines.first == "out/seed-3:")
    let days = ["2005-04-29 to 2005-06-24", "2005-06-27 to 2005-08-22", "2005-08-23 to 2005-10-18"]
    for (number, day) in days.enumerated() { #expect(lines[number + 1].hasPrefix("  window \(number + 1): \(day)  ")) }
    let sharpe = try #require(lines.first { $0.hasPrefix("  Sharpe ratio ") })
    #expect(sharpe.filter { $0 == "[" }.count == 2, "\(sharpe)")
    #expect(run.output.contains("  The curve is of 3 trainings, one for each window, by seed 3"))
    #expect(run.output.contains("nothing here corrects for that"))

    let data = try Data(contentsOf: folder.url.appendingPathComponent("out/seed-3/walk-forward.json"))
    let record = try JSONDecoder().decode(JSON.self, from: data)
    #expect(record["tried"]["trainings"].double == 3 && record["tried"]["validations"].double == 9)
    #expect(record["figures"].elements.count == 9 && record["bars"].double == 120)
    #expect(record["notes"].elements.count == 4)
    let curve = try String(contentsOf: folder.url.appendingPathComponent("out/seed-3/equity.csv"), encoding: .utf8)
    #expect(curve.split(separator: "\n").count == 122)

    try folder.write(
      "study.json",
      """
      { "stresslab": "study/1", "title": "S", "scenarios": ["market.json"], "severities": [1],
        "panel": { "walker": { "model": "policy", "folder": "out/seed-3/window-3" } } }
      """)
    #expect(try program.run("run", "study.json", "--out", "report", "--quiet").code == 0)
  }

  @Test("killed after the n-th line and resumed, or asked to stop, it ends in the bytes of one that was never killed")
  func killed() throws {
    #expect(try program.run(Self.arguments).code == 0)
    let expected = try bytes()
    for line in [3, 31, 47, 75] {
      try FileManager.default.removeItem(atPath: folder.path("out"))
      let running = try program.start(Self.arguments)
      #expect(running.waitForErrorLines(line), "line \(line)")
      running.signal(line == 47 ? SIGINT : SIGKILL)
      let code = try running.wait().code
      #expect(code == (line == 47 ? 130 : SIGKILL) || code == 0, "line \(line): \(code)")
      let resumed = try program.run(Self.arguments + ["--resume"])
      #expect(resumed.code == 0, "line \(line): \(resumed.error)")
      // Windows that were trained to the end are not trained again.
      #expect(resumed.error.split(separator: "\n").count <= 90 - (line - 1) / 30 * 30)
      #expect(try bytes() == expected, "killed after line \(line)")
    }
  }

  @Test("other windows are refused, and with --overwrite those that there are no more of go too")
  func overwritten() throws {
    #expect(try program.run(Self.arguments).code == 0)
    let again = try program.run(Self.arguments)
    #expect(again.code == 2)
    #expect(again.error == "out/seed-3/window-1: the folder holds a training; resume it, or overwrite it\n")
    try write(test: "60d")
    let other = try program.run(Self.arguments + ["--resume"])
    #expect(other.code == 2 && other.error.contains("the checkpoint belongs to another training"), "\(other.error)")
    #expect(try program.run(Self.arguments + ["--overwrite"]).code == 0)
    #expect(!FileManager.default.fileExists(atPath: folder.path("out/seed-3/window-3")))
  }
}
