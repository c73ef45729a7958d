import Documents
import Foundation
import GRDB
import Glibc
import Lab

/// The database of runs and models, `tracking.sqlite`.
///
/// It is in write-ahead mode: several programs write to it, and a reader never waits for a writer, nor a writer for a reader;
/// commits are not synced one by one, so that keeping a record costs a training nothing. A process that is killed, or a disk
/// that is full, leaves the last transaction that was whole. It is opened for the moment of a transaction or a few, so that a
/// run keeps no file handle for its record.
package final class TrackingStore {
  /// The folder that it is in.
  package let folder: TrackingFolder
  private let queue: DatabaseQueue

  private var path: String { folder.store }

  /// What a store is opened for.
  package enum Access: Sendable {
    case reading
    case writing
  }

  private init(_ folder: TrackingFolder, queue: DatabaseQueue) {
    self.folder = folder
    self.queue = queue
  }

  /// Opens the store of a folder for writing; folder and store are made where there are none.
  ///
  /// - Parameter patience: seconds to wait for others that write.
  /// - Throws: what the system refuses, a store of another version, or a file that is none.
  package static func open(_ folder: TrackingFolder, patience: Double = 5) throws(StoreProblem) -> TrackingStore {
    try StoreProblem.wrapping("\(folder.path) cannot be made a folder") {
      try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    }
    let store = TrackingStore(folder, queue: try connect(folder.store, .writing, patience))
    try store.withoutTransaction { db in try db.execute(sql: "PRAGMA journal_mode = WAL") }
    try store.write { db in
      guard try !db.tableExists("meta") else { return }
      guard try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM sqlite_master") == 0 else {
        throw StoreProblem("\(folder.store): a database of something else", .unfit)
      }
      for statement in TrackingSchema.statements { try db.execute(sql: statement) }
      try db.execute(
        sql: "INSERT INTO meta VALUES ('schemaVersion', ?)", arguments: ["\(TrackingSchema.version)"])
    }
    try store.checkVersion()
    return store
  }

  /// Opens the store of a folder for reading; nil where nothing has ever been kept there.
  package static func read(_ folder: TrackingFolder) throws(StoreProblem) -> TrackingStore? {
    guard FileManager.default.fileExists(atPath: folder.store) else { return nil }
    // Whoever may write plays back what a killed process has left; else the file is all there is.
    let isWritable = access(folder.store, W_OK) == 0 && access(folder.path, W_OK) == 0
    let store = TrackingStore(folder, queue: try connect(folder.store, isWritable ? .writing : .reading, 5))
    let tables = try store.read { db in try String.fetchAll(db, sql: "SELECT name FROM sqlite_master") }
    if tables.isEmpty { return nil }
    guard tables.contains("meta"), tables.contains("runs") else {
      throw StoreProblem("\(folder.store): not a store of tracked runs", .unfit)
    }
    try store.checkVersion()
    return store
  }

  private static func connect(
    _ path: String, _ access: Access, _ patience: Double
  ) throws(StoreProblem) -> DatabaseQueue {
    var configuration = Configuration()
    configuration.busyMode = .timeout(patience)
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA synchronous = NORMAL")
      try db.execute(sql: "SELECT * FROM sqlite_master LIMIT 1")
    }
    var place = path
    if access == .reading {
      configuration.readonly = true
      let escaped = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
      place = "file:\(escaped)?immutable=1"
    }
    // SQLite does not say why it opens no file.
    let probe = Glibc.open(path, access == .writing ? O_RDWR | O_CREAT | O_CLOEXEC : O_RDONLY | O_CLOEXEC, 0o666)
    guard probe >= 0 else { throw StoreProblem("\(path) cannot be opened", SystemFault(errno: errno)) }
    Glibc.close(probe)
    errno = 0
    do {
      return try DatabaseQueue(path: place, configuration: configuration)
    } catch let error as DatabaseError {
      throw StoreProblem(error, at: path, "\(path) cannot be opened", systemError: errno)
    } catch {
      throw StoreProblem("\(path) cannot be opened: \(error)")
    }
  }

  private func checkVersion() throws(StoreProblem) {
    let path = path
    let version = try read { db in
      try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'schemaVersion'")
    }
    guard version == "\(TrackingSchema.version)" else {
      throw StoreProblem(
        "\(path): written by another version (schema \(version ?? "unknown"), this one reads "
          + "\(TrackingSchema.version))", .unfit)
    }
  }

  /// Closes the file.
  package func close() throws(StoreProblem) {
    try StoreProblem.wrapping("\(path) cannot be closed") { try queue.close() }
  }

  /// Reads, all of it from one state of the store.
  func read<Result>(_ body: (Database) throws -> Result) throws(StoreProblem) -> Result {
    let path = path
    return try StoreProblem.wrapping("\(path) cannot be read") {
      try queue.read { db in try Self.named("\(path) cannot be read", at: path) { try body(db) } }
    }
  }

  /// Writes, all of it or nothing; nobody else writes meanwhile.
  func write<Result>(_ body: (Database) throws -> Result) throws(StoreProblem) -> Result {
    var result: Result?
    try withoutTransaction { db in
      try db.inTransaction(.immediate) {
        result = try body(db)
        return .commit
      }
    }
    guard let result else { preconditionFailure("Invariant: a transaction that is over has a result") }
    return result
  }

  private func withoutTransaction(_ body: (Database) throws -> Void) throws(StoreProblem) {
    let path = path
    try StoreProblem.wrapping("\(path) cannot be written") {
      try queue.writeWithoutTransaction { db in
        try Self.named("\(path) cannot be written", at: path) { try body(db) }
      }
    }
  }

  /// Says what the database says while it is known what the system said.
  private static func named<Result>(_ what: String, at path: String, _ body: () throws -> Result) throws -> Result {
    errno = 0
    do {
      return try body()
    } catch let error as DatabaseError {
      throw StoreProblem(error, at: path, what, systemError: errno)
    }
  }
}
