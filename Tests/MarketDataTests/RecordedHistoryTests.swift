import Documents
import MarketData
import Testing

/// A file of the repository's fixtures.
func fixture(_ name: String) -> String {
  let tests = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
  return "/\(tests)/fixtures/\(name)"
}

let stockColumns = BarColumns(time: "timestamp", asset: "symbol", unadjustedClose: "close_unadjusted")

struct RecordedHistoryTests {
  let bars: RecordedBars

  init() throws {
    bars = RecordedBars(
      try BarFile.read(
        fixture("us_equities_5_daily_ohlcv_2000_2013_public_domain.csv"), named: stockColumns.roles,
        needs: BarColumns.needs
      ).bars)
  }

  @Test("the recorded stocks have their rows")
  func rows() throws {
    #expect(bars.names == ["AAPL", "FB", "GOOG", "IBM", "MSFT"])
    #expect(["AAPL", "IBM", "MSFT"].map { bars.bars(of: $0)?.count } == [3270, 3270, 3270])
    #expect(bars.bars(of: "FB")?.count == 196)
    #expect(try RecordedHistory(bars, assets: ["AAPL", "MSFT"]).count == 3269)
    #expect(try RecordedHistory(bars, assets: ["AAPL", "FB"]).count == 195)
  }

  @Test("a row holds the log returns, distances and unadjusted volume of its bar")
  func firstRow() throws {
    // Python's csv and math on the rows of 2000-03-01 and 2000-03-02.
    let history = try RecordedHistory(bars, assets: ["AAPL"], to: CalendarDay("2000-03-03"))
    #expect(history.count == 2)
    #expect(history.time[0] == Timestamp.milliseconds("2000-03-02"))
    let columns = history.columns[0]
    #expect(columns.gap[0] == -0.02572907002009587)
    #expect(columns.intraday[0] == -0.04016618435325118)
    #expect(columns.highBeyond[0] == 0.007374128074493086)
    #expect(columns.lowBeyond[0] == 0.010795689247855183)
    #expect(abs(columns.volume[0] / 86499569.47961247 - 1) < 1e-14)
  }

  @Test("gaps and days of shared rows add up to the change of the close, also where a range starts")
  func sums() throws {
    // Python's csv and math: rows that GOOG and IBM share, 2005-01-01 to 2006-12-31.
    let history = try RecordedHistory(
      bars, assets: ["IBM", "GOOG"], from: CalendarDay("2005-01-01"), to: CalendarDay("2006-12-31"))
    #expect(history.count == 503)
    let google = history.columns[1]
    let change = zip(google.gap, google.intraday).reduce(0) { $0 + $1.0 + $1.1 }
    #expect(abs(change - 0.8706679069968066) < 1e-12)
    #expect(abs(google.volume.reduce(0, +) / 19222317811.381023 - 1) < 1e-12)
    #expect(try RecordedHistory(bars, assets: ["IBM", "GOOG"]).count == 2147)
  }

  @Test("where an asset misses a day, the gap of the others starts from the last day that all share")
  func missingDay() throws {
    let text = """
      asset,time,open,high,low,close,volume
      A,2024-01-02,1,2,1,2,1
      A,2024-01-03,2,8,2,8,1
      A,2024-01-04,4,4,4,4,1
      B,2024-01-02,1,1,1,1,1
      B,2024-01-04,1,1,1,1,1
      B,2024-01-05,1,1,1,1,1
      A,2024-01-05,4,4,1,1,1
      """
    let bars = try RecordedBars(
      CSVTable([UInt8](text.utf8), file: "bars.csv"), columns: BarColumns(asset: "asset"))
    let history = try RecordedHistory(bars, assets: ["A", "B"])
    let log2 = 0.693_147_180_559_945_3
    #expect(history.time.map { Timestamp.text(milliseconds: $0).prefix(10) } == ["2024-01-04", "2024-01-05"])
    #expect(history.columns[0].gap == [log2, 0])
    #expect(history.columns[0].intraday == [0, -2 * log2])
    #expect(history.columns[0].highBeyond == [0, 0])
    #expect(history.columns[0].lowBeyond == [0, 0])
  }

  @Test(
    "an asset or range that a file does not have is refused",
    arguments: [
      (["AAPL", "MFST"], nil, "stocks.csv has no asset named \"MFST\"; did you mean \"MSFT\"?"),
      (
        ["FB"], "2013-03-01",
        "stocks.csv has 1 row from 2013-03-01 in which all of \"FB\" are recorded; at least 2 are needed"
      ),
    ] as [([String], String?, String)])
  func refused(assets: [String], from: String?, message: String) {
    do {
      _ = try RecordedHistory(bars, assets: assets, from: from.flatMap { CalendarDay($0) })
      Issue.record("nothing was thrown")
    } catch {
      #expect(error.description.hasSuffix(message.replacing("stocks.csv", with: "public_domain.csv")))
    }
  }
}
