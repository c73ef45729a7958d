import Foundation
import Lab
import Testing

/// What the models of a scenario say about themselves: limits for the report, files for the fingerprint.
@Suite("What models say about themselves")
struct ModelNotesTests {
  /// Sixty daily bars of one asset, the last close as given.
  private static func bars(lastClose: Double = 101) -> String {
    var lines = ["timestamp,symbol,open,high,low,close,volume"]
    for day in 1...60 {
      let (month, date) = (day <= 31 ? "01" : "02", day <= 31 ? day : day - 31)
      let close = day == 60 ? lastClose : 100 + Double(day % 5)
      let text = date < 10 ? "0\(date)" : "\(date)"
      lines.append("2024-\(month)-\(text)T00:00:00Z,X,100,\(max(close, 100) + 1),\(min(close, 100) - 1),\(close),1000")
    }
    return lines.joined(separator: "\n")
  }

  private static let history = """
    { "stresslab": "scenario/1", "title": "Recorded",
      "clock": { "step": "1d", "length": "20d", "start": "2024-01-03",
        "calendar": { "model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "America/New_York" } },
      "history": { "model": "stationaryBootstrap", "file": "bars.csv", "meanBlock": "5d",
        "columns": { "time": "timestamp", "asset": "symbol" } },
      "assets": { "X": { "price": 100, "history": "X",
        "liquidity": { "halfSpreadBps": 1, "depthTo1Percent": 100000 } } },
      "venue": {} }
    """

  private static let study = """
    { "stresslab": "study/1", "title": "Both", "scenarios": ["recorded.json", "small.json"],
      "panel": { "hold": { "model": "buyAndHold" } }, "account": { "equity": 1000 },
      "monteCarlo": { "paths": 16, "seed": 7 } }
    """

  private func write(to folder: TemporaryFolder) throws -> String {
    try folder.write("bars.csv", Self.bars())
    try folder.write("recorded.json", Self.history)
    try folder.write("small.json", SmallScenario.scenario())
    return try folder.write("study.json", Self.study)
  }

  /// Seen to fail with the sentence about volatility said of every scenario.
  @Test("a limit stands in the scenarios whose models have it, and in no other")
  func limitsAreScoped() throws {
    let folder = try TemporaryFolder()
    let summary = try RunnerTests.run(try write(to: folder), into: folder.path("out"), RunSettings(threads: 1))
    let limits = Dictionary(uniqueKeysWithValues: summary.scenarios.map { ($0.name, $0.limits) })
    let recorded = try #require(limits["recorded"])
    let simulated = try #require(limits["small"])
    #expect(recorded.contains { $0.hasPrefix("Resampled rows keep what happens within a block") })
    #expect(recorded.contains { $0.hasPrefix("Between the open and the close of a recorded bar") })
    #expect(!recorded.contains { $0.contains("clusters of volatility") })
    #expect(simulated.filter { $0.hasPrefix("Volatility moves with events only") }.count == 1)
    #expect(!simulated.contains { $0.contains("recorded") || $0.contains("Resampled") })
  }

  /// Seen to fail with the history model's `files` left empty.
  @Test("a run is not resumed on a data file that has changed")
  func changedDataFile() throws {
    let folder = try TemporaryFolder()
    let study = try write(to: folder)
    let out = folder.path("out")
    let first = try RunnerTests.run(study, into: out, RunSettings(threads: 1))
    #expect(try RunnerTests.run(study, into: out, RunSettings(threads: 1), resume: true) == first)
    let there = try folder.run("/usr/bin/sha256sum", ["bars.csv"]).prefix(12)
    try folder.write("bars.csv", Self.bars(lastClose: 101.5))
    let here = try folder.run("/usr/bin/sha256sum", ["bars.csv"]).prefix(12)
    let name = try #require(first.run.files.first { $0.name.hasSuffix("bars.csv") }).name
    #expect(
      throws: RunProblem.refused(
        Refusal(
          "\(out) holds another run (data \(name) \(there)… there, \(here)… here): choose another folder with --out, or add "
            + "--overwrite to replace it"))
    ) {
      try RunnerTests.run(study, into: out, RunSettings(threads: 1), resume: true)
    }
  }

  @Test("a scenario's values are told with their units, and distributions in the words of their catalogue")
  func valuesInWords() throws {
    let folder = try TemporaryFolder()
    let summary = try RunnerTests.run(try write(to: folder), into: folder.path("out"), RunSettings(threads: 1))
    let lines = try #require(summary.scenarios.first { $0.name == "small" }).parameters
    func line(_ pointer: String) throws -> (text: String, unit: String?) {
      let line = try #require(lines.first { $0.path == pointer }, "\(pointer)")
      return (line.text, line.unit)
    }
    #expect(try line("/events/crash/drop") == ("0.05 to 0.3, typically 0.15", "fraction of price"))
    #expect(try line("/events/crash/start") == ("between 1h and 2h", nil))
    #expect(try line("/events/crash/contagion/BBB/beta") == ("0.7", "×"))
    #expect(try line("/assets/BBB/process/annualVolatility") == ("0.4", "1/√year"))
    #expect(try line("/assets/BBB/process/model") == ("merton", nil))
    #expect(try line("/clock/calendar/open") == ("09:30", nil))
    #expect(try line("/dependence/correlations/AAA~1BBB") == ("0.5", nil))
  }
}
