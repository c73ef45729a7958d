import Documents
import Foundation
import MarketData
import Testing

/// Files of bars in the shapes that people have.
struct BarFileTests {
  static func read(
    _ text: String, named: [BarLayout.Role: String] = [:], assets: [String]? = nil, needs: [BarField: String] = [:]
  ) throws -> BarFile {
    try BarFile([UInt8](text.utf8), file: "f.csv", named: named, assets: assets, needs: needs)
  }

  static func complaints(_ text: String, needs: [BarField: String] = [:]) -> [String] {
    do {
      _ = try read(text, needs: needs)
      return []
    } catch {
      return "\(error)".split(separator: "\n").map(String.init)
    }
  }

  /// What may be done to a file without changing what it says.
  enum Dressing: String, CaseIterable, Sendable {
    case asItIs, crlf, byteOrderMark, noFinalNewline, blanks, emptyLines

    func callAsFunction(_ text: String) -> String {
      switch self {
      case .asItIs: text
      case .crlf: text.replacing("\n", with: "\r\n")
      case .byteOrderMark: text.hasPrefix("\u{FEFF}") ? text : "\u{FEFF}" + text
      case .noFinalNewline: String(text.dropLast())
      case .emptyLines: (text.hasPrefix("\u{FEFF}") ? "" : "\n\n") + text.replacing("\n", with: "\n\n")
      case .blanks:
        text.split(separator: "\n").map { line in
          if line.hasPrefix("https") || line.hasPrefix("sep=") { return String(line) }
          if line.contains("\"") { return String(line).replacing("\",\"", with: " \",\" ") }
          let separator = ["\t", ";", ","].first { line.contains($0) } ?? ","
          return " " + String(line).replacing(separator, with: " \(separator) ") + " "
        }.joined(separator: "\n") + "\n"
      }
    }
  }

