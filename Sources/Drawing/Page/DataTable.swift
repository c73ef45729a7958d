/// The numbers behind a chart, as they are written.
package struct DataTable: Sendable, Hashable {
  /// One for each column.
  package let headers: [String]
  /// The first cell of a row names the row.
  package let rows: [[String]]

  /// A table.
  package init(_ headers: [String], _ rows: [[String]]) {
    precondition(rows.allSatisfy { $0.count == headers.count }, "Invariant: a row has a cell for each header")
    self.headers = headers
    self.rows = rows
  }

  /// At most `most` indices of `0..<count`, evenly spread, with the first and the last.
  package static func thinned(_ count: Int, most: Int = 13) -> [Int] {
    guard count > most else { return Array(0..<max(count, 0)) }
    return (0..<most).map { $0 * (count - 1) / (most - 1) }
  }
}
