import Agents
import Documents
import Foundation
import GRDB
import Glibc
import Lab

/// The agents that have names: `tracking/models/NAME/VERSION`, with what is known of them in the tracking store.
///
/// Versions are never changed; the same bytes are the same version. A link `@ALIAS` beside them leads to the version that has
/// the alias, so that documents name it (`AgentShelf`); the store's rows are what holds, and links are mended by them.
package struct ModelStore: Sendable {
  /// The tracking folder.
  package let folder: TrackingFolder
  private let clock: WallClock

  /// The alias of what a training has made last.
  package static let candidate = "candidate"

  /// The models of a folder.
  package init(_ folder: TrackingFolder, clock: WallClock = .system) {
    (self.folder, self.clock) = (folder, clock)
  }

  /// Where a version lies.
  package func place(of version: ModelVersion) -> String { "\(folder.models)/\(version.name)/\(version.version)" }

  /// Puts an agent into the store as the next version of a model, unless one of the same bytes is there; in either case it gets
  /// an alias.
  ///
  /// - Parameters:
  ///   - run: that made it.
  ///   - validation: what it came to, in words.
  /// - Returns: the version, and whether it is new.
  package func register(
    _ files: AgentFiles, as name: String, alias: String = candidate, run: String?, documents: String?,
    validation: String?
  ) throws(StoreProblem) -> (version: Int, isNew: Bool) {
    let store = try TrackingStore.open(folder)
    let (home, time) = ("\(folder.models)/\(name)", clock.now())
    let part = "\(home)/.part-\(TrackingStore.newIdentifier())"
    try StoreProblem.wrapping("\(home) cannot be written") {
      try FileManager.default.createDirectory(atPath: part, withIntermediateDirectories: true)
    }
    defer { try? FileManager.default.removeItem(atPath: part) }
    for (name, bytes) in zip(AgentFiles.names, files.contents) {
      do throws(WholeFile.Failure) { try WholeFile.write(bytes, to: "\(part)/\(name)") } catch {
        throw StoreProblem("\(error.path) cannot be written", error.fault)
      }
    }
    let result = try store.write { db -> (Int, Bool) in
      if let known = try Int.fetchOne(
        db, sql: "SELECT version FROM versions WHERE name = ? AND sha256 = ? AND removedAt IS NULL",
        arguments: [name, files.sha256])
      {
        try Self.set(alias, of: name, to: known, in: db)
        return (known, false)
      }
      let last = try Int.fetchOne(db, sql: "SELECT MAX(version) FROM versions WHERE name = ?", arguments: [name])
      let version = (last ?? 0) + 1
      // What lies there without a row is of a process that was killed in between: nobody else is here now.
      let place = "\(home)/\(version)"
      try? FileManager.default.removeItem(atPath: place)
      guard rename(part, place) == 0 else {
        throw StoreProblem("\(place) cannot be written", SystemFault(errno: errno))
      }
      try db.execute(
        sql: "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)",
        arguments: [name, version, files.sha256, files.weights, run, documents, validation, time])
      try Self.set(alias, of: name, to: version, in: db)
      return (version, true)
    }
    try mendLinks(name, store)
    try store.close()
    return result
  }

  /// All versions, by model and number; those that were removed left out.
  package func versions(of name: String? = nil) throws(StoreProblem) -> [ModelVersion] {
    guard let store = try TrackingStore.read(folder) else { return [] }
    let versions = try store.read { db in
      let aliases = try Row.fetchAll(db, sql: "SELECT * FROM aliases ORDER BY alias")
      return try Row.fetchAll(
        db,
        sql: "SELECT * FROM versions WHERE removedAt IS NULL AND (?1 IS NULL OR name = ?1) ORDER BY name, version",
        arguments: [name]
      ).map { row -> ModelVersion in
        let (name, version): (String, Int) = (row["name"], row["version"])
        return ModelVersion(
          name: name, version: version, sha256: row["sha256"], weights: row["weights"], run: row["run"],
          documents: row["documents"], validation: row["validation"], time: row["createdAt"],
          aliases: aliases.filter { $0["name"] == name && $0["version"] == version }.map { $0["alias"] })
      }
    }
    try store.close()
    return versions
  }

  /// The version that somebody names.
  ///
  /// - Parameter alias: what a bare name means.
  /// - Throws: that there is none (`.unfit`), with what there is.
  package func version(_ reference: ModelReference, or alias: String) throws(StoreProblem) -> ModelVersion {
    let all = try versions()
    let own = all.filter { $0.name == reference.name }
    guard !own.isEmpty else {
      let names = Array(Set(all.map(\.name))).sorted()
      throw StoreProblem(
        "there is no agent called \(quoted(reference.name)) in \(folder.models)"
          + Suggestion.hint(for: reference.name, among: names), .unfit)
    }
    let found =
      switch reference.pick {
      case .version(let number): own.first { $0.version == number }
      case .alias(let alias): own.first { $0.aliases.contains(alias) }
      case .none: own.first { $0.aliases.contains(alias) }
      }
    if let found { return found }
    let known = own.map { "\($0.title)\($0.aliases.map { "@\($0)" }.joined())" }
    let wanted = reference.pick == .none ? "\(reference.name)@\(alias)" : "\(reference)"
    throw StoreProblem("there is no \(wanted); known: \(known.joined(separator: ", "))", .unfit)
  }

  /// The version that has an alias; nil where none has.
  package func version(of name: String, alias: String) throws(StoreProblem) -> ModelVersion? {
    try versions(of: name).first { $0.aliases.contains(alias) }
  }

  /// Gives a version an alias, and says why on record.
  package func promote(
    _ version: ModelVersion, as alias: String, isForced: Bool, reason: String
  ) throws(StoreProblem) {
    let store = try TrackingStore.open(folder)
    let time = clock.now()
    try store.write { db in
      try Self.set(alias, of: version.name, to: version.version, in: db)
      try db.execute(
        sql: "INSERT INTO decisions (name, version, alias, at, isForced, reason) VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [version.name, version.version, alias, time, isForced, reason])
    }
    try mendLinks(version.name, store)
    try store.close()
  }

  /// Removes a version: its files, its aliases; that it was there stays on record.
  package func remove(_ version: ModelVersion) throws(StoreProblem) {
    let store = try TrackingStore.open(folder)
    let time = clock.now()
    try store.write { db in
      try db.execute(
        sql: "DELETE FROM aliases WHERE name = ? AND version = ?", arguments: [version.name, version.version])
      try db.execute(
        sql: "UPDATE versions SET removedAt = ? WHERE name = ? AND version = ?",
        arguments: [time, version.name, version.version])
    }
    try mendLinks(version.name, store)
    let place = place(of: version)
    try StoreProblem.wrapping("\(place) cannot be removed") {
      if FileManager.default.fileExists(atPath: place) { try FileManager.default.removeItem(atPath: place) }
    }
    try store.close()
  }

  /// Why versions of a model got their aliases, the newest first.
  package func decisions(on name: String) throws(StoreProblem) -> [ModelDecision] {
    guard let store = try TrackingStore.read(folder) else { return [] }
    let decisions = try store.read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM decisions WHERE name = ? ORDER BY number DESC", arguments: [name]).map {
        ModelDecision(
          version: $0["version"], alias: $0["alias"], time: $0["at"], isForced: $0["isForced"], reason: $0["reason"])
      }
    }
    try store.close()
    return decisions
  }

  /// What became of a version in tracked runs, found by its bytes, the newest first.
  package func results(of version: ModelVersion) throws(StoreProblem) -> [ModelResult] {
    guard let store = try TrackingStore.read(folder) else { return [] }
    let results = try store.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT p.run AS parent, p.name AS study, d.name AS desk,
            (SELECT value FROM latest WHERE run = d.run AND key = 'survival') AS survival,
            (SELECT value FROM latest WHERE run = d.run AND key = 'survival.low') AS low,
            (SELECT value FROM latest WHERE run = d.run AND key = 'survival.high') AS high
          FROM tags AS t JOIN runs AS d ON d.run = t.run JOIN runs AS p ON p.run = d.parent
          WHERE t.key = 'agent.sha256' AND t.value = ? AND d.kind = 'desk' ORDER BY p.number DESC, d.number
          """, arguments: [version.sha256]
      ).map {
        ModelResult(
          run: $0["parent"], study: $0["study"], desk: $0["desk"], survival: $0["survival"], low: $0["low"],
          high: $0["high"])
      }
    }
    try store.close()
    return results
  }

  private static func set(_ alias: String, of name: String, to version: Int, in db: Database) throws {
    try db.execute(
      sql: "INSERT INTO aliases VALUES (?, ?, ?) ON CONFLICT (name, alias) DO UPDATE SET version = excluded.version",
      arguments: [name, alias, version])
  }

  /// Makes the links beside a model's versions what the rows say; nobody else changes them meanwhile.
  private func mendLinks(_ name: String, _ store: TrackingStore) throws(StoreProblem) {
    let home = "\(folder.models)/\(name)"
    try store.write { db in
      let rows = try Row.fetchAll(db, sql: "SELECT alias, version FROM aliases WHERE name = ?", arguments: [name])
      let wanted = Dictionary(
        rows.map { (row: Row) -> (String, String) in ("@\(row["alias"] as String)", "\(row["version"] as Int)") },
        uniquingKeysWith: { first, _ in first })
      let files = FileManager.default
      for link in (try? files.contentsOfDirectory(atPath: home)) ?? [] where link.hasPrefix("@") && wanted[link] == nil
      {
        unlink("\(home)/\(link)")
      }
      for (link, version) in wanted {
        if (try? files.destinationOfSymbolicLink(atPath: "\(home)/\(link)")) == version { continue }
        let part = "\(home)/.part-\(TrackingStore.newIdentifier())"
        guard symlink(version, part) == 0, rename(part, "\(home)/\(link)") == 0 else {
          let fault = errno
          unlink(part)
          throw StoreProblem("\(home)/\(link) cannot be written", SystemFault(errno: fault))
        }
      }
    }
  }
}
