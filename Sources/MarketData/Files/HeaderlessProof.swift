import Documents

/// What shows that the columns of a file without a header are what they are taken for.
enum HeaderlessProof {
  /// What speaks against columns of open, high, low and close in this order: nothing, where in each row the high is the
  /// highest and the low the lowest, some rows tell them from each of the others, and bars open where the last one closed
  /// rather than the other way round.
  static func problems(_ table: CSVTable, _ layout: BarLayout) -> [Problem] {
    let order: [BarField] = [.open, .high, .low, .close]
    let columns = order.compactMap { layout.fields[$0] }
    guard columns.count == 4 else { return [] }
    var isAbove = [false, false, false]
    var isBelow = [false, false, false]
    var (onwards, backwards) = (0.0, 0.0)
    var last: (open: Double, close: Double)?
    for place in 0..<table.rowCount {
      let row = layout.isNewestFirst ? table.rowCount - 1 - place : place
      let prices = columns.map { layout.numbers.parse(table.field(row, $0)) ?? .nan }
      let (open, high, low, close) = (prices[0], prices[1], prices[2], prices[3])
      guard prices.allSatisfy({ $0 > 0 }) else { continue }
      guard high >= max(open, close, low), low <= min(open, close) else {
        return [
          table.problem(
            row, columns[0],
            "\(prices.map(JSONWriter.number).joined(separator: ", ")) are not open, high, low and close in this order, "
              + "and the file has no header that names them: \(add)")
        ]
      }
      for (index, other) in [open, low, close].enumerated() where high > other { isAbove[index] = true }
      for (index, other) in [open, high, close].enumerated() where low < other { isBelow[index] = true }
      if let last {
        onwards += abs(open - last.close)
        backwards += abs(close - last.open)
      }
      last = (open, close)
    }
    guard table.rowCount > 0 else { return [] }
    if !(isAbove + isBelow).allSatisfy(\.self) {
      return [
        table.problem(
          0, columns[0], "no row proves which columns are open, high, low and close, and the file has no header: \(add)"
        )
      ]
    }
    if let stray = strayPrice(table, layout, columns) {
      return [
        table.problem(
          0, stray,
          "this lies between low and high in nearly all rows, as a price does, so the columns may be others than open, high, "
            + "low, close and volume, and the file has no header: \(add)")
      ]
    }
    if onwards > backwards {
      return [
        table.problem(
          0, columns[0],
          "bars do not open near the last close, so this may not be the open, and the file has no header: \(add)")
      ]
    }
    return []
  }

  /// A column beside the prices that holds prices: then one of those may hold volumes, which enclose all others too where
  /// they are large.
  private static func strayPrice(_ table: CSVTable, _ layout: BarLayout, _ prices: [Int]) -> Int? {
    let others = table.header.indices.filter { ![layout.time, layout.clock].contains($0) && !prices.contains($0) }
    return others.first { column in
      var (inside, count) = (0, 0)
      for row in 0..<table.rowCount {
        guard let value = layout.numbers.parse(table.field(row, column)),
          let high = layout.numbers.parse(table.field(row, prices[1])),
          let low = layout.numbers.parse(table.field(row, prices[2]))
        else { continue }
        count += 1
        inside += value >= low && value <= high ? 1 : 0
      }
      return inside * 10 > count * 9
    }
  }

  private static let add = "write a first line with the names, such as time,open,high,low,close,volume"

  /// Rows in which a column holds no whole number.
  static func fractions(_ table: CSVTable, _ column: Int, _ what: String) -> [Problem] {
    for row in 0..<table.rowCount {
      guard table.field(row, column).allSatisfy({ (48...57).contains($0) || $0 == 0x20 }) else {
        return [table.problem(row, column, "\(quoted(table.text(row, column))) is no number of \(what)")]
      }
    }
    return []
  }
}
