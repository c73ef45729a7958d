import GRDB
import GRDBSQLite

extension ResultsStore {
  /// What the paths drew for a parameter, in their order.
  func draws(parameter: Int) throws(StoreProblem) -> [Double] {
    try checked { db in
      var values: [Double] = []
      try StoredRow.each("SELECT value FROM draws WHERE parameter = \(parameter) ORDER BY path", in: db) { row in
        values.append(Double(bitPattern: row.word(0, isReal: true)))
      }
      return values
    }
  }

  /// Inserts what was drawn inside a transaction, by SQLite's own interface like the outcomes.
  func insert(_ draws: DrawBatch, into db: Database) throws {
    let statement = try db.cachedStatement(sql: "INSERT INTO draws VALUES (?, ?, ?)")
    let handle = statement.sqliteStatement
    var next = 0
    for path in draws.paths {
      for parameter in 0..<draws.parameters {
        sqlite3_bind_int64(handle, 1, path)
        sqlite3_bind_int64(handle, 2, Int64(draws.firstParameter + parameter))
        sqlite3_bind_double(handle, 3, draws.values[next])
        next += 1
        guard sqlite3_step(handle) == SQLITE_DONE, sqlite3_reset(handle) == SQLITE_OK else {
          defer { sqlite3_reset(handle) }
          throw db.lastError
        }
      }
    }
  }
}
