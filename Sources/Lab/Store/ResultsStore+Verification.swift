import Foundation
import GRDB

extension ResultsStore {
  /// Sees that the facts about the run are those that were written: enough to say which run it is.
  ///
  /// - Throws: `.damaged` with what has changed.
  func verifyMeta() throws(StoreProblem) {
    try checked { db in try Self.verify([.meta], in: db) }
  }

  /// Sees that everything that a report rests on is as it was written: SQLite's own structure, the tables, their rows by
  /// their checksums, tile by tile where they came so, and the outcomes of a finished run by its digest.
  ///
  /// - Throws: `.damaged` with what has changed, `.system` where it cannot be read.
  func verify() throws(StoreProblem) {
    try checked { db in
      let found = try String.fetchAll(db, sql: "PRAGMA quick_check(1)")
      guard found == ["ok"] else { throw Damage(what: found.joined(separator: "; ")) }
      try verifySchema(db)
      try Self.verify(StorePart.tables, in: db)
    }
    let context = try context()
    try checked { db in
      try Self.verify(StorePart.all(context), in: db)
      try Self.verifyNothingElse(StorePart.all(context), in: db)
      try Self.verifyDraws(context, db)
      try Self.verifyPerformance(context, db)
    }
    let digest = try verifiedDigest(context)
    guard try meta("digest").map({ $0 == digest }) ?? true else {
      throw .damaged(path, "its outcomes are not those that the run has counted")
    }
  }

  /// The digest of a run, after each tile's outcomes have been compared with their checksum.
  ///
  /// - Parameter alsoRead: gets every row, as in `readOutcomes`.
  func verifiedDigest(
    _ context: RunContext, alsoRead: (UnsafeBufferPointer<UInt64>) -> Void = { _ in }
  ) throws(StoreProblem) -> String {
    guard let pathPlace = columns.firstIndex(where: { $0.name == "path" }),
      let deskPlace = columns.firstIndex(where: { $0.name == "desk" })
    else { preconditionFailure("Invariant: outcomes have a path and a desk") }
    var tiles = TileChecks("outcomes", try checked { db in try Self.tiles("outcomes", context, db) })
    let market = Dictionary(context.desks.map { (UInt64($0.desk), $0.market) }, uniquingKeysWith: { first, _ in first })
    func damage(_ body: () throws(Damage) -> Void) throws(StoreProblem) {
      do { try body() } catch { throw .damaged(path, error.what) }
    }
    let digest = try digest { words throws(StoreProblem) in
      alsoRead(words)
      try damage { () throws(Damage) in
        try tiles.add(words, market: market[words[deskPlace]], path: Int64(bitPattern: words[pathPlace]))
      }
    }
    try damage { () throws(Damage) in try tiles.finish() }
    return digest
  }