  /// Planted mistakes that it was seen to fail with: HistData.com's times taken as UTC; counts of twelve digits always taken as
  /// milliseconds, or taken so where blanks stand around them.
  @Test("each shape gives the very bars that it was written from, however its lines end", arguments: FileShape.all)
  func shapes(_ shape: FileShape) throws {
    let bars = shape.bars()
    let text = shape.text(bars)
    for dressing in Dressing.allCases {
      let file = try Self.read(dressing(text))
      #expect(file.shape.name == shape.kind, "\(dressing)")
      #expect(file.bars.series.count == 1)
      let series = file.bars.series[0]
      #expect(series.time == bars.map(\.time), "\(dressing)")
      for field in BarField.allCases where field != .volume || shape.volume == .kept {
        let expected = bars.map { bar in
          switch field {
          case .open: bar.open
          case .high: bar.high
          case .low: bar.low
          case .close: bar.close
          case .volume: bar.volume
          }
        }
        #expect(series[field] == expected, "\(dressing), \(field)")
      }
      if shape.volume == .none { #expect(series.volume.allSatisfy { $0.isNaN }) }
      #expect(file.bars.gaps() == [], "\(dressing)")
    }
  }

  @Test("what was understood is said", arguments: FileShape.all)
  func understanding(_ shape: FileShape) throws {
    let file = try Self.read(shape.text(shape.bars()))
    let roles = Set(file.columns.map(\.role))
    #expect(roles.isSuperset(of: ["open", "high", "low", "close"]))
    #expect(roles.contains("time") || roles.isSuperset(of: ["date", "time of day"]) || roles.contains("date"))
    #expect(Set(file.columns.map(\.name)).isDisjoint(with: file.ignored))
    #expect(file.columns.count + file.ignored.count == file.bars.table.header.count)
    #expect(file.assets.map(\.bars) == [40])
    #expect(file.assets.map(\.step) == [BarTable.duration(shape.step)])
    #expect(!file.timeZone.isEmpty)
  }

  struct Refused: Sendable, CustomTestStringConvertible {
    let what: String
    let text: String
    var needs: [BarField: String] = [:]
    let messages: [String]
    var testDescription: String { what }
  }

  private static let days = (1...12).map { "0\($0)".suffix(2) }

  private static func rows(_ header: String?, _ times: [String], _ separator: String = ",") -> String {
    let bars = [[100.5, 102.5, 99.5, 101.5], [101.5, 103.5, 100.5, 102.5]]
    let rows = times.enumerated().map { index, time in
      ([time] + bars[index % 2].map { FileShape.number($0) } + ["10"]).joined(separator: separator)
    }
    return ((header.map { [$0] } ?? []) + rows).joined(separator: "\n") + "\n"
  }

  private static let header = "date,open,high,low,close,volume"

  static let refused = [
    Refused(
      what: "days and months that can't be told apart", text: rows(header, days.map { "01/\($0)/2020" }),
      messages: [
        #"f.csv:2:1: date: "01/01/2020" may be 2020-01-01 with the day first or 2020-01-01 with the month first, and no row "#
          + "proves which: write the dates as 2020-01-01"
      ]),
    Refused(
      what: "days and months that one row would tell apart",
      text: rows(header, ["11/01/2020", "12/01/2020", "13/01/2020"]),
      messages: [
        #"f.csv:2:1: date: "11/01/2020" may be 2020-01-11 with the day first or 2020-11-01 with the month first, and fewer "#
          + "than 3 rows prove which: write the dates as 2020-01-11"
      ]),
    Refused(
      what: "years of two digits", text: rows(header, ["13/01/20", "14/01/20"]),
      messages: [
        #"f.csv:2:1: date: "13/01/20" is not a time such as 2000-03-01 or 2000-03-01T09:30:00Z"#,
        #"f.csv:3:1: date: "14/01/20" is not a time such as 2000-03-01 or 2000-03-01T09:30:00Z"#,
      ]),
    Refused(
      what: "commas that may be of thousands or of decimals",
      text: "date;close\n2020-01-01;1,234\n2020-01-02;1,235\n2020-01-03;1,236\n2020-01-04;1,237\n",
      messages: [
        #"f.csv:2:12: close: "1,234" may be 1234 or 1.234: nothing in the file proves whether its commas stand between "#
          + "thousands or before decimals; write numbers with a decimal point and no commas"
      ]),
    Refused(
      what: "an hour that happened twice",
      text: rows(header, ["20201101  00:30:00 US/Eastern", "20201101  01:30:00 US/Eastern"]),
      messages: [
        "f.csv:3:1: date: 2020-11-01 01:30:00 happened twice in US/Eastern, where clocks were changed: write times in UTC, "
          + "or with their offsets"
      ]),
    Refused(
      what: "an hour that did not happen",
      text: rows(header, ["20200308  01:30:00 US/Eastern", "20200308  02:30:00 US/Eastern"]),
      messages: [
        "f.csv:3:1: date: 2020-03-08 02:30:00 did not happen in US/Eastern, where clocks were changed: write times in UTC, "
          + "or with their offsets"
      ]),
    Refused(
      what: "a zone that nobody knows", text: rows(header, ["20200308  01:30:00 US/Estern"]),
      messages: [#"f.csv:2:1: date: "US/Estern" is no time zone such as America/New_York"#]),
    Refused(
      what: "local times without an offset",
      text: rows("Local time,Open,High,Low,Close,Volume", ["01.01.2020 00:00:00.000", "01.01.2020 01:00:00.000"]),
      messages: [
        "f.csv:2:1: Local time: the times are local, and no row says by how much that differs from UTC: download the file "
          + "in GMT, or with offsets"
      ]),
    Refused(
      what: "no header, and columns in another order", text: "2020-01-01,1,3,4,2,9\n2020-01-02,2,3,4,1,9\n",
      messages: [
        "f.csv:1:12: open: 1, 3, 4, 2 are not open, high, low and close in this order, and the file has no header that "
          + "names them: write a first line with the names, such as time,open,high,low,close,volume"
      ]),
    Refused(
      what: "no header, and nothing that tells the columns", text: "2020-01-01,2,2,2,2,9\n2020-01-02,2,2,2,2,9\n",
      messages: [
        "f.csv:1:12: open: no row proves which columns are open, high, low and close, and the file has no header: write a "
          + "first line with the names, such as time,open,high,low,close,volume"
      ]),
    Refused(
      what: "no header, and open and close exchanged",
      text: "2020-01-01,101,103,99,100\n2020-01-02,102,104,100,101\n2020-01-03,103,105,101,102\n",
      messages: [
        "f.csv:1:12: open: bars do not open near the last close, so this may not be the open, and the file has no header: "
          + "write a first line with the names, such as time,open,high,low,close,volume"
      ]),
    Refused(
      what: "no header, and high and volume exchanged",
      text: "2020-01-01,100,900,99,101,103\n2020-01-02,101,800,100,102,104\n2020-01-03,102,700,101,103,105\n",
      messages: [
        "f.csv:1:27: volume: this lies between low and high in nearly all rows, as a price does, so the columns may be others "
          + "than open, high, low, close and volume, and the file has no header: write a first line with the names, such as "
          + "time,open,high,low,close,volume"
      ]),
    Refused(
      what: "tickers side by side, of yfinance",
      text: "Price,Close,Close\nTicker,AAPL,MSFT\nDate,,\n2020-01-02,1,2\n",
      messages: [
        "f.csv:1:1: the file is of yfinance with 2 tickers side by side: write a file for each, or one row for each ticker by "
          + #".stack(level="Ticker")"#
      ]),
    Refused(
      what: "no header, and too many columns", text: "2020-01-01,1,3,0.5,2,9,8,7,6\n",
      messages: [
        "f.csv:1:1: the file has no header, and 9 columns are no kind of bars that is known: write a first line with their "
          + "names, such as time,open,high,low,close,volume"
      ]),
    Refused(
      what: "the shape of HistData.com with volumes", text: rows(nil, ["20200101 000000", "20200101 000100"], ";"),
      messages: [
        "f.csv:1:44: volume: the file looks like one of HistData.com, whose times are Eastern Standard Time and whose volumes "
          + "are 0, but here it is 10: write times in UTC, as 2012-02-01T05:00:00Z, and a first line with the names"
      ]),
    Refused(
      what: "volumes that HistData.com does not have",
      text: "20200101 000000;1.2;1.4;1.1;1.3;0\n20200101 000100;1.3;1.5;1.2;1.4;0\n",
      needs: [.volume: "OBV needs"],
      messages: [
        #"f.csv:1:1: no column "volume", which OBV needs: The volumes of HistData.com are all 0 and say nothing: none is "#
          + "read."
      ]),
    Refused(
      what: "a time that repeats with other values, further up",
      text: rows(header, ["2020-01-01", "2020-01-02", "2020-01-03", "2020-01-04", "2020-01-02"]),
      messages: [
        "f.csv:6:1: date: 2020-01-02 is the time of line 3 too, with other values; name the column of assets if there "
          + "are several"
      ]),
  ]

  /// Planted mistakes that it was seen to fail with: one row is enough to prove the month, a comma before three digits stands
  /// before decimals, no look at columns that lie among the prices, none at where bars open, the first of an hour's two
  /// moments is taken, rows of one time are the same whatever they hold.
  @Test("what is doubtful is refused, in a sentence that says what to do", arguments: refused)
  func isRefused(_ file: Refused) {
    #expect(Self.complaints(file.text, needs: file.needs) == file.messages)
  }

  @Test(
    "files that hold no separated values are told by how they begin",
    arguments: [
      ([0x1F, 0x8B, 8, 0], "is compressed by gzip: gunzip it, and give the CSV inside"),
      ([0x50, 0x4B, 3, 4] + Array("....data.csv".utf8), "is a zip archive: unzip it, and give the CSV inside"),
      (
        [0x50, 0x4B, 3, 4] + Array("....[Content_Types].xml".utf8),
        "is a workbook of Excel (xlsx): save its sheet as CSV, and give that"
      ),
      (
        Array("PAR1....".utf8),
        #"is Parquet: write it as CSV, such as by pandas.read_parquet("FILE").to_csv("FILE.csv")"#
      ),
      (Array("{\"a\": 1}".utf8), "is JSON: write its bars as CSV, a row for each"),
      ([0xFF, 0xFE, 0x74, 0], "is UTF-16 text: save it as UTF-8"),
      (
        Array("\n<!DOCTYPE html>".utf8),
        "is a web page or XML, such as the message of a server that refused: bars are read from CSV"
      ),
    ] as [([UInt8], String)])
  func foreign(_ bytes: [UInt8], _ what: String) {
    let problems = #expect(throws: Problems.self) { _ = try BarFile(bytes, file: "f.csv") }
    #expect(problems?.description == "f.csv:1:1: the file \(what)")
  }

  @Test("a day without prices is left out and is a gap, rows that repeat to the letter are left out, and both are said")
  func leftOut() throws {
    let shape = try #require(FileShape.all.first { $0.name == "Yahoo Finance" })
    var lines = shape.text(shape.bars()).split(separator: "\n").map(String.init)
    lines[20] = lines[20].prefix(10) + ",null,null,null,null,null,null"
    lines.insert(lines[30], at: 31)
    // Overlapping downloads, one after the other.
    lines += lines[35...]
    let file = try Self.read(lines.joined(separator: "\n"))
    #expect(file.bars.series[0].count == 39)
    #expect(
      file.leftOut(atMost: 4)
        .map { "\($0.line): \($0.reason)" } == [
          "21: it has no prices", "32: it repeats line 31 to the letter", "43: it repeats line 36 to the letter",
          "44: it repeats line 37 to the letter",
        ])
    #expect(
      file.bars.gaps().map(\.description) == [
        "f.csv:22:1: Date: expected 2020-01-21, found 2020-01-22: a bar of 1d is missing"
      ])
  }

  /// Measured before: `stresslab import` ended with a signal.
  @Test("an asset that has no price in any row is none")
  func assetWithoutPrices() throws {
    let text = "date,symbol,close\n2020-01-01,A,1\n2020-01-01,B,\n2020-01-02,A,2\n"
    let file = try Self.read(text)
    #expect(file.assets.map(\.name) == ["A"] && file.leftOut(atMost: 9).map(\.line) == [3])
    #expect(throws: Problems.self) { try Self.read(text, assets: ["B"]) }
  }

  /// Planted mistake that it was seen to fail with: open, high and low keep their scale.
  @Test("adjusted prices are read where their column is asked for: the others by the same factor")
  func adjusted() throws {
    let text = "Date,Open,High,Low,Close,Adj Close,Volume\n2020-01-02,10,12,9,11,5.5,7\n2020-01-03,11,13,11,13,7.1,8\n"
    let raw = try Self.read(text).bars.series[0]
    #expect(raw.close == [11, 13] && raw.open == [10, 11])
    let file = try Self.read(text, named: [.close: "Adj Close"])
    let series = file.bars.series[0]
    #expect(series.close == [5.5, 7.1] && series.open[0] == 5 && series.high == [6, 7.1] && series.low[0] == 4.5)
    #expect(series.low[1] == 11 * (7.1 / 13) && series.volume == [7, 8])
    #expect(
      file.notes == [
        "Prices are adjusted: open, high and low count × Adj Close / Close; volume counts as it stands."
      ])
  }

