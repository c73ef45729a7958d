import Documents

extension BarShape {
  /// Dumps of Binance: twelve columns without a header, times in milliseconds, since 2025 in microseconds.
  static let binance = BarShape(
    name: "Binance dump",
    mark: "no header, twelve columns, the first and the seventh counts of milliseconds or microseconds"
  ) { head in
    guard head.isHeaderless, head.first.count == 12,
      [0, 6].allSatisfy({ [13, 16].contains(head.first[$0].utf8.count) && BarFileHead.isTime(head.first[$0]) })
    else { return nil }
    var known = Knowledge()
    known.names = [
      "time", "open", "high", "low", "close", "volume", "close time", "quote volume", "trades", "taker volume",
      "taker quote volume", "ignore",
    ]
    known.proof = { table, layout in
      let order = HeaderlessProof.problems(table, layout)
      return order.isEmpty ? HeaderlessProof.fractions(table, 8, "trades") + proof(table) : order
    }
    return known
  }

  /// The first row in which times or volumes are not what Binance has there.
  private static func proof(_ table: CSVTable) -> [Problem] {
    for row in 0..<table.rowCount {
      guard let open = Timestamp.plain(table.field(row, 0)),
        let close = Timestamp.plain(table.field(row, 6)), close >= open
      else { return [table.problem(row, 6, "\(quoted(table.text(row, 6))) is no time after that of the bar")] }
      guard let volume = table.number(row, 5), let quote = table.number(row, 7), let high = table.number(row, 2),
        let low = table.number(row, 3), volume != 0 || quote != 0
      else { continue }
      // Volumes are rounded to eight decimals, some to fewer.
      if quote / volume > high * 1.01 || quote / volume < low * 0.99 {
        return [
          table.problem(
            row, 5,
            "the quote volume \(table.text(row, 7)) is not this at the bar's prices, as of futures that count contracts: "
              + "write a first line with the names of the columns")
        ]
      }
    }
    return []
  }
}
