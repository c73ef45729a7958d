import Digests
import Foundation
import GRDB
import GRDBSQLite

extension ResultsStore {
  /// Inserts rows of a table inside a transaction, by SQLite's own interface: GRDB's wraps each of the values.
  ///
  /// - Parameter columns: all that the table has, in its order.
  func insert(
    _ batch: OutcomeBatch, into table: String, _ columns: [StoredColumn], _ db: Database
  ) throws {
    precondition(batch.columns == columns.count, "Invariant: a batch has the table's columns")
    let marks = Array(repeating: "?", count: columns.count).joined(separator: ", ")
    let statement = try db.cachedStatement(sql: "INSERT INTO \(table) VALUES (\(marks))")
    let handle = statement.sqliteStatement
    let isReal = columns.map { $0.type == .real }
    try batch.words.withUnsafeBufferPointer { words in
      var next = 0
      for _ in 0..<batch.rows {
        for column in 0..<batch.columns {
          let position = Int32(truncatingIfNeeded: column + 1)
          if isReal[column] {
            // NaN would become NULL, which the table refuses: a row that holds one is a fault of ours.
            sqlite3_bind_double(handle, position, Double(bitPattern: words[next]))
          } else {
            sqlite3_bind_int64(handle, position, Int64(bitPattern: words[next]))
          }
          next += 1
        }
        guard sqlite3_step(handle) == SQLITE_DONE, sqlite3_reset(handle) == SQLITE_OK else {
          defer { sqlite3_reset(handle) }
          throw db.lastError
        }
      }
    }
  }

  /// Reads some columns of all outcome rows, in (path, clone, desk) order.
  ///
  /// - Parameters:
  ///   - names: the columns, in the order in which `body` gets them.
  ///   - performance: columns of performance, which it gets after them; zeros where there is none.
  ///   - body: gets one row as bit patterns, as in `OutcomeBatch`; the buffer is only valid during the call.
  func readOutcomes(
    _ names: [String], performance: [PerformanceColumn] = [],
    _ body: (UnsafeBufferPointer<UInt64>) throws(StoreProblem) -> Void
  ) throws(StoreProblem) {
    var isReal = try names.map { name throws(StoreProblem) in
      guard let column = columns.first(where: { $0.name == name }) else {
        throw StoreProblem("no outcome column is named \(name)")
      }
      return column.type == .real
    }
    isReal += performance.map { $0.type == .real }
    let places = (names.map { "o.\($0)" } + performance.map { "p.\($0.name)" }).joined(separator: ", ")
    let join = performance.isEmpty ? "" : " LEFT JOIN performance p ON p.path = o.path AND p.desk = o.desk"
    let sql = "SELECT \(places) FROM outcomes o\(join) ORDER BY o.path, o.clone, o.desk"
    try read { db in
      var words = [UInt64](repeating: 0, count: isReal.count)
      try StoredRow.each(sql, in: db) { row in
        for index in words.indices {
          words[index] = row.word(Int32(truncatingIfNeeded: index), isReal: isReal[index])
        }
        try words.withUnsafeBufferPointer(body)
      }
    }
  }

  /// How many paths of a desk are in the store, and on how many of them it was ruined.
  struct DeskPaths {
    let all: Int
    let ruined: Int
  }

  /// The paths of each desk, by its number.
  func deskPaths() throws(StoreProblem) -> [Int: DeskPaths] {
    try read { db in
      let rows = try Row.fetchAll(db, sql: "SELECT desk, count(*), sum(cause <> 0) FROM outcomes GROUP BY desk")
      return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], DeskPaths(all: $0[1], ruined: $0[2])) })
    }
  }

  /// SHA-256 over all outcome rows in (path, clone, desk) order: every value eight bytes, little-endian, an integer in
  /// two's complement, a real number as IEEE 754 binary64.
  ///
  /// - Parameter alsoRead: gets every row, as in `readOutcomes`.
  package func digest(
    alsoRead: (UnsafeBufferPointer<UInt64>) throws(StoreProblem) -> Void = { _ in }
  ) throws(StoreProblem) -> String {
    var digest = Digest()
    let rowBytes = 8 * columns.count
    var buffer = [UInt8](repeating: 0, count: max(1, 65_536 / rowBytes) * rowBytes)
    var filled = 0
    try readOutcomes(columns.map(\.name)) { words throws(StoreProblem) in
      try alsoRead(words)
      buffer.withUnsafeMutableBytes { bytes in
        for word in words {
          bytes.storeBytes(of: word.littleEndian, toByteOffset: filled, as: UInt64.self)
          filled += 8
        }
      }
      if filled == buffer.count {
        buffer.withUnsafeBytes { digest.update($0) }
        filled = 0
      }
    }
    buffer.withUnsafeBytes { digest.update(UnsafeRawBufferPointer(rebasing: $0[..<filled])) }
    return digest.finish()
  }
}
