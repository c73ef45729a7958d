/// Some columns of one desk's outcomes, in the order of the paths.
package struct OutcomeTable: Sendable {
  private let places: [MeasureColumn: Int]
  private let values: [[Double]]
  /// How many paths there are.
  package let count: Int

  /// Columns of the same length.
  package init(_ columns: [MeasureColumn], _ values: [[Double]]) {
    precondition(columns.count == values.count, "Invariant: each column has its values")
    places = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
    self.values = values
    count = values.first?.count ?? 0
  }

  /// A column's values.
  package subscript(column: MeasureColumn) -> [Double] {
    guard let place = places[column] else {
      preconditionFailure("Invariant: a measure reads columns that it names, and \(column) is none of them")
    }
    return values[place]
  }

  /// The same table with some of its columns.
  package func only(_ columns: [MeasureColumn]) -> OutcomeTable {
    OutcomeTable(columns, columns.map { self[$0] })
  }
}