  /// Works through the store; what it finds, and what SQLite cannot read, is damage, unless the system failed.
  func checked<Result>(_ body: (Database) throws -> Result) throws(StoreProblem) -> Result {
    do {
      return try read { db in
        do { return try body(db) } catch let damage as Damage {
          throw StoreProblem.damaged(path, damage.what)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR {
          // A table or a column is not there.
          throw StoreProblem.damaged(path, error.message ?? "it does not answer")
        }
      }
    } catch {
      throw error.kind == .fault ? .damaged(path, error.description) : error
    }
  }

  /// Tables and views as this version makes them; others beside them are the user's own.
  private func verifySchema(_ db: Database) throws {
    var found: Set<String> = []
    try StoredRow.each("SELECT sql FROM sqlite_schema", in: db) { row in
      if let text = row.text(0) { found.insert(text) }
    }
    guard StoreSchema.statements(outcomes: columns).allSatisfy(found.contains) else {
      throw Damage(what: "its tables are not those of schema \(StoreSchema.version)")
    }
  }

  private static func verify(_ parts: [StorePart], in db: Database) throws {
    for part in parts where try storedChecksum(of: part, in: db) != checksum(of: part, in: db) {
      throw Damage(what: part.change)
    }
  }

  /// No row of a table may be of a part that nobody has asked for, and no checksum neither.
  private static func verifyNothingElse(_ parts: [StorePart], in db: Database) throws {
    let known = Set(parts.map { "\($0.table) \($0.number)" })
    for (table, column) in [("histograms", "series"), ("tiles", "market"), ("pendingHistograms", "market")] {
      try StoredRow.each("SELECT DISTINCT \(column) FROM \(table)", in: db) { row in
        guard let number = row.integer(0), known.contains("\(table) \(number)") else {
          throw Damage(what: "the table \(table) holds rows of another run")
        }
      }
    }
    try StoredRow.each("SELECT part, number FROM checksums", in: db) { row in
      guard let part = row.text(0), let number = row.integer(1), known.contains("\(part) \(number)") else {
        throw Damage(what: "the table checksums holds rows of another run")
      }
    }
  }

  /// The tiles of each market with the checksum in a column, ascending.
  private static func tiles(_ column: String, _ context: RunContext, _ db: Database) throws -> [[TileChecks.Tile]] {
    var tiles: [[TileChecks.Tile]] = context.markets.map { _ in [] }
    let sql = "SELECT market, firstPath, paths, \(column) FROM tiles ORDER BY market, firstPath"
    try StoredRow.each(sql, in: db) { row in
      guard let market = row.integer(0), let first = row.integer(1), let paths = row.integer(2), paths > 0,
        tiles.indices.contains(Int(market)), first >= tiles[Int(market)].last?.paths.upperBound ?? 0,
        case let (end, isTooFar) = first.addingReportingOverflow(paths), !isTooFar
      else { throw Damage(what: "the table tiles holds a tile that cannot be") }
      tiles[Int(market)].append(TileChecks.Tile(paths: first..<end, checksum: row.text(3)))
    }
    return tiles
  }

  private static func verifyDraws(_ context: RunContext, _ db: Database) throws {
    // The first market of a scenario writes what its paths drew.
    let markets = context.parameters.map { parameter in
      context.markets.firstIndex { $0.scenario == parameter.scenario }
    }
    var tiles = TileChecks("draws", try tiles("draws", context, db))
    var words = [UInt64](repeating: 0, count: 3)
    try StoredRow.each("SELECT path, parameter, value FROM draws ORDER BY path, parameter", in: db) { row in
      for column in Int32(0)..<3 { words[Int(column)] = row.word(column, isReal: column == 2).littleEndian }
      let parameter = row.integer(1).map(Int.init)
      let market = parameter.flatMap { markets.indices.contains($0) ? markets[$0] : nil }
      let path = row.integer(0) ?? -1
      try words.withUnsafeBufferPointer { words in try tiles.add(words, market: market, path: path) }
    }
    try tiles.finish()
  }

  private static func verifyPerformance(_ context: RunContext, _ db: Database) throws {
    let market = Dictionary(
      context.desks.map { (Int64($0.desk), $0.market) }, uniquingKeysWith: { first, _ in first })
    var tiles = TileChecks("performance", try tiles("performance", context, db))
    let columns = StoredColumn.performance
    var words = [UInt64](repeating: 0, count: columns.count)
    let names = columns.map(\.name).joined(separator: ", ")
    try StoredRow.each("SELECT \(names) FROM performance ORDER BY path, desk", in: db) { row in
      for (place, column) in columns.enumerated() {
        words[place] = row.word(Int32(truncatingIfNeeded: place), isReal: column.type == .real).littleEndian
      }
      let desk = row.integer(1)
      let path = row.integer(0) ?? -1
      try words.withUnsafeBufferPointer { words in
        try tiles.add(words, market: desk.flatMap { market[$0] }, path: path)
      }
    }
    try tiles.finish()
  }
}
