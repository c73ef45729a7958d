import Documents
import Foundation
import GRDB
import Glibc
import Lab

/// The database of jobs, `jobs.sqlite`.
///
/// It is in write-ahead mode, and each commit is synced: what a client was told outlasts a power cut. One connection writes,
/// one reads, so that who looks at jobs does not wait for who changes them.
final class JobStore: Sendable {
  private let path: String
  private let writer: DatabaseQueue
  private let reader: DatabaseQueue

  /// Opens the store of a workspace; it is made where there is none, and an older one is made a new one.
  ///
  /// - Throws: what the system refuses, a store of a newer version, or a file that is none.
  init(_ folders: JobFolders) throws(StoreProblem) {
    path = folders.store
    writer = try Self.connect(path, isReading: false)
    try Self.migrate(writer, at: path)
    reader = try Self.connect(path, isReading: true)
  }

  private static func connect(_ path: String, isReading: Bool) throws(StoreProblem) -> DatabaseQueue {
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    configuration.readonly = isReading
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA synchronous = FULL")
      try db.execute(sql: "SELECT * FROM sqlite_master LIMIT 1")
    }
    errno = 0
    do {
      return try DatabaseQueue(path: path, configuration: configuration)
    } catch let error as DatabaseError {
      let what = "\(path) cannot be opened"
      if error.resultCode == .SQLITE_CANTOPEN, let fault = whyNotOpened(path) { throw StoreProblem(what, fault) }
      throw StoreProblem(error, at: path, what, systemError: errno)
    } catch {
      throw StoreProblem("\(path) cannot be opened: \(error)")
    }
  }

  /// Why the system does not open a file, which SQLite does not say; nil where it seems to.
  ///
  /// The file itself is not opened for it: when a process closes a file, it loses all locks that it has on it, and with them
  /// what keeps other processes from the store of a connection that is open.
  private static func whyNotOpened(_ path: String) -> SystemFault? {
    var information = stat()
    let fault = stat(path, &information) == 0 ? 0 : errno
    if fault == 0 {
      if information.st_mode & S_IFMT != S_IFREG { return .other("it is no file") }
      if access(path, R_OK | W_OK) != 0 { return SystemFault(errno: errno) }
    } else if fault != ENOENT || lstat(path, &information) == 0 {
      return SystemFault(errno: fault)
    } else if access(URL(fileURLWithPath: path).deletingLastPathComponent().path, W_OK) != 0 {
      return SystemFault(errno: errno)
    }
    let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return SystemFault(errno: errno) }
    close(descriptor)
    return nil
  }

  private static func migrate(_ writer: DatabaseQueue, at path: String) throws(StoreProblem) {
    try unwrapped("\(path) cannot be written", at: path) {
      try writer.writeWithoutTransaction { db in
        // Somebody else's is left as it is.
        _ = try version(db, at: path)
        try db.execute(sql: "PRAGMA journal_mode = WAL")
        try db.inTransaction(.immediate) {
          let version = try version(db, at: path)
          if version == 0 {
            try db.execute(sql: "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")
            try db.execute(sql: "INSERT INTO meta VALUES ('jobsVersion', '0')")
          }
          for statement in JobSchema.migrations[version...].joined() { try db.execute(sql: statement) }
          try db.execute(
            sql: "UPDATE meta SET value = ? WHERE key = 'jobsVersion'", arguments: ["\(JobSchema.version)"])
          return .commit
        }
      }
    }
  }

  /// The version of a store, 0 of an empty one.
  ///
  /// - Throws: that it is not one of ours.
  private static func version(_ db: Database, at path: String) throws -> Int {
    guard try db.tableExists("meta") else {
      guard try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM sqlite_master") == 0 else {
        throw StoreProblem("\(path): a database of something else", .unfit)
      }
      return 0
    }
    let found = try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'jobsVersion'")
    guard let version = found.flatMap({ Int($0) }), (1...JobSchema.version).contains(version) else {
      throw StoreProblem(
        "\(path): written by another version (schema \(found ?? "unknown"), this one reads up to "
          + "\(JobSchema.version))", .unfit)
    }
    return version
  }

  /// Reads, all of it from one state of the store.
  func read<Result>(_ body: (Database) throws -> Result) throws(StoreProblem) -> Result {
    try Self.unwrapped("\(path) cannot be read", at: path) { try reader.read(body) }
  }

  /// Writes, all of it or nothing.
  func write<Result>(_ body: (Database) throws -> Result) throws(StoreProblem) -> Result {
    try Self.unwrapped("\(path) cannot be written", at: path) {
      try writer.writeWithoutTransaction { db in
        var result: Result?
        try db.inTransaction(.immediate) {
          result = try body(db)
          return .commit
        }
        guard let result else { preconditionFailure("Invariant: a transaction that is over has a result") }
        return result
      }
    }
  }

  /// Says what the database says while it is known what the system said.
  private static func unwrapped<Result>(
    _ what: String, at path: String, _ body: () throws -> Result
  ) throws(StoreProblem) -> Result {
    try StoreProblem.wrapping(what) {
      errno = 0
      do {
        return try body()
      } catch let error as DatabaseError {
        throw StoreProblem(error, at: path, what, systemError: errno)
      }
    }
  }
}
