import Foundation
import Testing

/// Planted and seen: a source that points to nothing, the largest AIC for the best, gaps let through, closes that stand still, 252
/// days a year of a market that never closes.
@Suite("stresslab fit")
struct FitCommandTests {
  private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("fixtures").path
  private static let stocks = "\(fixtures)/us_equities_5_daily_ohlcv_2000_2013_public_domain.csv"

  /// Weekdays from a Monday on, in `time,close` or `time,asset,close`.
  private static func bars(_ count: Int, close: (Int) -> String = { "\(100 + $0 * 7 % 11)" }) -> String {
    let calendar = ISO8601DateFormatter()
    let monday = 1_704_067_200.0
    return "time,close\n"
      + (0..<count).map { place in
        let date = Date(timeIntervalSince1970: monday + Double(place / 5 * 7 + place % 5) * 86_400)
        return "\(calendar.string(from: date).prefix(10)),\(close(place))\n"
      }.joined()
  }

  private static func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test("says of each process how likely the bars are, marks the best, and gives reasons for those it does not fit")
  func all() throws {
    let result = try StressLabProgram(folder: TemporaryFolder()).run("fit", Self.stocks, "--asset", "IBM")
    #expect(result.code == 0 && result.error == "", "\(result.error)")
    for words in [
      "3269 log returns of 1d bars, 2000-03-01 to 2013-03-01, 252 sessions a year", "hawkes: not fitted; ",
      "halfLife", "clustering", "To paste into a scenario with steps of 1d:",
    ] { #expect(result.output.contains(words), "\(words): \(result.output)") }
    let best = result.output.split(separator: "\n").filter { $0.contains("best by AIC") }
    #expect(best.count == 1 && best[0].contains("garch, Student innovations"), "\(best)")
  }

  /// The block as it stands in the text, in a scenario that extends one with another process.
  @Test(
    "its block, pasted into a scenario, is good and runs, and the report has its source",
    arguments: ["garch", "merton", "kou", "gbm", "heston"])
  func pasted(process: String) throws {
    let folder = try TemporaryFolder()
    let program = StressLabProgram(folder: folder)
    let fit = try program.run("fit", Self.stocks, "--asset", "IBM", "--process", process)
    #expect(fit.code == 0, "\(fit.error)")
    let block = try #require(fit.output.range(of: "steps of 1d:\n")).upperBound
    try folder.write(
      "base.json",
      """
      { "stresslab": "scenario/1", "title": "Fitted",
        "clock": { "step": "1d", "length": "20d", "warmup": "10d", "calendar": { "model": "sessions", "open": "09:30", "close": "16:00",
          "timeZone": "America/New_York" } },
        "assets": { "IBM": { "price": 200, "process": { "model": "heston", "annualVolatility": 0.2, "reversion": 2,
          "volatilityOfVariance": 0.5, "correlation": -0.5 }, "liquidity": { "halfSpreadBps": 2, "volumePerDay": 5000000,
          "depthTo1Percent": 12000, "refillHalfLife": "30s" } } },
        "venue": { "initialMargin": 0.1, "maintenanceMargin": 0.05 } }
      """)
    try folder.write(
      "mine.json",
      #"{ "stresslab": "scenario/1", "extends": "base.json", "#
        + fit.output[block...].drop { $0 != "{" }.dropFirst())
    let validated = try program.run("validate", "mine.json")
    #expect(validated.code == 0 && validated.output == "mine.json: good\n", "\(validated.error)")
    let run = try program.run("run", "mine.json", "--paths", "16", "--out", "out", "--json", "--quiet")
    #expect(run.code == 0, "\(run.error)")
    let summary = try String(contentsOfFile: folder.path("out/summary.json"), encoding: .utf8)
    #expect(summary.contains("Fitted to 3269 log returns of 1d bars of IBM in us_equities"))
  }

  @Test("JSON has every number of the text, with errors and intervals, and a judgement by bars that were held out")
  func numbers() throws {
    let result = try StressLabProgram(folder: TemporaryFolder()).run(
      "fit", Self.stocks, "--asset", "IBM", "--process", "garch", "--from", "2003-01-01", "--to", "2009-12-31",
      "--hold-out",
      "0.25", "--json")
    #expect(result.code == 0, "\(result.error)")
    let value = try Self.json(result.output)
    let bars = try #require(value["bars"] as? [String: Any])
    #expect(
      bars["from"] as? String == "2003-01-02" && bars["returns"] as? Int == 1322 && bars["step"] as? String == "1d")
    let fits = try #require(value["fits"] as? [[String: Any]])
    #expect(fits.compactMap { $0["variant"] as? String } == ["normal innovations", "Student innovations"])
    for parameter in fits.flatMap({ $0["parameters"] as? [[String: Any]] ?? [] }) {
      let numbers = ["low", "value", "high"].compactMap { parameter[$0] as? Double }
      #expect(
        numbers.count == 3 && numbers == numbers.sorted() && parameter["robustStandardError"] is Double, "\(parameter)")
    }
    let judgement = try #require(value["judgement"] as? [String: Any])
    #expect(judgement["isUnseen"] as? Bool == true && judgement["from"] as? String == bars["to"] as? String)
    #expect(
      (judgement["facts"] as? [Any])?.count ?? 0 > 6 && (judgement["memory"] as? [String: Any])?["ratio"] is Double)
  }

  @Test("bars of an hour around the clock give steps of an hour and years of 365 days; standard input will do")
  func hours() throws {
    let folder = try TemporaryFolder()
    let text = try folder.run(
      "/bin/bash", ["-c", "'\(StressLabProgram.path)' fit - --process gbm < '\(Self.fixtures)/bars/coin_1h.csv'"])
    #expect(text.contains("335 log returns of 1h bars, 2017-12-14T00:00:00Z to "), "\(text)")
    #expect(
      text.contains("365 days a year") && text.contains("paste into a scenario with steps of 1h")
        && text.contains("\"ASSET\""))
  }

  /// A command, and all that is said of it.
  struct Refused: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var text = FitCommandTests.bars(80)
    var arguments: [String] = []
    let expected: [String]
  }

  private static let hidden =
    "its jumps and its variance are not seen in bars, and few bars tell one from the other; heston is fitted"

  static let refused = [
    Refused(
      testDescription: "few bars", text: bars(40),
      expected: ["bars.csv:41:12: close: 40 bars are too few to fit anything: at least 61"]),
    Refused(
      testDescription: "bars too few for a process", arguments: ["--process", "merton"],
      expected: ["stresslab: bars.csv: merton can't be fitted: 79 returns are too few for its parameters: at least 250"]
    ),
    Refused(
      testDescription: "constant closes", text: bars(80) { _ in "7.5" },
      expected: ["bars.csv:3:12: close: all 80 closes are 7.5: nothing moves"]),
    Refused(
      testDescription: "a price of 0 and one that is none",
      text: bars(80) { $0 == 3 ? "0" : $0 == 5 ? "x" : "\($0 + 1)" },
      expected: ["bars.csv:5:12: close: 0 is not above 0", #"bars.csv:7:12: close: "x" is not a number"#]),
    Refused(
      testDescription: "a gap",
      text: bars(80).split(separator: "\n").filter { !("2024-02-12"..."2024-02-16").contains(String($0.prefix(10))) }
        .joined(separator: "\n"),
      expected: [
        "bars.csv:32:1: time: expected 2024-02-12, found 2024-02-19: 5 bars of 1d are missing",
        "stresslab: bars are missing; --gaps allow takes those around a gap as neighbours",
      ]),
    Refused(
      testDescription: "a process that can't be fitted", arguments: ["--process", "bates"],
      expected: ["stresslab: bars.csv: bates can't be fitted: \(hidden)"]),
    Refused(
      testDescription: "large moves that do not follow large ones", text: bars(600),
      arguments: ["--process", "heston"],
      expected: [
        "stresslab: bars.csv: heston can't be fitted: its variance forgets half of itself within 0.344 steps: these are heavy tails, "
          + "not clusters of large moves"
      ]),
    Refused(
      testDescription: "a process that nobody knows", arguments: ["--process", "gabm"],
      expected: [#"stresslab: bars.csv: no process is called "gabm"; did you mean "gbm"?"#]),
    Refused(
      testDescription: "days the wrong way round", arguments: ["--from", "2024-03-01", "--to", "2024-02-01"],
      expected: ["stresslab: --from 2024-03-01 is after --to 2024-02-01"]),
    Refused(
      testDescription: "a day that is none", arguments: ["--from", "yesterday"],
      expected: [#"stresslab: --from takes a date such as 2003-01-01, not "yesterday""#]),
    Refused(
      testDescription: "a span with too few bars", arguments: ["--from", "2025-01-01"],
      expected: [
        "bars.csv:2:12: close: 0 bars from 2025-01-01 are too few to fit anything: at least 61"
      ]),
    Refused(
      testDescription: "too much held out", arguments: ["--hold-out", "0.9"],
      expected: ["stresslab: --hold-out lies in 0…0.5, not at 0.9"]),
    Refused(
      testDescription: "too little left", arguments: ["--hold-out", "0.5"],
      expected: ["stresslab: --hold-out 0.5 of 79 returns leaves one part with fewer than 60"]),
    Refused(
      testDescription: "a year without days", arguments: ["--days-per-year", "0"],
      expected: ["stresslab: --days-per-year lies in 1…366, not at 0.0"]),
    Refused(
      testDescription: "a night that is all of the day", arguments: ["--overnight-variance-share", "1"],
      expected: ["stresslab: --overnight-variance-share is at least 0 and less than 1, not 1.0"]),
    Refused(
      testDescription: "an asset that is not there", arguments: ["--asset", "IBM"],
      expected: [#"bars.csv: no asset named "IBM": the file has no column of assets"#]),
  ]

  @Test("what can't be done is told exactly, with exit code 2 and nothing on standard output", arguments: refused)
  func isRefused(_ refused: Refused) throws {
    let folder = try TemporaryFolder()
    try folder.write("bars.csv", refused.text)
    let result = try StressLabProgram(folder: folder).run(["fit", "bars.csv"] + refused.arguments)
    #expect(result.error.split(separator: "\n").map(String.init) == refused.expected)
    #expect(result.code == 2 && result.output == "")
  }
}
