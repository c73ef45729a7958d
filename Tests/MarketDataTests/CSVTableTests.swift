import Documents
import MarketData
import Testing

private let header = "time,open,high,low,close,volume\n"

/// Everything that is wrong with a file of bars, one a line; empty when nothing is.
private func complaints(_ text: String, columns: BarColumns = BarColumns()) -> String {
  do throws(Problems) {
    _ = try RecordedBars(CSVTable([UInt8](text.utf8), file: "bars.csv"), columns: columns)
    return ""
  } catch {
    return error.description
  }
}

struct CSVTableTests {
  /// A table and its fields by Python's csv.reader.
  struct Table: CustomTestStringConvertible {
    let text: String
    let rows: [[String]]
    var testDescription: String { text.debugDescription }
  }

  @Test(
    "fields are found as Python's csv finds them",
    arguments: [
      Table(text: "a,b\n1,2\n", rows: [["1", "2"]]),
      Table(text: "a,b\r\n1,2\r\n3,4", rows: [["1", "2"], ["3", "4"]]),
      Table(text: "a,b\n1,\n,\n", rows: [["1", ""], ["", ""]]),
      Table(text: "a,b\n1,", rows: [["1", ""]]),
      Table(text: "a,b\n\"x,y\",\"say \"\"hi\"\"\"\n", rows: [["x,y", "say \"hi\""]]),
      Table(text: "a,b\n\"line\nbreak\",\"\"\n", rows: [["line\nbreak", ""]]),
      Table(text: "a,b\n\"q\"\"\"\"q\",\"\"\"\"\r\n", rows: [["q\"\"q", "\""]]),
      Table(text: "a,b\n\n1,2\n\n", rows: [["1", "2"]]),
      Table(text: "\u{FEFF}a,b\n1,ü\r", rows: [["1", "ü"]]),
      Table(text: "a,b\n1,\"2\"\r", rows: [["1", "2"]]),
      Table(text: "a\n\"\"\n", rows: [[""]]),
    ])
  func fields(table: Table) throws {
    let csv = try CSVTable([UInt8](table.text.utf8), file: "t.csv")
    #expect((0..<csv.rowCount).map { row in csv.header.indices.map { csv.text(row, $0) } } == table.rows)
  }

  @Test(
    "a broken file is refused with line and column",
    arguments: [
      ("", "bars.csv:1:1: the file is empty; its first row names the columns"),
      ("time,open,open\n", "bars.csv:1:11: two columns are named \"open\""),
      ("time,,open\n", "bars.csv:1:6: a column without a name"),
      (header + "2000-03-01,1,1,1,1\n", "bars.csv:2:1: expected 6 fields, found 5"),
      (header + "2000-03-01,\"1,1,1,1,1\n", "bars.csv:2:12: the quoted field that starts here has no end"),
      (header + "2000-03-01,1\"2\",1,1,1,1\n", "bars.csv:2:13: a quote inside a field that does not start with one"),
      (header + "2000-03-01,\"1\"2,1,1,1,1\n", "bars.csv:2:15: text after the closing quote of a field"),
      (header + "2000-03-01,1\r,1,1,1,1\n", "bars.csv:2:13: a carriage return without a line feed"),
      (
        "time,opne,high,low,close\n",
        "bars.csv:1:1: no column \"open\", which recorded history needs; did you mean \"opne\"?"
      ),
      (
        header + "2000-03-01,x,1,1,1,\n",
        "bars.csv:2:12: open: \"x\" is not a number\nbars.csv:2:20: volume: the number is missing"
      ),
      (
        header + "2000-03-01,nan,inf,0x1,1e999,-1\n",
        """
        bars.csv:2:12: open: "nan" is not a number
        bars.csv:2:16: high: "inf" is not a number
        bars.csv:2:20: low: "0x1" is not a number
        bars.csv:2:24: close: "1e999" is not a number
        bars.csv:2:30: volume: -1 is not at least 0
        """
      ),
      (header + "2000-03-01,0,1,1,1,0\n", "bars.csv:2:12: open: 0 is not above 0"),
      (header + "2000-03-01,2,1,2,1,0\n", "bars.csv:2:14: high: the high 1 is under the low 2"),
      (header + "2000-03-01,3,2,1,1.5,0\n", "bars.csv:2:14: high: the high 2 is under the open 3"),
      (header + "2000-03-01,1,2,1.5,1.7,0\n", "bars.csv:2:16: low: the low 1.5 is above the open 1"),
      (
        header + "yesterday,1,2,1,2,0\n",
        "bars.csv:2:1: time: \"yesterday\" is not a time such as 2000-03-01 or 2000-03-01T09:30:00Z"
      ),
      (
        header + "2000-03-02,1,2,1,2,0\n2000-03-01,1,2,1,2,0\n",
        "bars.csv:3:1: time: 2000-03-01 goes back from the time of the row before; name the column of assets if there are several"
      ),
      (
        "asset," + header + "A,2000-03-02,1,2,1,2,0\nB,2000-03-01,1,2,1,2,0\nA,2000-03-02,1,2,1,2,0\n",
        "bars.csv:4:3: time: 2000-03-02 repeats the time of the row before of \"A\""
      ),
    ])
  func broken(text: String, message: String) {
    #expect(complaints(text, columns: BarColumns(asset: text.hasPrefix("asset") ? "asset" : nil)) == message)
  }

  @Test("only the first twenty problems of a long broken file are told")
  func many() {
    let text = header + String(repeating: "2000-03-01,x,1,1,1,1\n", count: 1000)
    #expect(complaints(text).split(separator: "\n").count == 20)
  }

