import Documents
import Foundation
import MarketData
import Pipeline
import Testing

/// Rows of files before anything is refused.
@Suite("Rows of bars as they are")
struct BarRowsTests {
  @Test("nothing that the strict reader refuses is refused here: rows keep their lines and what can be read of them")
  func lenient() throws {
    let text = """
      time,open,high,low,close,volume

      2020-01-02,1,2,0.5,1.5,10
      soon,1,2,0.5,1.5,10
      2020-01-01,-1,2,x,1.5,
      "2020-01-01",1,2,0.5,1.5,10
      """
    let rows = try BarRows.read(Array(text.utf8), file: "a.csv")
    #expect(rows.count == 1 && rows[0].fields == BarField.allCases)
    #expect(rows[0].rows.map(\.line) == [3, 4, 5, 6])
    #expect(rows[0].rows.map(\.time) == [1_577_923_200_000, nil, 1_577_836_800_000, 1_577_836_800_000])
    #expect(rows[0].rows[2][.open] == -1 && rows[0].rows[2][.low] == nil && rows[0].rows[2][.volume] == nil)
    let kinds = CleaningReport(rows[0]).counts.map { "\($0.count) \($0.kind)" }
    #expect(kinds == ["2 unreadable", "1 order", "1 duplicates", "1 prices"])
  }

  @Test("assets are told apart, in long files and in wide ones")
  func assets() throws {
    let long = "date,symbol,close\n2020-01-01,B,1\n2020-01-01,A,2\n2020-01-02,B,0\n"
    let rows = try BarRows.read(Array(long.utf8), file: "long.csv")
    #expect(rows.map(\.asset) == ["B", "A"] && rows.map(\.rows.count) == [2, 1])
    #expect(rows[0].rows.map(\.line) == [2, 4])
    let wide = "date,B,A\n2020-01-01,1,2\n2020-01-02,,x\n2020-01-03,3,4\n"
    let columns = try BarRows.read(Array(wide.utf8), file: "wide.csv")
    #expect(columns.map(\.asset) == ["B", "A"] && columns.map(\.rows.count) == [2, 3])
    #expect(columns[0].rows.map(\.line) == [2, 4] && columns[1].rows[1][.close] == nil)
  }

  @Test("what is no table is refused as ever")
  func refused() {
    #expect(throws: Problems.self) { try BarRows.read(Array("time,close\n1\n".utf8), file: "a.csv") }
    #expect(throws: Problems.self) { try BarRows.read(Array("a,b\n1,2\n".utf8), file: "a.csv") }
  }

  @Test(
    "a million rows are looked at in seconds",
    .enabled(if: ProcessInfo.processInfo.environment["STRESSLAB_GATES"] != nil))
  func large() {
    let rows = MadeRows.normal.rows(seed: 1, count: 1_000_000)
    #expect(CleaningReport(rows).findings.isEmpty)
  }
}

/// Files of real bars.
@Suite("Recorded bars, as they are checked")
struct RecordedBarsCheckTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("fixtures").path

  private static func rows(_ file: String, named: [BarLayout.Role: String] = [:]) throws -> [BarRows] {
    try BarRows.read(FileContents.needed("\(folder)/\(file)"), file: file, named: named)
  }

  @Test(
    "nothing is found in files that others have cleaned",
    arguments: [
      "bars/coin_1h.csv", "bars/currency_1h.csv", "bars/closes_1d.csv",
      "us_equities_5_daily_ohlcv_2000_2013_public_domain.csv",
    ])
  func cleaned(file: String) throws {
    for rows in try Self.rows(file) {
      let report = CleaningReport(rows)
      #expect(report.rows > 100 && report.step != nil)
      #expect(report.findings.isEmpty, "\(rows.asset): \(report.findings.map(\.sentence))")
    }
  }

  /// The bars as they were traded: prices times unadjusted over adjusted close.
  private static func traded() throws -> [BarRows] {
    let file = "us_equities_5_daily_ohlcv_2000_2013_public_domain.csv"
    return try zip(rows(file), rows(file, named: [.close: "close_unadjusted"])).map { adjusted, unadjusted in
      var traded = adjusted
      for (place, row) in unadjusted.rows.enumerated() {
        let factor = try #require(row[.close]) / #require(adjusted.rows[place][.close])
        for field in [BarField.open, .high, .low, .close] {
          traded.rows[place][field] = adjusted.rows[place][field].map { ($0 * factor * 100).rounded() / 100 }
        }
      }
      return traded
    }
  }

  /// Apple split on 2000-06-21 and 2005-02-28, Microsoft on 2003-02-18, each two for one; the others did not. Apple's fall by
  /// half on 2000-09-29 was no split.
  @Test("the splits of 2000 to 2013 are found in prices as they were traded, and no others")
  func splits() throws {
    var found: [String] = []
    for rows in try Self.traded() {
      for finding in CleaningReport(rows).findings where finding.kind != "impossible" {
        let day = Timestamp.text(milliseconds: finding.times?.lowerBound ?? 0).prefix(10)
        found.append("\(rows.asset) \(finding.kind) \(day)")
        #expect(finding.sentence.hasSuffix("as after a split of 2 for 1 in prices that were not adjusted"))
      }
      let (adjusted, changes) = try Repairs(fix: ["splits"]).apply(to: rows)
      #expect(CleaningReport(adjusted).findings.allSatisfy { $0.kind == "impossible" } && changes.count <= 2)
    }
    #expect(found == ["AAPL splits 2000-06-21", "AAPL splits 2005-02-28", "MSFT splits 2003-02-18"])
  }
}
