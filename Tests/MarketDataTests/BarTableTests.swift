import Documents
import MarketData
import Testing

/// Bars in the shapes that people keep them in.
struct BarTableTests {
  private static func read(
    _ text: String, named: [BarLayout.Role: String] = [:], needs: [BarField: String] = [:], assets: [String]? = nil
  ) throws -> BarTable {
    try BarFile([UInt8](text.utf8), file: "t.csv", named: named, assets: assets, needs: needs).bars
  }

  private static func complaints(
    _ text: String, named: [BarLayout.Role: String] = [:], needs: [BarField: String] = [:], assets: [String]? = nil
  ) -> [String] {
    do {
      _ = try read(text, named: named, needs: needs, assets: assets)
      return []
    } catch {
      return "\(error)".split(separator: "\n").map(String.init)
    }
  }

  @Test("columns are found by their usual names, whatever their capitals and their order")
  func names() throws {
    let bars = try Self.read("Volume,Close,Low,High,Open,Date\n9,4,1,5,2,2020-01-01\n")
    #expect(bars.series == [Self.series([(2, 5, 1, 4, 9)])])
    #expect(bars.names == [""])
    let named = try Self.read("wann,zu\n2020-01-01,4\n", named: [.time: "wann", .close: "zu"])
    #expect(named.series[0].close == [4])
    #expect(named.series[0].high[0].isNaN && named.series[0].volume[0].isNaN)
  }

  @Test("times may be counted in seconds or milliseconds since 1970")
  func counts() throws {
    let bars = try Self.read("time,close\n1577836800,1\n1577840400000,2\n")
    #expect(bars.series[0].time == [1_577_836_800_000, 1_577_840_400_000])
  }

  @Test("a long file has its assets apart, in the order of the file, and one can be picked")
  func long() throws {
    let text = "date,symbol,close\n2020-01-01,B,1\n2020-01-01,A,2\n2020-01-02,B,3\n"
    let all = try Self.read(text)
    #expect(all.names == ["B", "A"])
    #expect(all.series.map(\.close) == [[1, 3], [2]])
    #expect(all.rows == [[0, 2], [1]])
    #expect(all.order == [0, 1, 0])
    let one = try Self.read(text, assets: ["A"])
    #expect(one.names == ["A"] && one.series[0].close == [2] && one.othersTimes.map(\.count) == [2])
  }

  @Test("in a file without a column of a bar, each column is an asset by its closes; some come later or go earlier")
  func wide() throws {
    let bars = try Self.read("date,X,Y\n2020-01-01,1,\n2020-01-02,2,5\n2020-01-03,,6\n")
    #expect(bars.layout.isWide)
    #expect(bars.names == ["X", "Y"])
    #expect(bars.series.map(\.close) == [[1, 2], [5, 6]])
    #expect(bars.gaps() == [])
    let hole = try Self.read("date,X,Y\n2020-01-01,1,2\n2020-01-02,,2\n2020-01-03,1,2\n2020-01-04,1,2\n")
    #expect(hole.gaps().map(\.description) == ["t.csv:3:12: X: expected a close, found none"])
  }

  @Test("one column that is called like a part of a bar is an asset among assets, and blanks are no part of a name")
  func tickers() throws {
    let wide = try Self.read("Date,AAPL,LOW\n2020-01-01,1,2\n2020-01-02,3,4\n")
    #expect(wide.layout.isWide)
    #expect(wide.names == ["AAPL", "LOW"])
    let bars = try Self.read("time, open, high, low, close, volume\n2020-01-01, 1, 2, 1, 1, 5\n")
    #expect(!bars.layout.isWide)
    #expect(bars.series.map(\.close) == [[1]])
  }

  struct Refused: Sendable, CustomTestStringConvertible {
    let text: String
    var named: [BarLayout.Role: String] = [:]
    var needs: [BarField: String] = [:]
    var assets: [String]?
    let messages: [String]
    var testDescription: String { text.debugDescription }
  }

