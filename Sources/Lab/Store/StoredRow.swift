import Digests
import Foundation
import GRDB
import GRDBSQLite

/// A row of a query as SQLite holds it, valid until the next one: no value of it is a trap, whatever a file says.
struct StoredRow {
  private let statement: SQLiteStatement

  /// The columns of the query.
  var count: Int32 { sqlite3_column_count(statement) }

  /// A whole number; nil for anything else.
  func integer(_ column: Int32) -> Int64? {
    sqlite3_column_type(statement, column) == SQLITE_INTEGER ? sqlite3_column_int64(statement, column) : nil
  }

  /// A text; nil for anything else.
  func text(_ column: Int32) -> String? {
    guard sqlite3_column_type(statement, column) == SQLITE_TEXT, let bytes = sqlite3_column_text(statement, column)
    else { return nil }
    return String(cString: bytes)
  }

  /// A number's bits: of a real number as IEEE 754, of a whole one in two's complement.
  func word(_ column: Int32, isReal: Bool) -> UInt64 {
    isReal
      ? sqlite3_column_double(statement, column).bitPattern
      : UInt64(bitPattern: sqlite3_column_int64(statement, column))
  }

  /// Adds all values: of each a byte for its kind (SQLite's: 1 integer, 2 real, 3 text, 4 blob, 5 null), then a number's
  /// eight bytes, or a text's or blob's length in eight bytes and its bytes; all little-endian.
  func add(to digest: inout Digest) {
    for column in 0..<count {
      let kind = sqlite3_column_type(statement, column)
      var head = [UInt8(truncatingIfNeeded: kind)]
      func append(_ word: UInt64) { withUnsafeBytes(of: word.littleEndian) { head.append(contentsOf: $0) } }
      var content: UnsafeRawPointer?
      var length = 0
      switch kind {
      case SQLITE_INTEGER: append(word(column, isReal: false))
      case SQLITE_FLOAT: append(word(column, isReal: true))
      case SQLITE_TEXT, SQLITE_BLOB:
        content =
          kind == SQLITE_TEXT
          ? UnsafeRawPointer(sqlite3_column_text(statement, column)) : sqlite3_column_blob(statement, column)
        length = Int(sqlite3_column_bytes(statement, column))
        append(UInt64(length))
      default: break
      }
      head.withUnsafeBytes { digest.update($0) }
      digest.update(UnsafeRawBufferPointer(start: content, count: length))
    }
  }

  /// Goes through the rows of a query.
  static func each(_ sql: String, in db: Database, _ body: (StoredRow) throws -> Void) throws {
    let statement = try db.makeStatement(sql: sql)
    let handle = statement.sqliteStatement
    defer { sqlite3_reset(handle) }
    while true {
      switch sqlite3_step(handle) {
      case SQLITE_ROW: try body(StoredRow(statement: handle))
      case SQLITE_DONE: return
      default: throw db.lastError
      }
    }
  }
}

extension Database {
  /// What the call of SQLite that has just failed says.
  var lastError: DatabaseError {
    DatabaseError(
      resultCode: ResultCode(rawValue: sqlite3_extended_errcode(sqliteConnection)),
      message: String(cString: sqlite3_errmsg(sqliteConnection)))
  }
}
