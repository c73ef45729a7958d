import Foundation
import GRDB

/// The database of a run, `results.sqlite`: outcomes, histograms and traces, one transaction per finished tiles.
///
/// One writer owns it. While a run is on, it is in write-ahead mode, which a killed process leaves whole; `close`
/// turns it back into a single file. The tables stand in `docs/results-store.md`.
package final class ResultsStore {
  let queue: DatabaseQueue
  /// Of the table `outcomes`, in order.
  package let columns: [StoredColumn]

  private init(queue: DatabaseQueue, columns: [StoredColumn]) {
    self.queue = queue
    self.columns = columns
  }

  /// Makes an empty store.
  ///
  /// - Throws: `StoreProblem` when the file cannot be written.
  package static func create(at path: String, columns: [StoredColumn]) throws(StoreProblem) -> ResultsStore {
    let store = ResultsStore(queue: try open(path), columns: columns)
    try store.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA journal_mode = WAL")
      try db.inTransaction {
        for statement in StoreSchema.statements(outcomes: columns) { try db.execute(sql: statement) }
        try db.execute(
          sql: "INSERT INTO meta VALUES ('schemaVersion', ?)", arguments: ["\(StoreSchema.version)"])
        return .commit
      }
    }
    return store
  }

  /// Opens the store of an earlier run.
  ///
  /// - Throws: `StoreProblem` when there is none, or when another version of this program wrote it.
  package static func open(at path: String, columns: [StoredColumn]) throws(StoreProblem) -> ResultsStore {
    guard FileManager.default.fileExists(atPath: path) else {
      throw StoreProblem("\(path): no results store here")
    }
    let store = ResultsStore(queue: try open(path), columns: columns)
    let version: String?
    let names: [String]
    do {
      version = try store.meta("schemaVersion")
      names = try store.read { db in try db.columns(in: "outcomes").map(\.name) }
    } catch {
      throw StoreProblem("\(path): not a results store")
    }
    guard version == "\(StoreSchema.version)", names == columns.map(\.name) else {
      throw StoreProblem(
        "\(path): written by another version (schema \(version ?? "unknown"), this one reads \(StoreSchema.version))")
    }
    return store
  }

  private static func open(_ path: String) throws(StoreProblem) -> DatabaseQueue {
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    // One writer, which writes what refers after what it refers to: checking every row again would cost.
    configuration.foreignKeysEnabled = false
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA synchronous = NORMAL")
      try db.execute(sql: "PRAGMA cache_size = -32768")
    }
    do {
      return try DatabaseQueue(path: path, configuration: configuration)
    } catch {
      throw StoreProblem("\(path): cannot be opened as a database: \(error)")
    }
  }

  /// Makes write-ahead mode the store's mode again, for a run that goes on.
  func beginWriting() throws(StoreProblem) {
    try writeWithoutTransaction { db in try db.execute(sql: "PRAGMA journal_mode = WAL") }
  }

  /// Folds the write-ahead log into the one file, and closes it.
  package func close() throws(StoreProblem) {
    try writeWithoutTransaction { db in try db.execute(sql: "PRAGMA journal_mode = DELETE") }
    try closeAsItIs()
  }

  /// Closes the file and leaves it in the mode it is in.
  func closeAsItIs() throws(StoreProblem) {
    try StoreProblem.wrapping("\(queue.path) cannot be closed") { try queue.close() }
  }

  /// Reads, all of it from one state of the store.
  func read<Result>(_ body: (Database) throws -> Result) throws(StoreProblem) -> Result {
    try StoreProblem.wrapping("\(queue.path) cannot be read") { try queue.read(body) }
  }

  /// Writes, all of it or nothing.
  func write<Result>(_ body: (Database) throws -> Result) throws(StoreProblem) -> Result {
    try StoreProblem.wrapping("\(queue.path) cannot be written") { try queue.write(body) }
  }

  private func writeWithoutTransaction(_ body: (Database) throws -> Void) throws(StoreProblem) {
    try StoreProblem.wrapping("\(queue.path) cannot be written") { try queue.writeWithoutTransaction(body) }
  }

  /// A remembered fact.
  package func meta(_ key: String) throws(StoreProblem) -> String? {
    try read { db in
      try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = ?", arguments: [key])
    }
  }

  /// Remembers facts, all of them or none.
  func set(_ facts: [String: String]) throws(StoreProblem) {
    try write { db in
      for (key, value) in facts.sorted(by: { $0.key < $1.key }) {
        try db.execute(
          sql: "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
          arguments: [key, value])
      }
    }
  }
}
