import Documents
import Foundation
import GRDB
import GRDBSQLite
import Glibc
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
      guard error.kind == .damaged || error.kind == .fault else { throw error }
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
    let what = "\(folder.index) cannot be written"
    var configuration = Configuration()
    configuration.busyMode = .timeout(30)
    // SQLite does not say why it opens no file.
    if let refusal { throw StoreProblem(what, refusal) }
    errno = 0
    do {
      let queue = try DatabaseQueue(path: folder.index, configuration: configuration)
      try queue.writeWithoutTransaction { db in
        // What SQLite could not open for writing for a moment it has opened for reading alone.
        guard sqlite3_db_readonly(db.sqliteConnection, "main") == 0 else {
          throw StoreProblem(what, refusal ?? .other("the system does not open it"))
        }
        errno = 0
        do {
          // Whoever comes second waits here, and then writes what both have left.
          try db.inTransaction(.immediate) {
            for statement in Self.statements { try db.execute(sql: statement) }
            try db.execute(sql: "DELETE FROM datasets; DELETE FROM features")
            for entry in entries { try Self.insert(entry, db) }
            return .commit
          }
        } catch let error as DatabaseError {
          // SQLite does not keep the number of every call that failed; what comes after such a call succeeds, as a rule.
          let number = errno
          let kept = sqlite3_system_errno(db.sqliteConnection)
          throw StoreProblem(error, at: folder.index, what, systemError: kept != 0 ? kept : number)
        }
      }
      try queue.close()
    } catch let problem as StoreProblem {
      throw problem
    } catch let error as DatabaseError {
      throw StoreProblem(error, at: folder.index, what, systemError: errno)
    } catch {
      throw StoreProblem("\(what): \(SystemFault.words(of: error))", .system)
    }
  }

  /// Why the system opens the index for nobody's writing now; nil where it does.
  private var refusal: SystemFault? {
    let probe = Glibc.open(folder.index, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard probe >= 0 else { return SystemFault(errno: errno) }
    close(probe)
    return nil
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
