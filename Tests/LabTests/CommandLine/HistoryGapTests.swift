import Foundation
import Lab
import MarketData
import Testing

@Suite("Recorded history with bars missing")
struct HistoryGapTests {
  /// Daily bars of weekdays; the asset B, where it is asked for, has all of them. A misses some.
  private static func bars(missing: Range<Int>, withOther: Bool = false) -> String {
    var lines = ["time,asset,open,high,low,close,volume"]
    var close = 100.0
    var day = 0
    for date in 18_267..<18_967 {
      // 1970-01-01 was a Thursday.
      guard (date + 3) % 7 < 5 else { continue }
      day += 1
      let open = close
      close *= day == missing.upperBound + 1 ? 0.4 : day % 2 == 0 ? 1.01 : 0.9905
      let text = "\(open),\(max(open, close) * 1.001),\(min(open, close) * 0.999),\(close),1000000"
      if !missing.contains(day) { lines.append("\(CalendarDay(daysSince1970: date)),A,\(text)") }
      if withOther { lines.append("\(CalendarDay(daysSince1970: date)),B,\(text)") }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func scenario(_ more: String = "") -> String {
    """
    { "stresslab": "scenario/1", "title": "Hole",
      "clock": { "step": "1d", "length": "20d", "warmup": "60d", "start": "2024-01-03",
        "calendar": { "model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "America/New_York" } },
      "history": { "model": "stationaryBootstrap", "file": "hole.csv", "columns": { "asset": "asset" },
        "meanBlock": "10d"\(more) },
      "assets": { "A": { "price": 50, "history": "A", "liquidity": { "halfSpreadBps": 1, "depthTo1Percent": 420000 } } },
      "venue": {} }
    """
  }

  private static func program(_ bars: String, _ more: String = "") throws -> StressLabProgram {
    let folder = try TemporaryFolder()
    try folder.write("hole.csv", bars)
    try folder.write("s.json", scenario(more))
    try folder.write(
      "study.json",
      #"{ "stresslab": "study/1", "title": "s", "scenarios": ["s.json"], "panel": { "hold": { "model": "buyAndHold" } } }"#
    )
    return StressLabProgram(folder: folder)
  }

  /// Measured before: exit code 0, and a fall of 60 % in one step on 20 of 512 paths.
  @Test("is refused, with the place of the gap and what allows it", arguments: [false, true])
  func refused(withOther: Bool) throws {
    let program = try Self.program(Self.bars(missing: 100..<130, withOther: withOther))
    for arguments in [["validate", "s.json"], ["run", "study.json", "--paths", "8"]] {
      let result = try program.run(arguments)
      #expect(result.code == 2)
      #expect(result.error.contains("s.json:4:"), "\(result.error)")
      #expect(result.error.contains("/history/file: hole.csv:"), "\(result.error)")
      #expect(result.error.contains("30 bars of 1d of \"A\" are missing (\"gaps\": \"allow\" takes"), "\(result.error)")
    }
  }

  @Test("runs where gaps are allowed, and the summary says so")
  func allowed() throws {
    let program = try Self.program(Self.bars(missing: 100..<130), #", "gaps": "allow""#)
    #expect(try program.run("validate", "s.json").code == 0)
    #expect(try program.run("run", "study.json", "--paths", "8", "--out", "out", "--quiet").code == 0)
    let summary = try JSONDecoder().decode(
      Summary.self, from: Data(contentsOf: program.folder.url.appendingPathComponent("out/summary.json")))
    let limits = summary.scenarios[0].limits
    let start = "1 gap is allowed in the recorded bars, each resampled as one return"
    #expect(limits.contains { $0.hasPrefix(start) }, "\(limits)")
    #expect(summary.scenarios[0].parameters.contains { $0.path == "/history/gaps" && $0.text == "allow" })
  }

  /// Planted mistake: gaps outside of the days that the scenario takes count, or the one that ends at the first of them does
  /// not.
  @Test("may have its gap outside of the days that are taken")
  func outside() throws {
    // The 100th weekday from 2020-01-06 on is 2020-05-22, the 130th 2020-07-03.
    let bars = Self.bars(missing: 100..<130)
    #expect(try Self.program(bars, #", "from": "2020-07-06""#).run("validate", "s.json").code == 0)
    #expect(try Self.program(bars, #", "to": "2020-05-20""#).run("validate", "s.json").code == 0)
    #expect(try Self.program(bars, #", "from": "2020-07-03""#).run("validate", "s.json").code == 2)
  }

  @Test("without gaps nothing is said of them")
  func complete() throws {
    let program = try Self.program(Self.bars(missing: 0..<0), #", "gaps": "allow""#)
    #expect(try program.run("run", "study.json", "--paths", "8", "--out", "out", "--quiet").code == 0)
    let text = try String(contentsOfFile: program.folder.path("out/summary.json"), encoding: .utf8)
    #expect(!text.contains("allowed in the recorded bars"))
  }
}
