import Documents
import MarketData

extension BarRows {
  /// The rows of a file of bars, asset by asset, in any of the shapes that `BarLayout` finds: nothing in them is refused.
  ///
  /// - Parameter named: names of columns that are not the usual ones.
  /// - Throws: what keeps the file from being a table of bars at all: its quotes, rows of other lengths, missing columns.
  package static func read(
    _ bytes: [UInt8], file: String, named: [BarLayout.Role: String] = [:]
  ) throws(Problems) -> [BarRows] {
    let table = try CSVTable(bytes, file: file)
    let layout = try BarLayout(finding: named, in: table)
    let lines = Self.lines(of: table, bytes)
    return layout.isWide ? wide(table, layout, lines) : long(table, layout, lines)
  }

  private static func long(_ table: CSVTable, _ layout: BarLayout, _ lines: [Int]) -> [BarRows] {
    let fields = BarField.allCases.filter { layout.fields[$0] != nil }
    let places = fields.compactMap { layout.fields[$0] }
    var names: [String] = []
    var rows: [[Row]] = []
    var numbers: [String: Int] = [:]
    for row in 0..<table.rowCount {
      let name = layout.asset.map { table.text(row, $0) } ?? ""
      let number = numbers[name] ?? names.count
      if number == names.count {
        numbers[name] = number
        names.append(name)
        rows.append([])
      }
      var made = Row(line: lines[row], time: moment(table, row, layout))
      for (field, place) in zip(fields, places) { made[field] = table.number(row, place) }
      rows[number].append(made)
    }
    return zip(names, rows).map { BarRows(file: table.file, asset: $0, fields: fields, rows: $1) }
  }

  /// A column of closes for each asset; an empty field is no row of its asset.
  private static func wide(_ table: CSVTable, _ layout: BarLayout, _ lines: [Int]) -> [BarRows] {
    layout.closes.map { column in
      let rows = (0..<table.rowCount).compactMap { row -> Row? in
        if table.field(row, column).isEmpty { return nil }
        var made = Row(line: lines[row], time: moment(table, row, layout))
        made[.close] = table.number(row, column)
        return made
      }
      return BarRows(file: table.file, asset: table.header[column], fields: [.close], rows: rows)
    }
  }

  private static func moment(_ table: CSVTable, _ row: Int, _ layout: BarLayout) -> Int64? {
    let field = table.field(row, layout.time)
    return Timestamp.milliseconds(field) ?? Timestamp.milliseconds(count: field)
  }

  /// The line of each row: fields know where they begin in the file.
  private static func lines(of table: CSVTable, _ bytes: [UInt8]) -> [Int] {
    var (line, offset) = (1, 0)
    return (0..<table.rowCount).map { row in
      let start = table.field(row, 0).startIndex
      while offset < start {
        line += bytes[offset] == UInt8(ascii: "\n") ? 1 : 0
        offset += 1
      }
      return line
    }
  }
}
