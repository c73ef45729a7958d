import Documents

/// Reads and checks the rows of a table of paths.
struct PathReader {
  let layout: PathLayout
  private(set) var names: [String] = []
  private(set) var assets: [String] = []
  /// [asset][field][path × rows + row], where nothing is wrong.
  private(set) var data: [[[Double]]] = []
  /// When the rows of the first path lie, in milliseconds since 1970; none where the file has numbers.
  private(set) var firstTimes: [Int64] = []
  private(set) var problems: [Problem] = []

  private let table: CSVTable
  private let countsTime: Bool
  /// The first row of each path, by name.
  private var beginnings: [String: Int] = [:]
  /// Paths whose rows stand apart.
  private var apart: Set<String> = []
  /// The rows of each path, by asset, in the order of `names`.
  private var lengths: [[Int]] = []
  private var path: (field: ArraySlice<UInt8>, isSkipped: Bool)?
  private var asset: (field: ArraySlice<UInt8>, number: Int)?
  private var numbers: [String: Int] = [:]
  /// When the rows of the path at hand lie, whatever their asset.
  private var times: [Double] = []
  /// How many of its rows each asset has so far.
  private var counts: [Int] = []

  init(_ table: CSVTable, _ layout: PathLayout) {
    self.table = table
    self.layout = layout
    countsTime = table.rowCount > 0 && table.number(0, layout.time) != nil
  }

  /// Reads the rows up to the twentieth problem.
  mutating func readAll() {
    for row in 0..<table.rowCount where hasRoom { take(row) }
    if hasRoom { endPath() }
    if hasRoom { checkLengths() }
    if table.rowCount == 0 {
      problems.append(
        Problem(position: SourcePosition(file: table.file), message: "the file has no rows below its header"))
    }
  }

  private var hasRoom: Bool { problems.count < CSVTable.maximumProblems }

  private mutating func take(_ row: Int) {
    guard isOfPath(row), let asset = assetNumber(row) else { return }
    let index = counts[asset]
    counts[asset] += 1
    checkTime(row, index)
    for (place, (field, column)) in layout.fields.enumerated() {
      data[asset][place].append(number(row, column, field))
    }
    if layout.fields.count > 1 { checkOrder(row, data[asset].map { $0[$0.count - 1] }) }
  }

  // MARK: Paths and assets

  /// Whether a row belongs to a path, which it may begin; no after a problem.
  private mutating func isOfPath(_ row: Int) -> Bool {
    let field = table.field(row, layout.path)
    if let path, path.field.elementsEqual(field) { return !path.isSkipped }
    endPath()
    let name = table.text(row, layout.path)
    path = (field, true)
    if name.isEmpty {
      note(row, layout.path, "the name of the path is missing")
      return false
    }
    if let first = beginnings[name] {
      // Said once of each path.
      if apart.insert(name).inserted {
        let line = table.problem(first, layout.path, "").position.line
        note(
          row, layout.path,
          "the rows of path \(quoted(name)), which begins in line \(line), stand apart: they have to follow one another"
        )
      }
      return false
    }
    beginnings[name] = row
    names.append(name)
    path = (field, false)
    return true
  }

  private mutating func endPath() {
    guard let path, !path.isSkipped else { return }
    if lengths.isEmpty, !countsTime { firstTimes = times.map { $0.isFinite ? Int64($0) : 0 } }
    lengths.append(counts)
    times.removeAll(keepingCapacity: true)
    for index in counts.indices { counts[index] = 0 }
    self.path = nil
  }

  /// Which asset a row belongs to; nil after a problem.
  private mutating func assetNumber(_ row: Int) -> Int? {
    let field = layout.asset.map { table.field(row, $0) } ?? []
    if let asset, asset.field.elementsEqual(field) { return asset.number }
    let name = layout.asset.map { table.text(row, $0) } ?? ""
    if let column = layout.asset, name.isEmpty {
      note(row, column, "the name of the asset is missing")
      return nil
    }
    let number = numbers[name] ?? assets.count
    if number == assets.count {
      numbers[name] = number
      assets.append(name)
      counts.append(0)
      data.append(Array(repeating: [], count: layout.fields.count))
      if layout.asset == nil {
        for place in layout.fields.indices { data[number][place].reserveCapacity(table.rowCount) }
      }
    }
    asset = (field, number)
    return number
  }

