import Documents
import Foundation
import MarketData

extension OpeningBook {
  /// What a column says; names as brokers write them, in any case, with or without blanks.
  private enum Column: String, CaseIterable {
    case symbol
    case quantity
    case entryPrice = "entry price"

    /// Other names for it.
    var names: [String] {
      switch self {
      case .symbol: ["symbol", "asset", "ticker"]
      case .quantity: ["quantity", "qty", "units", "shares"]
      case .entryPrice: ["entryprice", "entry", "averageprice", "averagecost"]
      }
    }
  }

  /// Reads a table with a row for each position: `symbol`, `quantity`, and perhaps `entry price`. Other columns are left
  /// alone.
  ///
  /// - Throws: everything that is wrong in it, with its lines; the first twenty.
  init(reading path: String) throws(Problems) {
    let table = try CSVTable(FileContents.needed(path), file: path)
    let columns = try Self.columns(table)
    var rows = OpeningRows(table: table, columns: columns)
    for row in 0..<table.rowCount where rows.problems.count < CSVTable.maximumProblems { rows.take(row) }
    if table.rowCount == 0 {
      rows.problems.append(
        Problem(position: SourcePosition(file: path, line: 1, column: 1), message: "the table has no position"))
    }
    guard rows.problems.isEmpty else { throw Problems(rows.problems) }
    self.init(positions: Named(rows.entries), file: path)
  }

  /// The numbers of the columns; the entry price's may be nil.
  private static func columns(_ table: CSVTable) throws(Problems) -> OpeningRows.Columns {
    let plain = table.header.map { name in
      String(name.lowercased().unicodeScalars.filter { !" _-".unicodeScalars.contains($0) })
    }
    var problems: [Problem] = []
    func find(_ column: Column, isNeeded: Bool) -> Int? {
      let found = plain.indices.filter { column.names.contains(plain[$0]) }
      let place = SourcePosition(file: table.file, line: 1, column: 1)
      if found.count > 1 {
        let names = found.map { quoted(table.header[$0]) }.joined(separator: " and ")
        problems.append(Problem(position: place, message: "\(names) both say the \(column.rawValue)"))
      }
      if found.isEmpty, isNeeded {
        let hint = Suggestion.hint(for: column.rawValue, among: table.header)
        problems.append(Problem(position: place, message: "no column \(quoted(column.rawValue))\(hint)"))
      }
      return found.first
    }
    let (symbol, quantity) = (find(.symbol, isNeeded: true), find(.quantity, isNeeded: true))
    let entryPrice = find(.entryPrice, isNeeded: false)
    guard problems.isEmpty, let symbol, let quantity else { throw Problems(problems) }
    return OpeningRows.Columns(symbol: symbol, quantity: quantity, entryPrice: entryPrice)
  }
}

/// The rows of a table of positions, with what is wrong in them.
private struct OpeningRows {
  /// Numbers of columns.
  struct Columns {
    let symbol: Int
    let quantity: Int
    let entryPrice: Int?
  }

  let table: CSVTable
  let columns: Columns
  private(set) var entries: [(name: String, value: OpeningBook.Entry)] = []
  var problems: [Problem] = []
  private var lines: [String: Int] = [:]

  init(table: CSVTable, columns: Columns) {
    self.table = table
    self.columns = columns
  }

  mutating func take(_ row: Int) {
    let before = problems.count
    let symbol = table.text(row, columns.symbol).trimmingCharacters(in: .whitespaces)
    let place = table.problem(row, columns.symbol, "").position
    if symbol.isEmpty {
      note(row, columns.symbol, "the name of the asset is missing")
    } else if let line = lines[symbol] {
      note(row, columns.symbol, "\(quoted(symbol)) stands in line \(line) already: one row says all that is held")
    }
    lines[symbol] = lines[symbol] ?? place.line
    let quantity = number(row, columns.quantity, in: OpeningBook.quantities)
    if quantity == 0 { note(row, columns.quantity, "0 is no position: leave the row out") }
    let entryPrice = columns.entryPrice.flatMap { number(row, $0, in: OpeningBook.entryPrices) }
    guard problems.count == before, let quantity else { return }
    entries.append((symbol, OpeningBook.Entry(quantity: quantity, entryPrice: entryPrice, place: place)))
  }

  private mutating func number(_ row: Int, _ column: Int, in range: QuantityRange) -> Double? {
    guard let value = table.number(row, column) else {
      problems.append(table.missingNumber(row, column))
      return nil
    }
    if let complaint = range.complaint(about: value, found: table.text(row, column)) {
      note(row, column, complaint)
      return nil
    }
    return value
  }

  private mutating func note(_ row: Int, _ column: Int, _ message: String) {
    problems.append(table.problem(row, column, message))
  }
}
