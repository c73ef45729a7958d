import Documents
import Foundation
import GRDB
import GRDBSQLite
import Glibc

/// The database of a run, `results.sqlite`: outcomes, histograms and traces, one transaction per finished tiles.
///
/// One writer owns it. While a run is on, it is in write-ahead mode, which a killed process leaves whole; `close`
/// turns it back into a single file. The tables stand in `docs/results-store.md`.
package final class ResultsStore {
  /// Where it lies.
  let path: String
  let queue: DatabaseQueue
  /// Of the table `outcomes`, in order.
  package let columns: [StoredColumn]

  /// What a store is opened for.
  package enum Access: Sendable {
    /// No byte of the folder changes, but where a killed process has left a journal that has to be played back first.
    case reading
    case writing
  }

  private init(_ path: String, queue: DatabaseQueue, columns: [StoredColumn]) {
    self.path = path
    self.queue = queue
    self.columns = columns
  }

  /// Makes a store that knows of no run, for rows alone.
  ///
  /// - Throws: `StoreProblem` when the file cannot be written.
  package static func create(at path: String, columns: [StoredColumn]) throws(StoreProblem) -> ResultsStore {
    try create(at: path, columns: columns) { _ in }
  }

  /// Makes a store, all of it in one transaction: a process that is killed before its end leaves an empty one.
  ///
  /// - Parameter begin: writes what the store is to know from the beginning.
  static func create(
    at path: String, columns: [StoredColumn], begin: (Database) throws -> Void
  ) throws(StoreProblem) -> ResultsStore {
    let store = ResultsStore(path, queue: try open(path, access: .writing), columns: columns)
    try store.beginWriting()
    try store.write { db in
      for statement in StoreSchema.statements(outcomes: columns) { try db.execute(sql: statement) }
      try set(["schemaVersion": "\(StoreSchema.version)"], in: db)
      try begin(db)
    }
    return store
  }

  /// Opens the store of an earlier run.
  ///
  /// - Throws: `StoreProblem` when there is none, when it cannot be read, or when another version of this program wrote it.
  package static func open(
    at path: String, columns: [StoredColumn], for access: Access = .writing
  ) throws(StoreProblem) -> ResultsStore {
    guard FileManager.default.fileExists(atPath: path) else {
      throw StoreProblem("\(path): no results store here", .unfit)
    }
    let store = ResultsStore(path, queue: try open(path, access: access), columns: columns)
    switch try store.contents() {
    case .nothing, .other: throw StoreProblem("\(path): not a results store", .unfit)
    case .results: break
    }
    guard try store.tableNames().isSuperset(of: ["meta", "outcomes"]) else {
      throw .damaged(path, "it lacks the tables that say which run it is of")
    }
    let version = try store.checked { db in try meta("schemaVersion", in: db) }
    let names = try store.checked { db in try db.columns(in: "outcomes").map(\.name) }
    guard version == "\(StoreSchema.version)" else {
      throw StoreProblem(
        "\(path): written by another version (schema \(version ?? "unknown"), this one reads \(StoreSchema.version))",
        .unfit)
    }
    guard names == columns.map(\.name) else {
      throw .damaged(path, "its outcomes do not have the columns of schema \(StoreSchema.version)")
    }
    return store
  }

  /// What a database is, by the names of its tables.
  enum Contents {
    /// Without any table: what a process leaves that was killed before its first transaction.
    case nothing
    /// Results of a run, of whatever version, if not damaged.
    case results
    /// Somebody else's.
    case other
  }

  /// What lies in a file.
  ///
  /// - Throws: `.damaged` for what is no database, `.system`.
  static func contents(at path: String) throws(StoreProblem) -> Contents {
    let store = ResultsStore(path, queue: try open(path, access: .reading), columns: [])
    let contents = try store.contents()
    try store.closeAsItIs()
    return contents
  }

  private func contents() throws(StoreProblem) -> Contents {
    let tables = try tableNames()
    let ours =
      StorePart.tables.map(\.table) + [
        "outcomes", "performance", "tiles", "histograms", "pendingHistograms", "draws", "checksums",
      ]
    return tables.isEmpty ? .nothing : tables.isDisjoint(with: ours) ? .other : .results
  }

  private static func open(_ path: String, access: Access) throws(StoreProblem) -> DatabaseQueue {
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    // One writer, which writes what refers after what it refers to: checking every row again would cost.
    configuration.foreignKeysEnabled = false
    configuration.prepareDatabase { db in
      try named("\(path) cannot be opened", at: path, db) {
        try db.execute(sql: "PRAGMA synchronous = NORMAL")
        try db.execute(sql: "PRAGMA cache_size = -32768")
        // The first look into the file.
        try db.execute(sql: "SELECT * FROM sqlite_master LIMIT 1")
      }
    }
    var place = path
    // Only a writer can play back a journal.
    if access == .reading, !hasContents(path + "-journal") {
      configuration.readonly = true
      // Without a log beside it the file is all there is, and no lock file has to be made to read it.
      if !hasContents(path + "-wal"), sqlite3_compileoption_used("USE_URI") != 0 {
        let escaped = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
        place = "file:\(escaped)?immutable=1"
      }
    }
    // SQLite does not say why it opens no file.
    let probe = Glibc.open(path, access == .writing ? O_RDWR | O_CREAT | O_CLOEXEC : O_RDONLY | O_CLOEXEC, 0o666)
    guard probe >= 0 else { throw StoreProblem("\(path) cannot be opened", SystemFault(errno: errno)) }
    Glibc.close(probe)
    errno = 0
    do {
      return try DatabaseQueue(path: place, configuration: configuration)
    } catch let problem as StoreProblem {
      throw problem
    } catch let error as DatabaseError {
      throw StoreProblem(error, at: path, "\(path) cannot be opened", systemError: errno)
    } catch {
      throw StoreProblem("\(path) cannot be opened: \(error)")
    }
  }

  private static func hasContents(_ path: String) -> Bool {
    var information = stat()
    return stat(path, &information) == 0 && information.st_size > 0
  }

  private func tableNames() throws(StoreProblem) -> Set<String> {
    try read { db in
      var names: Set<String> = []
      try StoredRow.each("SELECT name FROM sqlite_master WHERE type = 'table'", in: db) { row in
        if let name = row.text(0) { names.insert(name) }
      }
      return names
    }
  }

  /// Makes write-ahead mode the store's mode, for a run that begins or goes on.
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
    try StoreProblem.wrapping("\(path) cannot be closed") { try queue.close() }
  }

  /// Reads, all of it from one state of the store.
  func read<Result>(_ body: (Database) throws -> Result) throws(StoreProblem) -> Result {
    try StoreProblem.wrapping("\(path) cannot be read") {
      try queue.read { db in try Self.named("\(path) cannot be read", at: path, db) { try body(db) } }
    }
  }

  /// Writes, all of it or nothing.
  func write<Result>(_ body: (Database) throws -> Result) throws(StoreProblem) -> Result {
    var result: Result?
    try writeWithoutTransaction { db in
      try db.inTransaction {
        result = try body(db)
        return .commit
      }
    }
    guard let result else { preconditionFailure("Invariant: a transaction that is over has a result") }
    return result
  }

  private func writeWithoutTransaction(_ body: (Database) throws -> Void) throws(StoreProblem) {
    try StoreProblem.wrapping("\(path) cannot be written") {
      try queue.writeWithoutTransaction { db in
        try Self.named("\(path) cannot be written", at: path, db) { try body(db) }
      }
    }
  }

  /// Says what the database says while its connection still knows what the system said.
  private static func named<Result>(
    _ what: String, at path: String, _ db: Database, _ body: () throws -> Result
  ) throws -> Result {
    errno = 0
    do {
      return try body()
    } catch let error as DatabaseError {
      // SQLite does not keep the number of every call that failed; what comes after such a call succeeds, as a rule.
      let number = errno
      let kept = sqlite3_system_errno(db.sqliteConnection)
      throw StoreProblem(error, at: path, what, systemError: kept != 0 ? kept : number)
    }
  }

  /// A remembered fact.
  package func meta(_ key: String) throws(StoreProblem) -> String? {
    try read { db in try Self.meta(key, in: db) }
  }

  private static func meta(_ key: String, in db: Database) throws -> String? {
    try DatabaseValue.fetchOne(db, sql: "SELECT value FROM meta WHERE key = ?", arguments: [key])
      .flatMap { String.fromDatabaseValue($0) }
  }

  /// Remembers facts, and seals them.
  static func set(_ facts: [String: String], in db: Database) throws {
    for (key, value) in facts.sorted(by: { $0.key < $1.key }) {
      try db.execute(
        sql: "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        arguments: [key, value])
    }
    try seal([.meta], in: db)
  }
}
