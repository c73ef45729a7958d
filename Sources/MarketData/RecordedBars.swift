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
    series = Named(zip(reader.names, reader.series).map { (name: $0, value: $1) })
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
  private(set) var names: [String] = []
  private(set) var series: [BarSeries] = []
  private(set) var problems: [Problem] = []
  private let table: CSVTable
  private let time: Int
  private let asset: Int?
  private let prices: [Int]
  private let volume: Int
  private let unadjusted: Int?
  private var numbers: [String: Int] = [:]
  private var lastOwner: (field: ArraySlice<UInt8>, number: Int)?

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
    let owner = owner(row)
    let open = number(row, prices[0], mayBeZero: false)
    let high = number(row, prices[1], mayBeZero: false)
    let low = number(row, prices[2], mayBeZero: false)
    let close = number(row, prices[3], mayBeZero: false)
    let traded = number(row, volume, mayBeZero: true)
    let raw = unadjusted.map { number(row, $0, mayBeZero: false) }
    let moment = moment(row, owner)
    guard problems.count == before else { return }
    checkOrder(row, open, high, low, close)
    guard problems.count == before, let moment else { return }
    series[owner].append(
      Bar(
        time: moment, open: open, high: high, low: low, close: close,
        volume: raw.map { traded * $0 / close } ?? traded))
  }

  /// The number of the asset that a row belongs to; rows of one asset mostly follow each other.
  private mutating func owner(_ row: Int) -> Int {
    let field = asset.map { table.field(row, $0) } ?? []
    if let last = lastOwner, last.field.elementsEqual(field) { return last.number }
    let name = asset.map { table.text(row, $0) } ?? ""
    if let asset, name.isEmpty { note(row, asset, "the name of the asset is missing") }
    let number = numbers[name] ?? names.count
    if number == names.count {
      numbers[name] = number
      names.append(name)
      series.append(BarSeries())
    }
    lastOwner = (field, number)
    return number
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

  private mutating func moment(_ row: Int, _ owner: Int) -> Int64? {
    guard let moment = Timestamp.milliseconds(table.field(row, time)) else {
      note(row, time, "\(quoted(table.text(row, time))) is not a time such as 2000-03-01 or 2000-03-01T09:30:00Z")
      return nil
    }
    if let last = series[owner].time.last, moment <= last {
      let whose =
        asset == nil ? "; name the column of assets if there are several" : " of \(quoted(names[owner]))"
      let relation = moment == last ? "repeats" : "goes back from"
      note(row, time, "\(table.text(row, time)) \(relation) the time of the row before\(whose)")
      return nil
    }
    return moment
  }

  private mutating func note(_ row: Int, _ column: Int, _ message: String) {
    problems.append(table.problem(row, column, message))
  }
}
