import Trading

extension StoredColumn {
  /// The columns of `outcomes`: the key, then those of Trading's outcome row in their order.
  package static let outcomes: [StoredColumn] =
    [
      StoredColumn("path", .integer, "number of the path"),
      StoredColumn("clone", .integer, "clone of the path that splitting made; 0 without splitting"),
      StoredColumn("desk", .integer, "number of the desk, as in the table desks"),
    ]
    + OutcomeColumn.all.map { column in
      StoredColumn(column.name, column.kind == .integer ? .integer : .real, unit: column.unit.text, column.summary)
    }
}

extension OutcomeBatch {
  private static let isInteger = OutcomeColumn.all.map { $0.kind == .integer }

  /// Appends an outcome.
  package mutating func append(_ row: OutcomeRow) {
    append(UInt64(bitPattern: row.path))
    append(UInt64(bitPattern: Int64(row.clone)))
    append(UInt64(bitPattern: Int64(row.desk)))
    for (index, isInteger) in Self.isInteger.enumerated() {
      let value = row.values[index]
      precondition(value.isFinite, "Invariant: an outcome is a number")
      append(isInteger ? UInt64(bitPattern: Int64(value)) : value.bitPattern)
    }
  }
}
