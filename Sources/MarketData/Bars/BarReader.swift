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
  private(set) var leftOut: [BarTable.LeftOut] = []

  private let table: CSVTable
  private let layout: BarLayout
  private let wanted: Set<String>?
  private let columns: BarFieldPlaces
  private let priceColumns: [Int]
  private var times: TimeReader
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
    priceColumns = layout.fields.filter { $0.key != .volume }.map(\.value)
    times = TimeReader(layout.times)
  }

  /// Reads the rows up to the twentieth problem.
  mutating func readAll() {
    let owners = layout.closes.map { owner(named: table.header[$0]) }
    let last = table.rowCount - 1
    for place in 0..<table.rowCount where problems.count < CSVTable.maximumProblems {
      let row = layout.isNewestFirst ? last - place : place
      if layout.isWide { takeWide(row, owners) } else { take(row) }
    }
  }

  private mutating func take(_ row: Int) {
    let before = problems.count
    // First, so that no asset is there without a bar.
    guard !isWithoutPrices(row), case .wanted(let owner) = owner(row) else { return }
    let open = columns[.open].map { number(row, $0) } ?? .nan
    let high = columns[.high].map { number(row, $0) } ?? .nan
    let low = columns[.low].map { number(row, $0) } ?? .nan
    let close = columns[.close].map { number(row, $0) } ?? .nan
    let traded = columns[.volume].map { number(row, $0, mayBeZero: true) } ?? .nan
    let raw = layout.unadjustedClose.map { number(row, $0) }
    let adjusted = layout.adjustedFrom.map { number(row, $0) }
    let moment = moment(row, owner)
    guard problems.count == before else { return }
    checkOrder(row, open, high, low, adjusted ?? close)
    guard problems.count == before, let moment else { return }
    let volume = raw.map { traded * $0 / close } ?? traded
    guard let adjusted else {
      let bar = Bar(time: moment, open: open, high: high, low: low, close: close, volume: volume)
      return append(bar, row, owner)
    }
    // The factor is rounded: what was at the edge of the range stays there.
    let factor = close / adjusted
    let first = open * factor
    append(
      Bar(
        time: moment, open: first, high: max(high * factor, first.isNaN ? close : max(first, close)),
        low: min(low * factor, first.isNaN ? close : min(first, close)), close: close, volume: volume), row, owner)
  }

  /// Whether no price of a row is there, as on days that some vendors list and know nothing of: such a row is left out.
  private mutating func isWithoutPrices(_ row: Int) -> Bool {
    guard layout.leavesOut, priceColumns.allSatisfy({ Self.isNone(table.field(row, $0)) }) else { return false }
    leftOut.append(BarTable.LeftOut(row: row, reason: .noPrices))
    return true
  }

  private static let nones = ["", "null", "nan", "n/a", "na", "none", "-"].map { Array($0.utf8) }

  private static func isNone(_ field: ArraySlice<UInt8>) -> Bool {
    // Most fields are numbers.
    if let first = field.first, (48...57).contains(first) { return false }
    guard field.count <= 4 else { return false }
    let small = field.filter { $0 != 0x20 }.map { (65...90).contains($0) ? $0 | 0x20 : $0 }
    return nones.contains(small)
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
      if let time = moment(row) { othersTimes[number].append(time) }
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
    let notation = mayBeZero ? layout.volumes : layout.numbers
    guard let value = notation.parse(table.field(row, column)) else {
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
    if let moment = moment(row) { return moment }
    let text = [layout.time, layout.clock].compactMap { $0.map { table.text(row, $0) } }.joined(separator: " ")
    let first = [layout.time, layout.clock].compactMap { $0.map { table.text(0, $0) } }.joined(separator: " ")
    let such = layout.times.isPlain ? "2000-03-01 or 2000-03-01T09:30:00Z" : "\(quoted(first)) in the first row"
    note(row, layout.time, times.complaint ?? "\(quoted(text)) is not a time such as \(such)")
    return nil
  }

  private mutating func moment(_ row: Int) -> Int64? {
    times.moment(table.field(row, layout.time), clock: layout.clock.map { table.field(row, $0) })
  }

  private mutating func isLater(_ moment: Int64, _ row: Int, _ owner: Int) -> Bool {
    guard let last = series[owner].time.last, moment <= last else { return true }
    let whose =
      layout.isWide
      ? ""
      : layout.asset == nil
        ? "; name the column of assets if there are several" : " of \(quoted(names[owner]))"
    if layout.leavesOut, !layout.isWide, let twin = series[owner].index(of: moment) {
      let first = Int(rows[owner][twin])
      if table.bytes(ofRow: first).elementsEqual(table.bytes(ofRow: row)) {
        leftOut.append(BarTable.LeftOut(row: row, reason: .repeats(first)))
        return false
      }
      if moment < last {
        let line = table.line(ofRow: first)
        note(
          row, layout.time, "\(table.text(row, layout.time)) is the time of line \(line) too, with other values\(whose)"
        )
        return false
      }
    }
    let relation = moment == last ? "repeats" : "goes back from"
    let neighbour = layout.isNewestFirst ? "below" : "before"
    note(row, layout.time, "\(table.text(row, layout.time)) \(relation) the time of the row \(neighbour)\(whose)")
    return false
  }

  private mutating func note(_ row: Int, _ column: Int, _ message: String) {
    problems.append(table.problem(row, column, message))
  }
}
