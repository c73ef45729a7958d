import Documents
import Foundation
import MarketData
import Markets
import Randomness
import Testing

/// Recorded bars on equal terms: circular blocks, a replay that is scaled or from a date, files without volume, steps of a week.
@Suite("Recorded bars on equal terms")
struct HistoryTermsTests {
  /// Closes over 40 working days from Monday 2011-01-24, and the day before.
  private static let closes: [Double] = (0...40).map { 100 * exp(0.03 * sin(Double($0) * 1.7) + 0.002 * Double($0)) }
  private static let days = (0...40).map { CalendarDay(daysSince1970: 14_995).weekdays(later: $0) }

  private static func file(weekly: Bool = false, volume: Bool = true) -> String {
    var lines = ["time,open,high,low,close" + (volume ? ",volume" : "")]
    for (row, close) in closes.enumerated() {
      let day = weekly ? CalendarDay(daysSince1970: 14_995 + 7 * row) : days[row]
      let open = closes[max(0, row - 1)]
      lines.append(
        "\(day),\(open),\(max(open, close) * 1.01),\(min(open, close) * 0.99),\(close)"
          + (volume ? ",\(500 + row)" : ""))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func document(
    _ history: String, step: String = "1d", length: String = "20d", start: String = "2011-01-24",
    liquidity: String = "",
    calendar: String = #""model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "America/New_York""#
  ) -> String {
    """
    { "stresslab": "scenario/1", "title": "t",
      "clock": { "step": "\(step)", "length": "\(length)", "start": "\(start)", "calendar": { \(calendar) } },
      "history": { \(history) },
      "assets": { "X": { "price": 100, "history": "X", "liquidity": { "halfSpreadBps": 1, "depthTo1Percent": 1000\(liquidity) } } },
      "venue": {} }
    """
  }

  /// A scenario over a file of bars in a folder of its own.
  private func scenario(_ bars: String, _ document: (String) -> String) throws -> Scenario {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("history-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("bars.csv").path
    try bars.write(toFile: path, atomically: true, encoding: .utf8)
    let text = document(#""file": "\#(path)""#)
    let loader = DocumentLoader(notations: Distributions.notations.map(Set.init)) { _ in [UInt8](text.utf8) }
    return try Scenario.load("s.json", loader).scenario
  }

  private func complaints(_ bars: String, _ document: (String) -> String) throws -> String {
    do {
      _ = try scenario(bars, document)
      return ""
    } catch let problems as Problems {
      return problems.all.map { "\($0.path): \($0.message)" }.joined(separator: "\n")
    }
  }

  /// The mean and variance of the sum over k blocks of length L are kS̄ and k/n·Σ(S_j − S̄)² exactly, with the sums S_j of the n
  /// circular blocks (Politis & Romano 1992). 8192 paths: each beyond 4 standard errors in 6 of 100,000 runs.
  @Test("circular blocks have the mean and variance of their law, and rows follow each other inside a block")
  func blocks() throws {
    let scenario = try scenario(Self.file()) {
      Self.document(#""model": "circularBlockBootstrap", "block": "5d", \#($0)"#)
    }
    let returns = (1...40).map { log(Self.closes[$0] / Self.closes[$0 - 1]) }
    let sums = (0..<40).map { first in (0..<5).reduce(0) { $0 + returns[(first + $1) % 40] } }
    let mean = sums.reduce(0, +) / 40
    let variance = sums.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 40
    let paths = try Market(scenario: scenario, seed: 9).bars(paths: 8192, groups: 16)
    let totals = paths.map { log(($0.last?[0].close ?? 0) / 100) }
    let found = totals.reduce(0, +) / 8192
    let squares = totals.map { ($0 - found) * ($0 - found) }
    let spread = squares.reduce(0, +) / 8191
    let error = (squares.reduce(0) { $0 + ($1 - spread) * ($1 - spread) }).squareRoot() / 8192
    #expect(abs(found - 4 * mean) < 4 * (4 * variance / 8192).squareRoot())
    #expect(abs(spread - 4 * variance) < 4 * error, "\(spread) for \(4 * variance) ± \(error)")
    var starts = [Int](repeating: 0, count: 40)
    for path in paths {
      let rows = path.map { Int($0[0].volume) - 501 }
      for step in rows.indices where step % 5 > 0 { #expect(rows[step] == (rows[step - 1] + 1) % 40) }
      for block in 0..<4 { starts[rows[5 * block]] += 1 }
    }
    // χ² with 39 degrees of freedom passes 76.8 in 3 of 10,000 runs: scipy.stats.chi2.isf(3e-4, 39).
    let expected = Double(8192 * 4) / 40
    #expect(starts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected } < 76.8)
  }

  @Test("a longer warm-up moves no row of circular blocks")
  func warmup() throws {
    let short = try scenario(Self.file()) {
      Self.document(#""model": "circularBlockBootstrap", "block": "3d", \#($0)"#)
    }
    let long = try scenario(Self.file()) {
      Self.document(#""model": "circularBlockBootstrap", "block": "3d", \#($0)"#).replacingOccurrences(
        of: #""length""#, with: #""warmup": "7d", "length""#)
    }
    let (a, b) = (
      try Market(scenario: short, seed: 2).bars(paths: 16, groups: 2),
      try Market(scenario: long, seed: 2).bars(paths: 16, groups: 2)
    )
    for (one, other) in zip(a, b) { #expect(one == Array(other.dropFirst(7))) }
  }

  @Test(
    "a replay's scale multiplies log returns and ranges: 1 is the rows as they are, 0 nothing",
    arguments: [0, 0.5, 1, 2])
  func scale(_ scale: Double) throws {
    let plain = try scenario(Self.file()) { Self.document(#""model": "replay", \#($0)"#) }
    let scaled = try scenario(Self.file()) { Self.document(#""model": "replay", "scale": \#(scale), \#($0)"#) }
    let (a, b) = (
      try Market(scenario: plain, seed: 1).bars(paths: 8, groups: 1)[0],
      try Market(scenario: scaled, seed: 1).bars(paths: 8, groups: 1)[0]
    )
    if scale == 1 { #expect(a == b) }
    for (one, other) in zip(a, b) {
      for (x, y) in [(one[0].open, other[0].open), (one[0].close, other[0].close)] {
        #expect(abs(log(y / 100) - scale * log(x / 100)) < 1e-12)
      }
      #expect(abs(log(other[0].high / other[0].low) - scale * log(one[0].high / one[0].low)) < 1e-12)
      #expect(one[0].volume == other[0].volume)
    }
    #expect(scaled.limits.contains { $0.contains("are run times") } == (scale != 1))
  }

  @Test("a replay from a date has the rows from there, whenever the clock starts, and their times")
  func fromDate() throws {
    let other = try scenario(Self.file()) { Self.document(#""model": "replay", \#($0)"#, start: "2011-02-07") }
    let from = try scenario(Self.file()) {
      Self.document(#""model": "replay", "from": "2011-02-07", \#($0)"#, start: "2024-01-08")
    }
    let (a, b) = (try Market(scenario: other, seed: 1), try Market(scenario: from, seed: 1))
    #expect(a.bars(paths: 8, groups: 1) == b.bars(paths: 8, groups: 1))
    #expect(from.movement.recordedTime(ofStep: 0) == Timestamp.milliseconds("2011-02-07"))
    #expect(
      try complaints(Self.file()) { Self.document(#""model": "replay", "from": "2012-01-02", \#($0)"#) }
        .contains("the last row of \"X\" is of 2011-03-18, before 2012-01-02"))
    #expect(
      try complaints(Self.file()) {
        Self.document(#""model": "replay", "from": "2011-02-07", "to": "2011-02-01", \#($0)"#)
      }
        == "/history/to: 2011-02-01 is before 2011-02-07")
  }

  @Test("a file of Yahoo and one with the newest row first run as the plain one, with no columns named, and say so")
  func kinds() throws {
    let rows = Self.file().split(separator: "\n").dropFirst().map { $0.split(separator: ",").map(String.init) }
    let yahoo =
      "Date,Open,High,Low,Close,Adj Close,Volume\n"
      + rows.map { ($0[0..<5] + ["1", $0[5]]).joined(separator: ",") }.joined(separator: "\n")
    let newestFirst =
      "timestamp,open,high,low,close,volume\n"
      + rows.reversed().map { $0.joined(separator: ",") }.joined(separator: "\n")
    let named =
      "symbol;day;open;high;low;close;volume\n"
      + rows.map { (["EUR"] + $0).joined(separator: ";") }.joined(separator: "\n")
    func scenario(_ bars: String, _ columns: String = "") throws -> Scenario {
      try self.scenario(bars) { Self.document(#""model": "replay", \#($0)\#(columns)"#) }
    }
    let plain = try Market(scenario: scenario(Self.file()), seed: 1).bars(paths: 8, groups: 1)
    for (bars, columns, word) in [
      (yahoo, "", "Adj Close"), (newestFirst, "", "turned round"), (named, #", "columns": { "time": "day" }"#, ""),
    ] {
      let scenario = try scenario(bars, columns)
      #expect(try Market(scenario: scenario, seed: 1).bars(paths: 8, groups: 1) == plain)
      #expect(word.isEmpty || scenario.limits.contains { $0.contains(word) }, "\(scenario.limits)")
    }
    let message = try complaints(named) {
      Self.document(#""model": "replay", "columns": { "time": "day", "asset": "symbol" }, \#($0)"#)
    }
    #expect(message.contains("has no asset named \"X\""), "\(message)")
  }

  @Test("a file without volumes has them from the asset, and one that has them says so", arguments: [false, true])
  func volume(_ hasVolume: Bool) throws {
    let bars = Self.file(volume: hasVolume)
    let stated = #", "volumePerDay": 7000"#
    if hasVolume {
      #expect(
        try complaints(bars) { Self.document(#""model": "replay", \#($0)"#, liquidity: stated) }
          == #"/assets/X/liquidity/volumePerDay: "volumePerDay" does not go together with "history": recorded bars bring their volume"#
      )
      return
    }
    #expect(
      try complaints(bars) { Self.document(#""model": "replay", \#($0)"#) }
        == #"/assets/X/liquidity: "volumePerDay" is missing: the recorded file has no column of volumes"#)
    #expect(
      try complaints(bars) {
        Self.document(#""model": "replay", "columns": { "volume": "vol" }, \#($0)"#, liquidity: stated)
      }
      .contains("no column \"vol\""))
    for model in [#""model": "replay""#, #""model": "stationaryBootstrap", "meanBlock": "5d""#] {
      let scenario = try scenario(bars) { Self.document("\(model), \($0)", liquidity: stated) }
      let market = try Market(scenario: scenario, seed: 1)
      #expect(market.bars(paths: 8, groups: 1).allSatisfy { $0.allSatisfy { $0[0].volume == 7000 } })
      #expect(scenario.movement.dailyVolumes(of: scenario.assets, scenario.clock) == [7000])
      #expect(scenario.limits.contains { $0.contains("have no volumes") })
    }
  }

  private static let weekly: [(String, String, Double)] = [
    (#""model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "America/New_York""#, "5d", 50.4),
    (#""model": "sessions", "open": "18:00", "close": "17:00", "timeZone": "America/New_York""#, "1w", 50.4),
    (#""model": "continuous""#, "7d", 365.0 / 7), (#""model": "continuous""#, "1w", 365.0 / 7),
  ]

  @Test(
    "steps of a week have bars of a week",
    arguments: weekly)
  func weeks(calendar: String, step: String, perYear: Double) throws {
    let (length, start) = (calendar.contains("continuous") ? "70d" : "50d", "2011-01-24")
    let scenario = try scenario(Self.file(weekly: true, volume: false)) {
      Self.document(
        #""model": "replay", \#($0)"#, step: step, length: length, start: start, liquidity: #", "volumePerDay": 100"#,
        calendar: calendar)
    }
    let clock = scenario.clock
    #expect(
      clock.steps == 10 && abs(clock.stepsPerYear - perYear) < 1e-12 && abs(clock.years(10) * perYear - 10) < 1e-12)
    let years = (0..<10).map { clock.varianceYears($0) }.reduce(0) { $0 + $1.gap + $1.intraday }
    #expect(abs(years * perYear - 10) < 1e-12)
    let market = try Market(scenario: scenario, seed: 1)
    let path = market.bars(paths: 8, groups: 1)[0]
    // The row of Friday, 28 January, is the first from the start on; its close before stands in row 0.
    for (index, bars) in path.enumerated() {
      #expect(abs(bars[0].close / 100 - Self.closes[index + 1] / Self.closes[0]) < 1e-12)
      #expect(bars[0].volume == (calendar.contains("continuous") ? 700 : 500))
    }
    #expect(scenario.movement.recordedTime(ofStep: 3) == Timestamp.milliseconds("2011-02-18"))
    let close =
      calendar.contains("continuous")
      ? "2011-02-07T00:00:00+00:00"
      : calendar.contains("18:00") ? "2011-02-04T17:00:00-05:00" : "2011-02-04T16:00:00-05:00"
    #expect(clock.timestamp(1) == close)
    let daily = try complaints(Self.file()) {
      Self.document(#""model": "replay", \#($0)"#, step: step, length: length, start: start, calendar: calendar)
    }
    #expect(daily.contains("its rows are 24h apart, but a step is a week"))
  }

  @Test("steps of a week without recorded bars, and blocks that do not fit, are refused")
  func refused() throws {
    let text = Self.document("", step: "1w", length: "50d").replacingOccurrences(of: "\"history\": {  },", with: "")
      .replacingOccurrences(
        of: "\"history\": \"X\", \"liquidity\": {",
        with: #""process": { "model": "gbm", "annualVolatility": 0.3 }, "liquidity": { "volumePerDay": 1000,"#)
    let loader = DocumentLoader { _ in [UInt8](text.utf8) }
    let error = #expect(throws: Problems.self) { try Scenario.load("s.json", loader) }
    #expect(
      error?.all.map { "\($0.path): \($0.message)" } == [
        "/clock/step: steps of a week are for recorded bars, which have no inside: processes need sessions"
      ])
    for (block, words) in [
      ("36h", "/history/block: 36h is not a whole number of steps"), ("41d", "is longer than the 40 rows"),
      ("0d", "/history/block: 0d is not above 0s"),
    ] {
      let found = try complaints(Self.file()) {
        Self.document(#""model": "circularBlockBootstrap", "block": "\#(block)", \#($0)"#)
      }
      #expect(found.contains(words), "\(found)")
    }
  }

  @Test(
    "rows of a session that opens on the evening before are its day's",
    arguments: [("22:00", 0), ("23:00", 0), ("23:30", 1)])
  func eveningBefore(first: String, row: Int) throws {
    // 18:00 in New York is 23:00 UTC in January.
    let sunday = try #require(Timestamp.milliseconds("2024-01-07T\(first):00Z"))
    let times = (0..<60).map { sunday + Int64($0) * 1_800_000 }
    let calendar = try TradingCalendar.sessions(
      open: #require(TimeOfDay("18:00")), close: #require(TimeOfDay("17:00")), timeZone: "America/New_York")
    let clock = try Clock(
      calendar: calendar, step: 1800, length: 18_000, warmup: 0, start: #require(CalendarDay("2024-01-08")))
    let start = try #require(HistoryReplay(source: BarSource(file: "bars.csv")).startRow(times, clock))
    #expect(times[start] == max(sunday, Timestamp.milliseconds("2024-01-07T23:00:00Z") ?? 0))
    #expect(row == 0 || start == 0)
  }
}
