import Foundation
import Lab
import Markets
import Reports

/// A small real run of a market made for one sentence: its page as words, and its store for questions of a test's own.
final class Situation: Sendable {
  let summary: Summary
  /// The report's pages without their markup and drawings, `index.html` first; titles of charts are in them, blanks are plain.
  let words: String
  /// The same of `index.html` alone.
  let index: String
  private let folder: String

  /// Runs a scenario and a study, given by the keys that make this situation.
  init(_ scenarios: [String], study: String) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("situation-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let names = scenarios.indices.map { "market\($0).json" }
    for (name, text) in zip(names, scenarios) {
      try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
    }
    let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
    let text = "{ \"stresslab\": \"study/1\", \"title\": \"Situation\", \"scenarios\": [\(list)], \(study) }"
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/study.json"))
    let plan = try RunPlan(try StudyFile(reading: [folder + "/study.json"], repository: nil), RunSettings(threads: 2))
    let ending = try Runner(plan, into: ReportFolder(folder + "/run"), gitRevision: nil).run(
      resume: false, overwrite: false, shouldStop: { false }, report: { _ in })
    guard case .finished(let summary) = ending else { throw StoreProblem("the run did not finish") }
    self.summary = summary
    let report = Report(summary)
    index = Self.words(report.page)
    words = ([index] + report.pages.map { Self.words($0.contents) }).joined(separator: "\n")
  }

  /// The market of the first scenario, to be lived through again.
  func market(severity: Double) throws -> Market {
    let file = try StudyFile(reading: [folder + "/study.json"], repository: nil)
    return try Market(scenario: file.scenarios[0].scenario, severity: severity, seed: 3)
  }

  /// Where its report lies; the page itself is not drawn there.
  var report: ReportFolder { ReportFolder(folder + "/run") }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// A page without its markup and drawings.
  static func words(_ page: String) -> String {
    var text = page
    for pattern in ["<style.*?</style>", "<script.*?</script>", "<svg.*?</svg>"] {
      text = text.replacingOccurrences(of: "(?s)" + pattern, with: "", options: .regularExpression)
    }
    text = text.replacingOccurrences(of: "<[^>]+>", with: "\n", options: .regularExpression)
    for (code, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
      text = text.replacingOccurrences(of: code, with: character)
    }
    return text.replacing("\u{A0}", with: " ")
  }

  /// The first numbers of each row that a query finds in the store; SQLite by Python, not by our own code.
  func rows(_ query: String) throws -> [[Double]] {
    let code = """
      import sqlite3, sys
      for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print("|".join(repr(float(v)) for v in row))
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", code, folder + "/run/results.sqlite", query]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw StoreProblem("the store does not answer \(query)") }
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map { line in
      line.split(separator: "|").compactMap { Double($0) }
    }
  }

  /// One number from the store.
  func number(_ query: String) throws -> Double {
    guard let value = try rows(query).first?.first else { throw StoreProblem("no row of \(query)") }
    return value
  }

  /// The groups of the first match of a pattern in the page's words, as text.
  func match(_ pattern: String) throws -> [String] { try matches(pattern).first ?? [] }

  /// The groups of all matches.
  func matches(_ pattern: String) throws -> [[String]] { try Self.matches(pattern, in: words) }

  /// The groups of all matches in a part of the words.
  static func matches(_ pattern: String, in words: String) throws -> [[String]] {
    let expression = try NSRegularExpression(pattern: pattern)
    let whole = words as NSString
    return expression.matches(in: words, range: NSRange(location: 0, length: whole.length)).map { match in
      (1..<max(match.numberOfRanges, 1)).map {
        match.range(at: $0).location == NSNotFound ? "" : whole.substring(with: match.range(at: $0))
      }
    }
  }
}

extension Situation {
  static let sessions = """
    "calendar": { "model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "America/New_York" }
    """
  static let liquidity = """
    "liquidity": { "halfSpreadBps": 2, "volumePerDay": 5000000, "depthTo1Percent": 12000, "refillHalfLife": "30s" }
    """
  private static let venue = """
    "venue": { "takerFeeBps": 1, "initialMargin": 0.1, "maintenanceMargin": 0.05 }
    """

  /// A market of daily steps; `process` and `events` are objects' contents.
  static func daily(_ process: String, days: Int = 40, events: String = "", title: String = "Days") -> String {
    market("\"step\": \"1d\", \"length\": \"\(days)d\", \"warmup\": \"60d\"", process, events, title)
  }

  /// A market of a session in steps of five minutes.
  static func session(_ process: String, events: String = "", title: String = "Session") -> String {
    market("\"step\": \"5m\", \"length\": \"6.5h\", \"warmup\": \"1h\"", process, events, title)
  }

  private static func market(_ clock: String, _ process: String, _ events: String, _ title: String) -> String {
    """
    { "stresslab": "scenario/1", "title": "\(title)", "clock": { \(clock), "start": "2024-01-03", \(sessions) },
      "assets": { "AAA": { "price": 100, "process": { \(process) }, \(liquidity) } }, \(venue),
      "events": { \(events) } }
    """
  }

  /// A flash crash of AAA; `more` are multipliers, each with a comma behind it.
  static func crash(start: String, drop: Double, more: String = "") -> String {
    """
    "crash": { "model": "flashCrash", "asset": "AAA", "start": "\(start)", "drop": \(drop),
      "fall": { "duration": "15m" }, "recovery": { "fraction": 0.5, "halfLife": "1h" },
      "multipliers": { \(more)"halfLife": "30m" } }
    """
  }

  /// The rest of a study: agents by name and leverage that buy and hold, behind no rule.
  static func holders(_ agents: [(name: String, leverage: Double)], severities: String = "[1]", paths: Int) -> String {
    let panel = agents.map { "\"\($0.name)\": { \"model\": \"buyAndHold\", \"leverage\": \($0.leverage) }" }
    return """
      "severities": \(severities), "panel": { \(panel.joined(separator: ", ")) },
      "risk": { "none": { "rules": {} } }, "monteCarlo": { "paths": \(paths), "seed": 3 }
      """
  }
}
