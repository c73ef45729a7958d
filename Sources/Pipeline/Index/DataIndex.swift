import Documents
import Foundation
import GRDB
import Lab

/// The list of what the data folder holds, `index.sqlite`: for those who ask in SQL.
///
/// The manifests are what counts. The index is made from them again by every command that writes, in one transaction, so
/// that one that is lost, damaged or behind costs nothing.
package struct DataIndex {
  private let folder: DataFolder

  /// The index of a folder.
  package init(_ folder: DataFolder) { self.folder = folder }

  private static let statements = [
    """
    CREATE TABLE IF NOT EXISTS datasets (
      name TEXT PRIMARY KEY, source TEXT NOT NULL, raw_rows INTEGER, raw_bytes INTEGER NOT NULL, raw_digest TEXT NOT NULL,
      rows INTEGER, first TEXT, last TEXT, step_seconds REAL, gaps INTEGER, splits INTEGER, changes INTEGER, sha256 TEXT)
    """,
    """
    CREATE TABLE IF NOT EXISTS features (
      dataset TEXT NOT NULL, feature_set TEXT NOT NULL, version INTEGER NOT NULL, columns INTEGER NOT NULL,
      rows INTEGER NOT NULL, made_from TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL,
      PRIMARY KEY (dataset, feature_set, version))
    """,
  ]

  /// Makes the index what the manifests say.
  ///
  /// - Returns: what is listed, by name.
  /// - Throws: a manifest that is damaged, or the system.
  @discardableResult
  package func refresh() throws(StoreProblem) -> [DataEntry] {
    let entries = try Self.entries(in: folder)
    guard !entries.isEmpty || FileManager.default.fileExists(atPath: folder.index) else { return [] }
    do throws(StoreProblem) {
      try write(entries)
    } catch {
      guard error.kind == .damaged else { throw error }
      // It holds nothing that the manifests don't.
      for ending in ["", "-journal", "-wal", "-shm"] { unlink(folder.index + ending) }
      try write(entries)
    }
    return entries
  }

  /// What the manifests list, by name.
  package static func entries(in folder: DataFolder) throws(StoreProblem) -> [DataEntry] {
    var entries: [DataEntry] = []
    for name in try folder.datasets() {
      if let entry = try DataEntry(name, in: folder) { entries.append(entry) }
    }
    return entries
  }

  private func write(_ entries: [DataEntry]) throws(StoreProblem) {
    var configuration = Configuration()
    configuration.busyMode = .timeout(30)
    do {
      let queue = try DatabaseQueue(path: folder.index, configuration: configuration)
      try queue.writeWithoutTransaction { db in
        // Whoever comes second waits here, and then writes what both have left.
        try db.inTransaction(.immediate) {
          for statement in Self.statements { try db.execute(sql: statement) }
          try db.execute(sql: "DELETE FROM datasets; DELETE FROM features")
          for entry in entries { try Self.insert(entry, db) }
          return .commit
        }
      }
      try queue.close()
    } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR:
        throw StoreProblem("\(folder.index) is damaged: \(error.message ?? "it is no database")", .damaged)
      case .SQLITE_FULL: throw StoreProblem("\(folder.index) cannot be written", .diskFull)
      case .SQLITE_BUSY, .SQLITE_LOCKED: throw StoreProblem("\(folder.index) cannot be written", .inUse)
      case .SQLITE_READONLY: throw StoreProblem("\(folder.index) cannot be written", .readOnly)
      default:
        throw StoreProblem("\(folder.index) cannot be written", .other(error.message ?? "the database says no more"))
      }
    } catch {
      throw StoreProblem("\(folder.index) cannot be written: \(SystemFault.words(of: error))", .system)
    }
  }

  private static func insert(_ entry: DataEntry, _ db: Database) throws {
    let bars = entry.processed
    try db.execute(
      sql: "INSERT INTO datasets VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        entry.name, entry.source, entry.rawRows, entry.rawBytes, entry.rawDigest, bars?.rows,
        bars.map { JSONValue.moment($0.first).plainText }, bars.map { JSONValue.moment($0.last).plainText },
        bars?.step.map { Double($0) / 1000 }, bars?.gaps.count, bars?.splits.count, bars?.changes.count, bars?.sha256,
      ])
    for version in entry.features {
      try db.execute(
        sql: "INSERT INTO features VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          entry.name, version.set, version.number, version.columns.count, version.rows, version.madeFrom, version.file,
          version.sha256,
        ])
    }
  }
}