  static let refused = [
    Refused(
      text: "tiem,close\n2020-01-01,1\n", messages: [#"t.csv:1:1: no column "time"; did you mean "tiem"?"#]),
    Refused(
      text: "Datum,close\n2020-01-01,1\n", named: [.time: "datum"],
      messages: [#"t.csv:1:1: no column "datum"; did you mean "Datum"?"#]),
    Refused(
      text: "time,open,hgih,low,close\n", needs: [.high: "TR needs", .low: "TR needs", .volume: "OBV needs"],
      messages: [
        #"t.csv:1:1: no column "high", which TR needs; did you mean "hgih"?"#,
        #"t.csv:1:1: no column "volume", which OBV needs; known: time, open, hgih, low, close"#,
      ]),
    Refused(
      text: "time,open\n2020-01-01,1\n", messages: [#"t.csv:1:1: no column "close"; known: time, open"#]),
    Refused(
      text: "time,X,Y\n2020-01-01,1,2\n", needs: [.high: "TR, ATR need"],
      messages: [
        #"t.csv:1:1: no column "high", which TR, ATR need: the file has closes only, a column for each asset"#
      ]),
    Refused(text: "time\n2020-01-01\n", messages: ["t.csv:1:1: no column of prices: the file has times only"]),
    Refused(
      text: "Datum;Schluss\n2020-01-01;1\n",
      messages: [#"t.csv:1:1: no column "time"; known: Datum, Schluss"#]),
    Refused(text: "time\tclose\n", messages: ["t.csv: the file has no bars below its header"]),
    Refused(text: "time,close\n", messages: ["t.csv: the file has no bars below its header"]),
    Refused(
      text: "time,symbol,close\n2020-01-01,IBM,1\n", assets: ["IMB"],
      messages: [#"t.csv: no asset named "IMB"; did you mean "IBM"?"#]),
    Refused(
      text: "time,close\n2020-01-01,1\n", assets: ["IBM"],
      messages: [#"t.csv: no asset named "IBM": the file has no column of assets"#]),
    Refused(
      text: "time,high,low,close\n2020-01-01,1,2,1\n2020-01-01,2,1,1\n",
      messages: ["t.csv:2:12: high: the high 1 is under the low 2"]),
    Refused(
      text: "time,X,Y\n2020-01-02,1,x\n2020-01-01,1,2\n2020-01-03,0,2\n",
      messages: [
        #"t.csv:2:14: Y: "x" is not a number"#,
        "t.csv:3:1: time: 2020-01-01 goes back from the time of the row before",
        "t.csv:4:12: X: 0 is not above 0",
      ]),
  ]

  @Test("what can't be read is refused, with everything that is wrong", arguments: refused)
  func isRefused(_ file: Refused) {
    #expect(
      Self.complaints(file.text, named: file.named, needs: file.needs, assets: file.assets) == file.messages)
  }

  @Test("no mutation of a file of any shape makes the reader or the clock trap")
  func fuzz() throws {
    var state: UInt64 = 11
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % max(1, bound)
    }
    let sources = try [
      "bars/coin_1h.csv", "bars/currency_1h.csv", "bars/closes_1d.csv",
      "us_equities_5_daily_ohlcv_2000_2013_public_domain.csv",
    ].map { try BarShapes.bytes($0) }
    let pieces = [
      "", ",", "\n", "\"", "0", "9", "-", ".", "e9", "T", "Z", "\r\n", "9999-12-31", "0001-01-01", "99999999999",
      "\u{FEFF}", "1e308", "nan",
    ].map { Array($0.utf8) }
    var read = 0
    for _ in 0..<6000 {
      let source = sources[next(sources.count)]
      let end = source[..<min(source.count, 200 + next(4000))].lastIndex(of: 10) ?? 0
      var bytes = Array(source[...end])
      for _ in 0..<(1 + next(3)) where !bytes.isEmpty {
        let start = next(bytes.count)
        if next(2) == 0, (48...57).contains(bytes[start]) {
          bytes[start] = 48 + UInt8(next(10))
          continue
        }
        bytes.replaceSubrange(start..<min(bytes.count, start + next(12)), with: pieces[next(pieces.count)])
      }
      do throws(Problems) {
        let bars = try BarFile(bytes, file: "f.csv").bars
        #expect(bars.gaps().count <= 20)
        read += 1
      } catch {
        #expect(!error.all.isEmpty)
      }
    }
    // Some mutations leave a file that can be read, or the clock would not have been tried.
    #expect(read > 300)
  }

  private static func series(_ bars: [(Double, Double, Double, Double, Double)]) -> BarSeries {
    var series = BarSeries()
    for (index, bar) in bars.enumerated() {
      series.append(
        Bar(
          time: 1_577_836_800_000 + Int64(index) * 86_400_000, open: bar.0, high: bar.1, low: bar.2, close: bar.3,
          volume: bar.4))
    }
    return series
  }
}
