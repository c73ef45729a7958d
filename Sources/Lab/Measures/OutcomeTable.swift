import Trading

/// Some columns of one desk's outcomes, in the order of the paths.
///
/// It holds none of them: a column is read when it is asked for, so that of a hundred thousand paths no more columns
/// are in memory than a measure works with.
package struct OutcomeTable: Sendable {
  private let columns: Set<MeasureColumn>
  private let read: @Sendable (MeasureColumn) -> [Double]
  /// How many paths there are.
  package let count: Int

  /// Columns of the same length.
  ///
  /// - Parameter read: a column's values, `count` of them.
  package init(_ columns: [MeasureColumn], count: Int, read: @escaping @Sendable (MeasureColumn) -> [Double]) {
    self.columns = Set(columns)
    self.count = count
    self.read = read
  }

  /// Columns of outcomes that are at hand.
  ///
  /// - Parameter level: of recovery, for the columns that belong to one.
  package init(_ columns: [MeasureColumn], _ rows: [OutcomeRow], level: RecoveryLevel) {
    self.init(columns, count: rows.count) { column in
      guard let place = column.column(level)?.place else {
        preconditionFailure("Invariant: \(column) is a column of outcomes")
      }
      return rows.map { $0.values[place] }
    }
  }

  /// A column's values.
  package subscript(column: MeasureColumn) -> [Double] {
    precondition(
      columns.contains(column), "Invariant: a measure reads columns that it names, and \(column) is none of them")
    return read(column)
  }

  /// Some of the paths, by their places from 0 on.
  package func rows(_ rows: Range<Int>) -> OutcomeTable {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= count, "Invariant: the rows are in the table")
    return OutcomeTable(Array(columns), count: rows.count) { Array(read($0)[rows]) }
  }

  /// The same table with some of its columns.
  package func only(_ columns: [MeasureColumn]) -> OutcomeTable {
    precondition(self.columns.isSuperset(of: columns), "Invariant: a table has the columns that are picked from it")
    return OutcomeTable(columns, count: count, read: read)
  }
}
