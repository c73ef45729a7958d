import Digests
import Foundation
import GRDB

extension ResultsStore {
  /// The checksum of a part as it stands in the database.
  static func checksum(of part: StorePart, in db: Database) throws -> Checksum {
    var sum = Checksum.none
    var whole = Digest()
    try StoredRow.each(part.query, in: db) { row in
      if part.isSum {
        sum.add(checksum(of: row))
      } else {
        row.add(to: &whole)
      }
    }
    return part.isSum ? sum : Checksum(whole)
  }

  /// Writes the checksums of parts that were written in the same transaction.
  static func seal(_ parts: [StorePart], in db: Database) throws {
    for part in parts { try write(try checksum(of: part, in: db), of: part, in: db) }
  }

  /// Takes the row that was inserted last into the checksum of its part, likewise.
  ///
  /// - Parameter key: what finds the row in its table.
  static func seal(rowWhere key: String, of part: StorePart, in db: Database) throws {
    var sum = try storedChecksum(of: part, in: db) ?? .none
    try StoredRow.each("SELECT * FROM \(part.table) WHERE \(key)", in: db) { sum.add(checksum(of: $0)) }
    try write(sum, of: part, in: db)
  }

  /// What the table `checksums` says of a part; nil where it says nothing that can be one.
  static func storedChecksum(of part: StorePart, in db: Database) throws -> Checksum? {
    let statement = try db.cachedStatement(sql: "SELECT sha256 FROM checksums WHERE part = ? AND number = ?")
    let value = try DatabaseValue.fetchOne(statement, arguments: [part.table, part.number])
    return value.flatMap { String.fromDatabaseValue($0) }.flatMap { Checksum(hexadecimal: $0) }
  }

  private static func write(_ checksum: Checksum, of part: StorePart, in db: Database) throws {
    try db.cachedStatement(sql: "INSERT OR REPLACE INTO checksums VALUES (?, ?, ?)").execute(
      arguments: [part.table, part.number, checksum.hexadecimal])
  }

  private static func checksum(of row: StoredRow) -> Checksum {
    var digest = Digest()
    row.add(to: &digest)
    return Checksum(digest)
  }
}

extension OutcomeBatch {
  /// SHA-256 of the rows: every value eight bytes, little-endian, as in the digest of a run.
  ///
  /// - Parameter isReal: by column. SQLite keeps no sign of a zero.
  func checksum(isReal: [Bool]) -> String {
    var digest = Digest()
    var row = [UInt64](repeating: 0, count: columns)
    for first in stride(from: 0, to: words.count, by: columns) {
      for column in 0..<columns {
        let word = words[first + column]
        row[column] = (isReal[column] && Double(bitPattern: word) == 0 ? 0 : word).littleEndian
      }
      row.withUnsafeBytes { digest.update($0) }
    }
    return digest.finish()
  }
}

extension DrawBatch {
  /// SHA-256 of the rows, likewise.
  var checksum: String {
    var digest = Digest()
    var next = 0
    for path in paths {
      for parameter in 0..<parameters {
        let value = values[next] == 0 ? 0 : values[next].bitPattern
        next += 1
        withUnsafeBytes(
          of: (
            path.littleEndian, Int64(firstParameter + parameter).littleEndian, value.littleEndian
          )
        ) { digest.update($0) }
      }
    }
    return digest.finish()
  }
}