  @Test("a name of a column that is given goes over the one that would be found")
  func named() throws {
    let text = "time,open,high,low,close,last\n2020-01-01,2,3,1,2,2.5\n2020-01-02,2,3,1,2,2.5\n"
    #expect(try Self.read(text).bars.series[0].close == [2, 2])
    #expect(try Self.read(text, named: [.close: "last"]).bars.series[0].close == [2.5, 2.5])
  }

  @Test("decimal points of prices prove that the commas of volumes stand between thousands")
  func pointsProveCommas() throws {
    let rows = (1...4).map { "2020-01-0\($0),12.3\($0),\"\($0),234\"" }.joined(separator: "\n")
    #expect(try Self.read("date,close,volume\n" + rows).bars.series[0].volume == [1234, 2234, 3234, 4234])
  }

  @Test("which part of a date is the month follows from three rows that prove it", arguments: [true, false])
  func months(_ isMonthFirst: Bool) throws {
    let times = (10...15).map { isMonthFirst ? "02/\($0)/2020" : "\($0)/02/2020" }
    let file = try Self.read(Self.rows(Self.header, times))
    #expect(Timestamp.text(milliseconds: file.bars.series[0].time[0]) == "2020-02-10T00:00:00Z")
  }

  @Test("the file's own text stands for a time only where that says as much as ISO 8601", arguments: FileShape.all)
  func timeText(_ shape: FileShape) throws {
    let file = try Self.read(shape.text(shape.bars()))
    let own = [
      "Yahoo Finance", "Stooq, dates", "Polygon", "seconds", "milliseconds", "microseconds", "nanoseconds",
      "Excel's line of separators",
    ]
    #expect(file.bars.keepsTimeText == own.contains(shape.name))
  }

  @Test("each kind stands in docs/recorded-files.md, in the order in which it is tried, as it is recognised")
  func documented() throws {
    let path = URL(fileURLWithPath: BarShapes.folder).deletingLastPathComponent().path + "/docs/recorded-files.md"
    let rows = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").filter { $0.hasPrefix("| ") }
    let places = BarShape.all.map { shape in
      rows.firstIndex { $0.replacing("`", with: "").hasPrefix("| \(shape.name) | \(shape.mark) |") } ?? -1
    }
    #expect(!places.contains(-1) && places == places.sorted(), "\(zip(BarShape.all.map(\.name), places).map { $0 })")
  }
}
