import Foundation
import Lab
import Testing

/// Runs on paths that another program made.
@Suite("Runs on paths made outside")
struct PathRunTests {
  /// Closes of geometric Brownian motion, the first 100: σ = 0.05 a step, normals by Box and Muller's formula from the numbers of
  /// SplitMix64.
  private static func gbm(_ paths: Int, steps: Int) -> [[Double]] {
    func uniform(_ number: Int) -> Double {
      var word = UInt64(number) &* 0x9E37_79B9_7F4A_7C15
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      return (Double((word ^ (word >> 31)) >> 11) + 0.5) * 0x1p-53
    }
    return (0..<paths).map { path in
      (1...steps).reduce(into: [100.0]) { closes, step in
        let number = 2 * (path * steps + step)
        let normal = (-2 * log(uniform(number))).squareRoot() * cos(2 * .pi * uniform(number + 1))
        closes.append(closes[step - 1] * exp(0.05 * normal - 0.5 * 0.05 * 0.05))
      }
    }
  }

  private static func csv(_ closes: [[Double]], more: (name: String, of: (Int) -> Double)? = nil) -> String {
    var lines = ["path,time,close" + (more.map { "," + $0.name } ?? "")]
    for (path, closes) in closes.enumerated() {
      for (row, close) in closes.enumerated() {
        lines.append("p\(path),\(row),\(close)" + (more.map { ",\($0.of(row))" } ?? ""))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A market without costs, so that who holds makes what the price makes.
  private static func scenario(
    steps: Int, history: String = #"{ "model": "paths", "file": "paths.csv" }"#, depth: Double = 1e18,
    events: String = ""
  ) -> String {
    """
    { "stresslab": "scenario/1", "title": "Outside",
      "clock": { "step": "1d", "length": "\(steps)d", "start": "2024-01-03", "calendar": { "model": "continuous" } },
      "history": \(history),
      "assets": { "X": { "price": 100, "history": "X", "liquidity": { "halfSpreadBps": 0, "volumePerDay": 1e12,
        "depthTo1Percent": \(depth) } } },
      "venue": { "takerFeeBps": 0, "maintenanceMargin": 0, "maximumParticipation": 1 },
      "events": { \(events) } }
    """
  }

  private static func study(paths: Int) -> String {
    """
    { "stresslab": "study/1", "title": "Holder", "scenarios": ["s.json"], "account": { "equity": 1000 },
      "panel": { "hold": { "model": "buyAndHold" } },
      "ruin": { "equityBelow": 0.7, "monitored": "withinStep" },
      "monteCarlo": { "paths": \(paths), "seed": 3 } }
    """
  }

  private static func folder(_ csv: String, _ scenario: String, paths: Int) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("paths.csv", csv)
    try folder.write("s.json", scenario)
    try folder.write("study.json", study(paths: paths))
    return folder
  }

  /// By hand: equity over its start is close over 100 at every close, and ruin the first close at or under 70.
  @Test("survival and returns of a holder are those of the file, path by path", arguments: [8, 256])
  func holder(tile: Int) throws {
    let closes = Self.gbm(200, steps: 60)
    let folder = try Self.folder(Self.csv(closes), Self.scenario(steps: 60), paths: 200)
    let summary = try RunnerTests.run(
      folder.path("study.json"), into: folder.path("out"), RunSettings(threads: 2, tile: tile))
    let lowest = closes.map { $0.min() ?? 0 }
    let survivors = lowest.count { $0 > 70 }
    #expect(survivors > 20 && survivors < 190)
    #expect(summary.desks.first?.survival.value == Double(survivors) / 200)
    let rows = try folder.outcomes("out", ["path", "finalEquity / startEquity", "minimumEquity / startEquity"])
    #expect(rows.count == 200)
    for (path, row) in rows.enumerated() {
      let numbers = row.split(separator: "|").compactMap { Double($0) }
      try #require(numbers.count == 3 && Int(numbers[0]) == path)
      guard lowest[path] > 70 else {
        #expect(numbers[2] <= 0.7 + 1e-12, "path \(path)")
        continue
      }
      #expect(abs(numbers[1] - closes[path][60] / 100) < 1e-9, "path \(path)")
      #expect(abs(numbers[2] - lowest[path] / 100) < 1e-9, "path \(path)")
    }
  }

  @Test("threads and widths of tiles change no bit, with a crash on top")
  func sameBytes() throws {
    let crash = """
      "crash": { "model": "flashCrash", "asset": "X", "start": { "between": ["5d", "9d"] }, "drop": { "between": [0.1, 0.3] },
        "fall": { "duration": "2d" }, "recovery": { "fraction": 0.5, "halfLife": "4d" } }
      """
    let folder = try Self.folder(Self.csv(Self.gbm(45, steps: 20)), Self.scenario(steps: 20, events: crash), paths: 45)
    let ways: [(threads: Int, tile: Int)] = [(1, 256), (2, 8), (8, 16)]
    let digests = try ways.map { threads, tile in
      try RunnerTests.run(
        folder.path("study.json"), into: folder.path("\(threads)-\(tile)"), RunSettings(threads: threads, tile: tile)
      ).run.digest
    }
    #expect(Set(digests).count == 1)
  }

  /// 1,000 of equity buys 10 units at the open of the first step, where the file's first close is; what a half-spread of h basis
  /// points of the row takes is h/10,000 of 1,000 (equity that is spent on it buys less: to first order).
  @Test("what a fill costs is the row's own half-spread and depth")
  func costs() throws {
    let flat = [Array(repeating: 100.0, count: 6)]
    func cost(_ name: String, _ of: @escaping (Int) -> Double, depth: Double = 1e18, _ column: String) throws -> Double
    {
      let folder = try Self.folder(
        Self.csv(flat, more: (name, of)), Self.scenario(steps: 5, depth: depth), paths: 1)
      _ = try RunnerTests.run(folder.path("study.json"), into: folder.path("out"), RunSettings(threads: 1))
      let row = try #require(try folder.outcomes("out", [column]).first)
      return try #require(Double(row))
    }
    // Bought in the first row, sold again at the last.
    let spread = try cost("halfSpreadBps", { [90, 30, 90, 90, 90, 20][$0] }, "halfSpreadCalm + halfSpreadEvent")
    #expect(abs(spread - 5) < 0.05, "\(spread)")
    // κ = 0.01/depth: a fill of q costs X·½κq², here of 10 at the first and 10 at the last row.
    let impact = try cost(
      "depthTo1Percent", { [1, 1e3, 1, 1, 1, 500][$0] }, depth: 77, "impactCalm + impactEvent")
    #expect(abs(impact - (0.05 + 0.1)) < 0.01, "\(impact)")
  }

  struct Asked: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let says: String
    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let tooMany: [Asked] = [
    Asked(
      arguments: ["run", "study.json"],
      says: "study.json:4:28: /monteCarlo/paths: 40 paths are asked for, and paths.csv has 12"),
    Asked(
      arguments: ["validate", "study.json"],
      says: "study.json:4:28: /monteCarlo/paths: 40 paths are asked for, and paths.csv has 12"),
    Asked(arguments: ["run", "study.json", "--paths", "13"], says: "13 paths are asked for, and paths.csv has 12"),
    Asked(
      arguments: ["run", "study.json", "--paths", "5", "--first-path", "8"],
      says: "paths 8…12 are asked for, and paths.csv has 12, from 0 on"),
    Asked(arguments: ["preview", "s.json", "--paths", "13"], says: "13 paths are asked for, and paths.csv has 12"),
    Asked(
      arguments: ["preview", "s.json", "--export", "e.csv", "--export-paths", "13"],
      says: "13 paths are asked for, and paths.csv has 12"),
  ]

  @Test("more paths than the file has are refused with both numbers, where they are asked for", arguments: tooMany)
  func refuses(_ asked: Asked) throws {
    let folder = try Self.folder(Self.csv(Self.gbm(12, steps: 10)), Self.scenario(steps: 10), paths: 40)
    let result = try StressLabProgram(folder: folder).run(asked.arguments)
    #expect(result.code == 2 && result.error.contains(asked.says), "\(result.error)")
    #expect(!FileManager.default.fileExists(atPath: folder.path("reports")))
  }

  @Test("all that there are may be run: in parts, under the default study and in a preview, which ask for no number")
  func all() throws {
    let folder = try Self.folder(Self.csv(Self.gbm(12, steps: 10)), Self.scenario(steps: 10), paths: 40)
    let program = StressLabProgram(folder: folder)
    // Rules of the default study look back.
    try folder.write(
      "bare.json", Self.scenario(steps: 7).replacingOccurrences(of: #""start""#, with: #""warmup": "3d", "start""#))
    for arguments in [
      ["run", "study.json", "--paths", "12", "--out", "a"],
      ["run", "study.json", "--paths", "4", "--first-path", "8", "--out", "b"],
      ["preview", "s.json", "--export", "e.csv"], ["validate", "bare.json"],
    ] {
      let result = try program.run(arguments)
      #expect(result.code == 0, "\(arguments): \(result.error)")
    }
    // It finds sources missing, and nothing else.
    let lint = try program.run("lint", "bare.json")
    #expect(lint.code == 1 && lint.error.isEmpty, "\(lint.error)")
    let bare = try program.run("run", "bare.json", "--out", "c")
    #expect(bare.code == 0, "\(bare.error)")
    #expect(bare.error.contains("paths.csv has 12 paths: these are run, and not the "), "\(bare.error)")
    // What is exported are the file's own closes.
    let exported = try String(contentsOfFile: folder.path("e.csv"), encoding: .utf8).split(separator: "\n").dropFirst()
    let closes = Self.gbm(12, steps: 10)
    #expect(exported.count == 100)
    for line in exported {
      let fields = line.split(separator: ",")
      #expect(Double(fields[7]) == closes[Int(fields[0]) ?? 0][Int(fields[1]) ?? 0])
    }
  }

  @Test("a run goes on with the same file alone")
  func fingerprint() throws {
    let closes = Self.gbm(12, steps: 10)
    let folder = try Self.folder(Self.csv(closes), Self.scenario(steps: 10), paths: 8)
    let program = StressLabProgram(folder: folder)
    #expect(try program.run("run", "study.json", "--out", "out").code == 0)
    #expect(try program.run("run", "study.json", "--paths", "12", "--resume", "--out", "out").code == 0)
    try folder.write("paths.csv", Self.csv(closes.map { $0.dropLast() + [101] }))
    let other = try program.run("run", "study.json", "--paths", "12", "--resume", "--out", "out")
    #expect(other.code == 2 && other.error.contains("paths.csv"), "\(other.error)")
  }

  static let documents: [(history: String, says: String)] = [
    (#"{ "model": "paths", "file": "nowhere.csv" }"#, "/history/file: nowhere.csv: there is no such file"),
    (#"{ "model": "paths", "file": "paths.csv", "assets": ["X"] }"#, "/history/assets: is of .npy arrays"),
    (
      #"{ "model": "paths", "file": "a.npy", "columns": { "close": "c" } }"#,
      "/history/columns: an .npy array has no columns"
    ),
    (#"{ "model": "paths", "file": "a.npy", "assets": ["X", "X"] }"#, "/history/assets: an asset stands here twice"),
    (
      #"{ "model": "paths", "file": "s.json.npy" }"#,
      "/history/file: s.json.npy: it does not begin as an .npy file does"
    ),
    (#"{ "model": "paths", "file": "paths.csv", "columns": { "open": "opn" } }"#, "paths.csv:1:1: no column \"opn\""),
    (
      #"{ "model": "paths", "file": "paths.csv", "scale": 2 }"#,
      "/history/scale: unknown key \"scale\"; known: file, columns, assets, model"
    ),
  ]

  @Test("what the document says of the file is checked at its place", arguments: documents)
  func isChecked(history: String, says: String) throws {
    let folder = try Self.folder(
      Self.csv(Self.gbm(2, steps: 10)), Self.scenario(steps: 10, history: history), paths: 2)
    try folder.write("s.json.npy", "{}")
    let result = try StressLabProgram(folder: folder).run("validate", "s.json")
    #expect(result.code == 2 && result.error.contains(says), "\(result.error)")
  }

  @Test("a file that is too short or has holes is refused by the scenario")
  func short() throws {
    let folder = try Self.folder(
      Self.csv(Self.gbm(2, steps: 9)), Self.scenario(steps: 10), paths: 2)
    let program = StressLabProgram(folder: folder)
    let short = try program.run("validate", "s.json")
    #expect(
      short.code == 2
        && short.error.contains(
          "/history/file: its paths have 10 rows, path \"p0\" to begin with, and 11 are needed"),
      "\(short.error)")
    try folder.write("paths.csv", "path,time,close\np0,0,100\np0,1,0\np0,2,\n")
    let holes = try program.run("validate", "s.json")
    #expect(
      holes.code == 2 && holes.error.contains("paths.csv:3:6: close: 0 is not above 0")
        && holes.error.contains("paths.csv:4:6: close: the number is missing"), "\(holes.error)")
  }

  @Test("training, which draws new paths for each episode, is refused")
  func training() throws {
    let folder = try Self.folder(Self.csv(Self.gbm(12, steps: 10)), Self.scenario(steps: 10), paths: 2)
    try folder.write(
      "t.json",
      """
      { "stresslab": "training/1", "title": "T", "scenarios": [{ "file": "s.json" }],
        "observations": [{ "model": "position" }], "mandate": { "leverage": 1 } }
      """)
    let result = try StressLabProgram(folder: folder).run("validate", "t.json")
    #expect(
      result.code == 2
        && result.error.contains(
          "/scenarios/0: its paths are those of paths.csv, 12 of them, and a training draws new ones for each episode"),
      "\(result.error)")
  }
}
