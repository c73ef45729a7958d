/// How a column's values are kept; in the digest each takes eight bytes.
package enum StoredType: Sendable, Hashable {
  case integer, real

  /// The SQL type of the column.
  var sql: String {
    switch self {
    case .integer: "INTEGER"
    case .real: "REAL"
    }
  }
}

/// A column of the table `outcomes`.
package struct StoredColumn: Sendable, Hashable {
  package let name: String
  package let type: StoredType
  /// Such as `steps` or `quote currency`; empty for a pure number.
  package let unit: String
  /// A sentence for the documentation.
  package let description: String

  package init(_ name: String, _ type: StoredType, unit: String = "", _ description: String) {
    self.name = name
    self.type = type
    self.unit = unit
    self.description = description
  }
}

/// Outcome rows as bit patterns: row after row, one 64-bit word per column.
///
/// An integer is sign-extended, a real number is its IEEE 754 bits.
package struct OutcomeBatch: Sendable {
  package let columns: Int
  package private(set) var words: ContiguousArray<UInt64> = []

  package init(columns: Int) {
    self.columns = columns
  }

  package var rows: Int { words.count / columns }

  /// Makes room for that many rows.
  mutating func reserve(rows: Int) {
    words.reserveCapacity(rows * columns)
  }

  /// Appends the next value of the row that is being written.
  package mutating func append(_ word: UInt64) {
    words.append(word)
  }

  /// Appends all rows of another batch.
  package mutating func append(_ other: OutcomeBatch) {
    precondition(other.columns == columns, "Invariant: batches of one table have the same columns")
    words.append(contentsOf: other.words)
  }
}