  /// Finds the paths that have another number of rows than most, each at its first one.
  private mutating func checkLengths() {
    let lengths = lengths.map { $0 + Array(repeating: 0, count: assets.count - $0.count) }
    let whole = zip(names, lengths).filter { !apart.contains($0.0) }
    var shares: [Int: Int] = [:]
    for count in whole.flatMap(\.1) where count > 0 { shares[count, default: 0] += 1 }
    let first = whole.first?.1.first { $0 > 0 } ?? 0
    let usual = shares.max { ($0.value, $0.key == first ? 1 : 0, $1.key) < ($1.value, $1.key == first ? 1 : 0, $0.key) }
    guard let usual = usual?.key, let model = whole.first(where: { $0.1.contains(usual) }) else { return }
    func whose(_ counts: [Int], _ count: Int) -> String {
      assets.count > 1 ? " of asset \(quoted(assets[counts.firstIndex(of: count) ?? 0]))" : ""
    }
    for (name, counts) in whole {
      for (asset, count) in counts.enumerated() where count != usual && hasRoom {
        let own = assets.count > 1 ? " of asset \(quoted(assets[asset]))" : ""
        note(
          beginnings[name] ?? 0, layout.path,
          count == 0
            ? "path \(quoted(name)) has no row\(own)"
            : "path \(quoted(name)) has \(count) row\(count == 1 ? "" : "s")\(own), and path \(quoted(model.0)) has "
              + "\(usual)\(whose(model.1, usual))")
      }
    }
  }

  // MARK: Cells

  private mutating func checkTime(_ row: Int, _ index: Int) {
    guard let time = time(row) else {
      note(
        row, layout.time,
        countsTime
          ? "\(quoted(table.text(row, layout.time))) is not a number, as the times before it are"
          : "\(quoted(table.text(row, layout.time))) is neither a number nor a time such as 2000-03-01T09:30:00Z")
      if index == times.count { times.append(times.last ?? -.infinity) }
      return
    }
    guard index == times.count else {
      if times[index] != time {
        note(
          row, layout.time,
          "\(table.text(row, layout.time)) is another time than that of the other assets in this row of path "
            + quoted(names[names.count - 1]))
      }
      return
    }
    if let last = times.last, !(time > last) {
      let hint = layout.asset == nil ? "; name the column of assets if there are several" : ""
      note(
        row, layout.time,
        "\(table.text(row, layout.time)) \(time == last ? "repeats" : "goes back from") the time of the row before of path "
          + "\(quoted(names[names.count - 1]))\(hint)")
    }
    times.append(time)
  }

  private func time(_ row: Int) -> Double? {
    countsTime ? table.number(row, layout.time) : Timestamp.milliseconds(table.field(row, layout.time)).map(Double.init)
  }

  private mutating func number(_ row: Int, _ column: Int, _ field: PathField) -> Double {
    guard let value = table.number(row, column) else {
      problems.append(table.missingNumber(row, column))
      return .nan
    }
    if !field.range.contains(value),
      let complaint = field.range.complaint(about: value, found: table.text(row, column), unit: field.unit)
    {
      note(row, column, complaint)
      return .nan
    }
    return value
  }

  /// Finds highs and lows that do not enclose open and close; where one of them is no number there is nothing to find.
  private mutating func checkOrder(_ row: Int, _ values: [Double]) {
    func value(_ field: PathField) -> Double? {
      layout.fields.firstIndex { $0.field == field }.map { values[$0] }
    }
    let text = JSONWriter.number
    for (place, (field, column)) in layout.fields.enumerated() {
      guard field == .high || field == .low else { continue }
      for other in [PathField.open, .close] {
        guard let end = value(other), field == .high ? values[place] < end : values[place] > end else { continue }
        note(
          row, column,
          "the \(field.rawValue) \(text(values[place])) is \(field == .high ? "under" : "above") the \(other.rawValue) "
            + text(end))
        break
      }
    }
  }

  private mutating func note(_ row: Int, _ column: Int, _ message: String) {
    problems.append(table.problem(row, column, message))
  }
}
