import Foundation
import Glibc
import Testing

@Suite("An interrupted run")
struct InterruptionTests {
  /// A study whose run takes 80 tiles, and says a line for each after the first line.
  private static let arguments = [
    "run", "study.json", "--paths", "320", "--tile", "8", "--threads", "2", "--out", "out", "--verbose",
  ]

  private static func results(_ folder: TemporaryFolder, _ out: String) throws -> [Data] {
    try ["summary.json", "index.html", "manifest.json"].map { name in
      try Data(contentsOf: folder.url.appendingPathComponent("\(out)/\(name)"))
    }
  }

  @Test("killed after the n-th progress line and resumed, it ends in the bytes of a run that was never killed")
  func killed() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    let program = StressLabProgram(folder: folder)
    let whole = try program.run(Self.arguments)
    #expect(whole.code == 0)
    let expected = try Self.results(folder, "out")

    var state: UInt64 = 8
    var kills = 0
    for _ in 0..<8 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let line = Int(state >> 33) % 39 + 1
      try FileManager.default.removeItem(atPath: folder.path("out"))
      let running = try program.start(Self.arguments)
      let reached = running.waitForErrorLines(line)
      running.signal(SIGKILL)
      let killed = try running.wait()
      #expect(reached, "line \(line)")
      // A run may be over before the signal reaches it, but not as a rule.
      #expect(killed.code == SIGKILL || killed.code == 0)
      kills += killed.code == SIGKILL ? 1 : 0
      let resumed = try program.run(Self.arguments + ["--resume"])
      #expect(resumed.code == 0, "line \(line): \(resumed.error)")
      #expect(try Self.results(folder, "out") == expected, "killed after line \(line)")
    }
    #expect(kills >= 4)
  }

  @Test("Ctrl-C ends it between tiles with exit code 130, and --resume goes on from there")
  func interrupted() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    let program = StressLabProgram(folder: folder)
    _ = try program.run(Self.arguments)
    let expected = try Self.results(folder, "out")
    try FileManager.default.removeItem(atPath: folder.path("out"))

    let arguments = Self.arguments
    let running = try program.start(arguments)
    _ = running.waitForErrorLines(3)
    running.signal(SIGINT)
    let stopped = try running.wait()
    #expect(stopped.code == 130, "\(stopped.error)")
    #expect(stopped.error.hasSuffix("Stopped. What was finished is in out; the same command with --resume goes on.\n"))
    #expect(!FileManager.default.fileExists(atPath: folder.path("out/summary.json")))
    let report = try program.run("report", "out")
    #expect(report.code == 2)
    #expect(report.error == "stresslab: the run is not finished: resume it with --resume\n")
    let resumed = try program.run(arguments + ["--resume"])
    #expect(resumed.code == 0)
    #expect(try Self.results(folder, "out") == expected)
  }

  /// Two tiles of 256 paths by 40,000 steps, of which each takes many seconds. Measured before: a signal ended the run after
  /// the tiles that were being worked on.
  @Test("any signal ends it within a second, or a little more, also in the middle of a long tile or of a long step")
  func longTile() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder, paths: 512, length: "3250h")
    // The warm-up's jumps are gone back over before its first step: 58,000 on each of 256 paths, in one go.
    try folder.write("jumps.json", Self.jumps)
    try folder.write(
      "jumpy.json",
      #"{ "stresslab": "study/1", "title": "x", "scenarios": ["jumps.json"], "panel": { "flat": { "model": "flat" } } }"#
    )
    let program = StressLabProgram(folder: folder)
    let cases = [
      ("study.json", SIGINT, "int"), ("study.json", SIGTERM, "term"), ("study.json", SIGHUP, "hup"),
      ("jumpy.json", SIGINT, "jumps"),
    ]
    let running = try cases.map { study, _, out in
      try program.start(["run", study, "--threads", "1", "--severity", "1", "--out", out, "--verbose"])
    }
    let clock = ContinuousClock()
    for (process, (study, signal, out)) in zip(running, cases) {
      // What is run is told before the first step of it; none of the tiles is finished soon.
      #expect(process.waitForErrorLines(1))
      let start = clock.now
      process.signal(signal)
      let stopped = try process.wait()
      #expect(stopped.code == 130, "\(study), signal \(signal): \(stopped.error)")
      // On a machine that is busy with other tests; a tile takes longer.
      #expect(clock.now - start < .seconds(3), "\(study), signal \(signal)")
      #expect(
        stopped.error.hasSuffix("Stopped. What was finished is in \(out); the same command with --resume goes on.\n"))
    }
  }

  private static let jumps = """
    { "stresslab": "scenario/1", "title": "Jumps",
      "clock": { "step": "6.5h", "length": "5d", "warmup": "5040d",
        "calendar": { "model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "UTC" } },
      "assets": { "A": { "price": 100, "process": { "model": "merton", "annualVolatility": 0.2, "jumpsPerYear": 2897,
        "meanJump": 0, "jumpVolatility": 0.0001 },
        "liquidity": { "halfSpreadBps": 1, "volumePerDay": 1e6, "depthTo1Percent": 1e5 } } },
      "venue": {} }
    """
}