  @Test("a file that does not exist is refused by its name")
  func missing() {
    do throws(Problems) {
      _ = try BarFile.read("none.csv", contents: { _ in nil })
      Issue.record("nothing was thrown")
    } catch {
      #expect(error.description == "none.csv: there is no such file, or it can't be read")
    }
  }

  @Test("a file that the system fails to read is no mistake in it")
  func unread() {
    let error = #expect(throws: Problems.self) {
      try BarFile.read("bars.csv") { (_) throws(SystemFault) in throw .noFileHandles }
    }
    #expect(error?.description == "bars.csv: it can't be read: no more files can be opened (too many open files)")
    #expect(error?.areOfTheSystem == true)
  }

  @Test("decimal numbers are the nearest doubles, by the standard library")
  func numbers() {
    var state: UInt64 = 42
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 11
    }
    for _ in 0..<200_000 {
      let whole = next() % (next() % 2 == 0 ? 100_000 : .max)
      let text =
        "\(next() % 2 == 0 ? "-" : "")\(whole).\(next() % (next() % 2 == 0 ? 1_000_000 : .max))"
        + (next() % 4 == 0 ? "e\(Int(next() % 600) - 300)" : "")
      let ours = DecimalNumber.parse(ArraySlice(text.utf8))
      let reference = Double(text).flatMap { $0.isFinite ? $0 : nil }
      #expect(ours == reference, "\(text)")
      if ours != reference { return }
    }
    for text in ["", " ", "-", ".", "1.2.3", "1e", "1e+", "e5", "1,5", "+-1", "1 2", "٣"] {
      #expect(DecimalNumber.parse(ArraySlice(text.utf8)) == nil, "\(text)")
    }
    #expect(DecimalNumber.parse(ArraySlice(" +1. ".utf8)) == 1)
    #expect(DecimalNumber.parse(ArraySlice("-0.0".utf8))?.sign == .minus)
  }

  @Test(
    "moments are read with and without offsets",
    arguments: [
      // Python: datetime.fromisoformat(…).timestamp() * 1000, taken as UTC without an offset.
      ("1970-01-01", 0), ("2000-03-01T00:00:00Z", 951_868_800_000), ("2000-02-29 23:59", 951_868_740_000),
      ("2010-05-06T14:45:30.25-04:00", 1_273_171_530_250), ("1969-12-31T23:59:59.999+00:00", -1),
      ("2013-03-01T00:00:00+05:30", 1_362_076_200_000),
    ] as [(String, Int64)])
  func moments(text: String, milliseconds: Int64) {
    #expect(Timestamp.milliseconds(text) == milliseconds)
    #expect(Timestamp.milliseconds(Timestamp.text(milliseconds: milliseconds)) == milliseconds)
  }

  @Test(
    "what is no moment is refused",
    arguments: [
      "2000-02-30", "2000-13-01", "1900-02-29", "2000-3-1", "2000-03-01T", "2000-03-01T24:00", "2000-03-01T09:60",
      "2000-03-01T09:30:60", "2000-03-01T09:30:00.", "2000-03-01x09:30", "2000-03-01T09:30+5", "20000301", "",
      "2000-03-01T09:30:00ZZ",
    ])
  func noMoments(text: String) {
    #expect(Timestamp.milliseconds(text) == nil)
  }

  @Test("no mutation of a file makes the reader trap")
  func mutations() {
    let good = [UInt8]((header + "2000-03-01,1,2.5,1,\"2\",1e3\r\n2000-03-02T09:30:00Z,1,2,1,2,0\n").utf8)
    var state: UInt64 = 7
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    let alphabet = [UInt8]("\",\r\n0-9.e+Z: \u{FEFF}".utf8) + [0, 0xFF, 0x80]
    for _ in 0..<20_000 {
      var bytes = good
      for _ in 0...next(4) {
        switch next(3) {
        case 0 where !bytes.isEmpty: bytes[next(bytes.count)] = alphabet[next(alphabet.count)]
        case 1 where !bytes.isEmpty: bytes.remove(at: next(bytes.count))
        default: bytes.insert(alphabet[next(alphabet.count)], at: next(bytes.count + 1))
        }
      }
      if let table = try? CSVTable(bytes, file: "x") { _ = try? RecordedBars(table, columns: BarColumns()) }
    }
  }

  /// Measured before: "expected 1 fields, found 5", row by row. Planted mistake: a file of one column with a row too long
  /// counts as one with other signs.
  @Test("decimal commas between semicolons or tabs are told in one sentence, with what to do", arguments: [";", "\t"])
  func decimalCommas(_ separator: String) {
    let rows = ["time,open,close", "2024-01-01,1.5,1.55", "2024-01-02,1.5,1.6"].map { row in
      row.replacing(",", with: separator).replacing(".", with: ",")
    }
    let problems = #expect(throws: Problems.self) {
      _ = try CSVTable([UInt8](rows.joined(separator: "\n").utf8), file: "bars.csv")
    }
    let name = separator == ";" ? "semicolons" : "tabs"
    let sign = separator == ";" ? ";" : "tabs"
    #expect(
      problems?.all.map(\.description) == [
        "bars.csv:1:1: fields are separated by \(name), and numbers have decimal commas: replace each comma by a point, "
          + "and then \(sign) by commas"
      ])
    let short = #expect(throws: Problems.self) { _ = try CSVTable([UInt8]("close\n1\n1,5\n".utf8), file: "bars.csv") }
    #expect(short?.all.map(\.description) == ["bars.csv:3:1: expected 1 fields, found 2"])
  }
}
