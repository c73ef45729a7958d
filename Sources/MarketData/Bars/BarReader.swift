import Documents

/// Reads and checks the rows of a table of bars.
struct BarReader {
  private(set) var names: [String] = []
  private(set) var series: [BarSeries] = []
  private(set) var rows: [[Int32]] = []
  private(set) var order: [Int32] = []
  private(set) var othersNames: [String] = []
  private(set) var othersTimes: [[Int64]] = []
  private(set) var problems: [Problem] = []

  private let table: CSVTable
  private let layout: BarLayout
  private let wanted: Set<String>?
  private let columns: BarFieldPlaces
  private var numbers: [String: Owner] = [:]
  private var last: (field: ArraySlice<UInt8>, owner: Owner)?

  /// Whose row it is: an asset that was asked for, or another one.
  private enum Owner {
    case wanted(Int)
    case other(Int)
  }

  init(_ table: CSVTable, _ layout: BarLayout, _ wanted: [String]? = nil) {
    self.table = table
    self.layout = layout
    self.wanted = wanted.map(Set.init)
    columns = BarFieldPlaces(layout.fields)
  }

  /// Reads the rows up to the twentieth problem.
  mutating func readAll() {
    if layout.isWide {
      let owners = layout.closes.map { owner(named: table.header[$0]) }
      for row in 0..<table.rowCount where problems.count < CSVTable.maximumProblems { takeWide(row, owners) }
    } else {
      for row in 0..<table.rowCount where problems.count < CSVTable.maximumProblems { take(row) }
    }
  }

  private mutating func take(_ row: Int) {
    let before = problems.count
    guard case .wanted(let owner) = owner(row) else { return }
    let open = columns[.open].map { number(row, $0) } ?? .nan
    let high = columns[.high].map { number(row, $0) } ?? .nan
    let low = columns[.low].map { number(row, $0) } ?? .nan
    let close = columns[.close].map { number(row, $0) } ?? .nan
    let traded = columns[.volume].map { number(row, $0, mayBeZero: true) } ?? .nan
    let raw = layout.unadjustedClose.map { number(row, $0) }
    let moment = moment(row, owner)
    guard problems.count == before else { return }
    checkOrder(row, open, high, low, close)
    guard problems.count == before, let moment else { return }
    append(
      Bar(
        time: moment, open: open, high: high, low: low, close: close,
        volume: raw.map { traded * $0 / close } ?? traded), row, owner)
  }

  /// A row of closes. An asset may come later than the file's first row, or go before its last.
  private mutating func takeWide(_ row: Int, _ owners: [Owner]) {
    guard let time = readMoment(row) else { return }
    for (column, owner) in zip(layout.closes, owners) where !table.field(row, column).isEmpty {
      switch owner {
      case .other(let number): othersTimes[number].append(time)
      case .wanted(let number):
        guard isLater(time, row, number) else { return }
        let before = problems.count
        let close = self.number(row, column)
        guard problems.count == before else { continue }
        append(Bar(time: time, open: .nan, high: .nan, low: .nan, close: close, volume: .nan), row, number)
      }
    }
  }

  private mutating func append(_ bar: Bar, _ row: Int, _ owner: Int) {
    series[owner].append(bar)
    rows[owner].append(Int32(row))
    order.append(Int32(owner))
  }

  /// Whose row it is; rows of one asset mostly follow each other.
  private mutating func owner(_ row: Int) -> Owner {
    let field = layout.asset.map { table.field(row, $0) } ?? []
    let owner: Owner
    if let last, last.field.elementsEqual(field) {
      owner = last.owner
    } else {
      let name = layout.asset.map { table.text(row, $0) } ?? ""
      if let asset = layout.asset, name.isEmpty { note(row, asset, "the name of the asset is missing") }
      owner = self.owner(named: name)
      last = (field, owner)
    }
    if case .other(let number) = owner {
      let field = table.field(row, layout.time)
      if let time = Timestamp.milliseconds(field) ?? Timestamp.milliseconds(count: field) {
        othersTimes[number].append(time)
      }
    }
    return owner
  }

  private mutating func owner(named name: String) -> Owner {
    if let owner = numbers[name] { return owner }
    let owner: Owner
    if wanted?.contains(name) ?? true {
      owner = .wanted(names.count)
      names.append(name)
      series.append(BarSeries())
      rows.append([])
    } else {
      owner = .other(othersNames.count)
      othersNames.append(name)
      othersTimes.append([])
    }
    numbers[name] = owner
    return owner
  }

  private mutating func checkOrder(_ row: Int, _ open: Double, _ high: Double, _ low: Double, _ close: Double) {
    // False for columns that the file does not have, which are NaN.
    guard high < low || high < open || high < close || low > open || low > close else { return }
    let text = JSONWriter.number
    let ends = [("open", open), ("close", close)].filter { !$0.1.isNaN }
    if let column = columns[.high] {
      if high < low { return note(row, column, "the high \(text(high)) is under the low \(text(low))") }
      if let top = ends.max(by: { $0.1 <= $1.1 }), high < top.1 {
        note(row, column, "the high \(text(high)) is under the \(top.0) \(text(top.1))")
      }
    }
    if let column = columns[.low], let bottom = ends.min(by: { $0.1 < $1.1 }), low > bottom.1 {
      note(row, column, "the low \(text(low)) is above the \(bottom.0) \(text(bottom.1))")
    }
  }

  private mutating func number(_ row: Int, _ column: Int, mayBeZero: Bool = false) -> Double {
    guard let value = table.number(row, column) else {
      problems.append(table.missingNumber(row, column))
      return 0
    }
    if !(mayBeZero ? value >= 0 : value > 0) {
      note(row, column, "\(table.text(row, column)) is not \(mayBeZero ? "at least" : "above") 0")
    }
    return value
  }

  private mutating func moment(_ row: Int, _ owner: Int) -> Int64? {
    guard let moment = readMoment(row), isLater(moment, row, owner) else { return nil }
    return moment
  }

  private mutating func readMoment(_ row: Int) -> Int64? {
    let field = table.field(row, layout.time)
    if let moment = Timestamp.milliseconds(field) ?? Timestamp.milliseconds(count: field) { return moment }
    note(
      row, layout.time,
      "\(quoted(table.text(row, layout.time))) is not a time such as 2000-03-01 or 2000-03-01T09:30:00Z")
    return nil
  }

  private mutating func isLater(_ moment: Int64, _ row: Int, _ owner: Int) -> Bool {
    guard let last = series[owner].time.last, moment <= last else { return true }
    let whose =
      layout.isWide
      ? ""
      : layout.asset == nil
        ? "; name the column of assets if there are several" : " of \(quoted(names[owner]))"
    let relation = moment == last ? "repeats" : "goes back from"
    note(row, layout.time, "\(table.text(row, layout.time)) \(relation) the time of the row before\(whose)")
    return false
  }

  private mutating func note(_ row: Int, _ column: Int, _ message: String) {
    problems.append(table.problem(row, column, message))
  }
}
