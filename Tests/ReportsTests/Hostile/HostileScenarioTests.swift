import Foundation
import Lab
import Reports
import Testing

/// Legal documents with extreme numbers: each runs to its report or is refused in words, and every number is one.
///
/// `make fuzz` runs 10,000 of them with more steps, and goes on after one that ends the process.
@Suite("Documents made from the schemas")
struct HostileScenarioTests {
  /// Which are run: `STRESSLAB_FUZZ` may name others as `first..<end`; each is then run with up to a million steps × paths.
  private static let wanted: (range: Range<Int>, steps: Int) = {
    let words = ProcessInfo.processInfo.environment["STRESSLAB_FUZZ"]?.components(separatedBy: "..<").compactMap {
      Int($0)
    }
    guard let words, words.count == 2 else { return (0..<300, 4000) }
    return (words[0]..<words[1], 125_000)
  }()

  /// Where the number of the one at hand is written, so that `make fuzz` knows which one ended the process.
  private static let journal = ProcessInfo.processInfo.environment["STRESSLAB_FUZZ_JOURNAL"]

  /// Bars that a `history` may name.
  private static let bars: String = {
    var text = "time,asset,open,high,low,close,volume\n"
    for day in 1...40 {
      for asset in ["AAA", "B b", "Ü"] {
        let date = day < 29 ? "2023-02-\(day < 10 ? "0" : "")\(day)" : "2023-03-\(day - 28 < 10 ? "0" : "")\(day - 28)"
        text += "\(date),\(asset),\(100 + day % 3),\(103 + day % 3),\(99 + day % 3),\(101 + day % 4 / 2),1e6\n"
      }
    }
    return text
  }()

  /// Tables that a scenario may name.
  private static let tables = [
    "assets.csv": "name,price\nAAA,100\nB b,0.01\nÜ,25000\n",
    "pairs.csv": "first,second,correlation\nAAA,B b,0.9\n",
    "matrix.csv": "name,AAA,B b,Ü\nAAA,1,0.5,-0.5\nB b,0.5,1,0\nÜ,-0.5,0,1\n",
  ]

  /// Eight paths of three assets that a `history` may name: each a wave, one of them with a leap.
  private static let paths: String = {
    var text = "path,time,asset,open,high,low,close,volume,halfSpreadBps,depthTo1Percent\n"
    for path in 0..<8 {
      for row in 0..<300 {
        for (place, asset) in ["AAA", "B b", "Ü"].enumerated() {
          let wave = sin(Double(row * (place + 1) + path) * 0.3)
          let open = 100 * exp(0.02 * wave)
          let close = open * (path == 3 && row == 150 ? 0.4 : 1 + 0.003 * wave)
          text += "\(path),\(row),\(asset),\(open),\(max(open, close) * 1.001),\(min(open, close) * 0.999),\(close),"
          text += "\(row % 7 == 0 ? 0 : 1000),\(1 + row % 5),\(10 + row % 11)\n"
        }
      }
    }
    return text
  }()

  /// Of all threads of the process, which `make fuzz` gives to these documents alone: the same however busy the machine is.
  private static var processorSeconds: Double { Double(clock()) * 1e-6 }

  @Test("run to their report or are refused in words, with finite numbers, in 10 seconds each")
  func run() throws {
    let folder = NSTemporaryDirectory() + "hostile-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Self.bars.write(toFile: folder + "/bars.csv", atomically: false, encoding: .utf8)
    for (name, text) in Self.tables { try text.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8) }
    try Self.paths.write(toFile: folder + "/paths.csv", atomically: false, encoding: .utf8)
    var legal = 0
    var ways: [HostileScenario.Way: Int] = [:]
    for seed in Self.wanted.range {
      if let journal = Self.journal {
        try "\(seed) \(legal)".write(toFile: journal, atomically: false, encoding: .utf8)
      }
      let scenario = try HostileScenario(seed: seed, steps: Self.wanted.steps, in: folder)
      guard let file = scenario.file else {
        #expect(!scenario.refusal.isEmpty)
        if Self.journal != nil { print("document \(seed) is refused: \(scenario.refusal.prefix(300))") }
        continue
      }
      legal += 1
      for way in scenario.ways { ways[way, default: 0] += 1 }
      let start = Self.processorSeconds
      try run(file, seed: seed, out: folder + "/out")
      let seconds = Self.processorSeconds - start
      if Self.journal != nil { #expect(seconds < 10, "document \(seed) took \(seconds) s of the processor") }
      try FileManager.default.removeItem(atPath: folder + "/out")
    }
    #expect(2 * legal >= Self.wanted.range.count, "\(legal) of \(Self.wanted.range.count) documents are legal")
    if Self.wanted.range.count >= 300 {
      for way in HostileScenario.Way.allCases { #expect(ways[way] ?? 0 > 0, "no legal document has \(way)") }
    }
    print(ways.map { "\($0.key): \($0.value)" }.sorted().joined(separator: ", "))
    print("\(legal) of \(Self.wanted.range.count) documents made from the schemas are legal")
  }

  private func run(_ file: StudyFile, seed: Int, out: String) throws {
    do {
      let plan = try RunPlan(file, RunSettings(paths: 8, threads: 2))
      let ending = try Runner(plan, into: ReportFolder(out), gitRevision: nil).run(
        resume: false, overwrite: false, shouldStop: { false }, report: { _ in })
      guard case .finished(let summary) = ending else {
        Issue.record("document \(seed) did not finish")
        return
      }
      try Report(summary, threads: 2).write(to: ReportFolder(out))
    } catch {
      Issue.record("document \(seed), which was found good: \(error)")
      return
    }
    let page = try String(contentsOfFile: out + "/index.html", encoding: .utf8)
    let odd = page.firstMatch(of: #/[ >",]-?(nan|inf|infinity)[ <",]/#.ignoresCase())
    #expect(odd == nil, "document \(seed): the page says \(odd?.output.0 ?? "")")
  }
}
