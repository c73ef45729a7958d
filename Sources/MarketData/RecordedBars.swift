import Documents

/// The bars of a file, by asset.
package struct RecordedBars: Sendable, Hashable {
  /// The file's name.
  package let file: String
  /// The series by asset, sorted by name; a file without a column of assets has one, named by the empty text.
  package let series: Named<BarSeries>

  /// Reads bars from a file of comma-separated values.
  ///
  /// Prices must be above 0, high and low must enclose open and close, volumes must not be negative, and each asset's
  /// time must increase. Where the close before adjustment is given, volume is turned into units at adjusted prices'
  /// scale: recorded × unadjusted close / close.
  ///
  /// - Throws: everything that is wrong (the first 20), each with its line.
  package static func read(
    _ path: String, columns: BarColumns, contents: (String) -> [UInt8]? = { FileContents.read($0) }
  ) throws(Problems) -> RecordedBars {
    guard let bytes = contents(path) else {
      throw Problems(
        Problem(position: SourcePosition(file: path), message: "there is no such file, or it can't be read"))
    }
    return try RecordedBars(CSVTable(bytes, file: path), columns: columns)
  }

  /// Reads bars from a table; as `read`.
  package init(_ table: CSVTable, columns: BarColumns) throws(Problems) {
    var reader = try RowReader(table, columns)
    for row in 0..<table.rowCount where reader.problems.count < CSVTable.maximumProblems { reader.take(row) }
    if !reader.problems.isEmpty { throw Problems(reader.problems) }
    file = table.file
    series = Named(reader.series.map { (name: $0.key, value: $0.value) })
  }

  /// The names of the assets.
  package var names: [String] { series.names }

  /// The bars of an asset; in a file of one asset, whatever it is called there.
  package func bars(of name: String) -> BarSeries? {
    series.names == [""] ? series.values.first : series[name]
  }
}

/// Reads and checks rows of a table of bars.
private struct RowReader {
  private(set) var series: [String: BarSeries] = [:]
  private(set) var problems: [Problem] = []
  private let table: CSVTable
  private let time: Int
  private let asset: Int?
  private let prices: [Int]
  private let volume: Int
  private let unadjusted: Int?
  /// The last moment of each asset.
  private var last: [String: Int64] = [:]

  init(_ table: CSVTable, _ columns: BarColumns) throws(Problems) {
    self.table = table
    var missing: [Problem] = []
    func find(_ name: String) -> Int {
      do throws(Problems) {
        return try table.column(name)
      } catch {
        missing += error.all
        return 0
      }
    }
    time = find(columns.time)
    asset = columns.asset.map(find)
    prices = [columns.open, columns.high, columns.low, columns.close].map(find)
    volume = find(columns.volume)
    unadjusted = columns.unadjustedClose.map(find)
    if !missing.isEmpty { throw Problems(missing) }
  }

  mutating func take(_ row: Int) {
    let before = problems.count
    let name = asset.map { table.text(row, $0) } ?? ""
    if let asset, name.isEmpty { note(row, asset, "the name of the asset is missing") }
    let values = prices.map { number(row, $0, mayBeZero: false) }
    let traded = number(row, volume, mayBeZero: true)
    let raw = unadjusted.map { number(row, $0, mayBeZero: false) }
    let moment = moment(row, name)
    guard problems.count == before else { return }
    let (open, high, low, close) = (values[0], values[1], values[2], values[3])
    checkOrder(row, open, high, low, close)
    guard problems.count == before, let moment else { return }
    last[name] = moment
    series[name, default: BarSeries()].append(
      Bar(
        time: moment, open: open, high: high, low: low, close: close,
        volume: raw.map { traded * $0 / close } ?? traded))
  }

  private mutating func checkOrder(_ row: Int, _ open: Double, _ high: Double, _ low: Double, _ close: Double) {
    let text = JSONWriter.number
    if high < low {
      note(row, prices[1], "the high \(text(high)) is under the low \(text(low))")
      return
    }
    if high < max(open, close) {
      let which = open > close ? "open" : "close"
      note(row, prices[1], "the high \(text(high)) is under the \(which) \(text(max(open, close)))")
    }
    if low > min(open, close) {
      let which = open < close ? "open" : "close"
      note(row, prices[2], "the low \(text(low)) is above the \(which) \(text(min(open, close)))")
    }
  }

  private mutating func number(_ row: Int, _ column: Int, mayBeZero: Bool) -> Double {
    guard let value = table.number(row, column) else {
      let text = table.text(row, column)
      note(row, column, text.isEmpty ? "the number is missing" : "\(quoted(text)) is not a number")
      return 0
    }
    if !(mayBeZero ? value >= 0 : value > 0) {
      note(row, column, "\(table.text(row, column)) is not \(mayBeZero ? "at least" : "above") 0")
    }
    return value
  }

  private mutating func moment(_ row: Int, _ name: String) -> Int64? {
    let text = table.text(row, time)
    guard let moment = Timestamp.milliseconds(text) else {
      note(row, time, "\(quoted(text)) is not a time such as 2000-03-01 or 2000-03-01T09:30:00Z")
      return nil
    }
    if let last = last[name], moment <= last {
      let owner = name.isEmpty ? "; name the column of assets if there are several" : " of \(quoted(name))"
      let relation = moment == last ? "repeats" : "goes back from"
      note(row, time, "\(text) \(relation) the time of the row before\(owner)")
      return nil
    }
    return moment
  }

  private mutating func note(_ row: Int, _ column: Int, _ message: String) {
    problems.append(table.problem(row, column, message))
  }
}
