import Documents
import Foundation
import GRDB
import Lab

extension TrackingStore {
  /// Puts a run that begins on record, or takes up the record of the one that it goes on with.
  ///
  /// - Returns: its identifier.
  package func begin(_ beginning: RunBeginning) throws(StoreProblem) -> String {
    let datasets = beginning.datasets()
    return try write { db in
      if beginning.isResumed,
        let run = try String.fetchOne(
          db, sql: "SELECT run FROM runs WHERE identity = ? AND parent IS NULL ORDER BY number DESC LIMIT 1",
          arguments: [beginning.identity])
      {
        try db.execute(
          sql: "UPDATE runs SET status = ?, endedAt = NULL, revision = revision + 1 WHERE run = ?",
          arguments: [RunStatus.running.rawValue, run])
        try Self.tell(run, parameters: beginning.parameters, tags: beginning.tags, in: db)
        try Self.add(datasets, to: run, in: db)
        return run
      }
      let run = Self.newIdentifier()
      try Self.insert(
        run, beginning.kind, name: beginning.name, .running, parent: nil, identity: beginning.identity,
        experiment: beginning.experiment, start: beginning.start, end: nil, in: db)
      try Self.tell(run, parameters: beginning.parameters, tags: beginning.tags, in: db)
      try Self.add(datasets, to: run, in: db)
      return run
    }
  }

  /// Adds figures to a run. One that is there already, by name and step, stays as it is.
  package func add(_ points: [MetricPoint], to run: String) throws(StoreProblem) {
    try write { db in try Self.add(points, to: run, in: db) }
  }

  /// Puts the end of a run on record, with its parts. Parts of an earlier end are replaced, figure by figure.
  ///
  /// - Parameter artefacts: what it has made.
  package func end(_ run: String, _ ending: RunEnding, artefacts: [Artefact]) throws(StoreProblem) {
    try write { db in
      try Self.replace(ending.metrics, of: run, in: db)
      try Self.tell(run, parameters: [:], tags: ending.tags, in: db)
      try Self.add(ending.datasets, to: run, in: db)
      for artefact in artefacts {
        try db.execute(
          sql: """
            INSERT INTO artefacts VALUES (?, ?, ?, ?, ?) ON CONFLICT (run, path)
            DO UPDATE SET file = excluded.file, sha256 = excluded.sha256, bytes = excluded.bytes
            """,
          arguments: [run, artefact.path, artefact.file, artefact.sha256, artefact.bytes])
      }
      try db.execute(
        sql: "UPDATE runs SET status = ?, endedAt = ?, revision = revision + 1 WHERE run = ?",
        arguments: [ending.status.rawValue, ending.time, run])
      guard let row = try Row.fetchOne(db, sql: "SELECT * FROM runs WHERE run = ?", arguments: [run]) else { return }
      let (identity, experiment): (String, String) = (row["identity"], row["experiment"])
      for part in ending.parts {
        let known = try String.fetchOne(
          db, sql: "SELECT run FROM runs WHERE parent = ? AND name = ?", arguments: [run, part.name])
        let child = known ?? Self.newIdentifier()
        if known == nil {
          try Self.insert(
            child, part.kind, name: part.name, ending.status, parent: run, identity: identity, experiment: experiment,
            start: row["startedAt"], end: ending.time, in: db)
        }
        try Self.tell(child, parameters: part.parameters, tags: part.tags, in: db)
        try Self.replace(part.metrics, of: child, in: db)
        try db.execute(
          sql: "UPDATE runs SET status = ?, endedAt = ?, revision = revision + 1 WHERE run = ?",
          arguments: [ending.status.rawValue, ending.time, child])
      }
    }
  }

  /// Runs on record, the newest first.
  ///
  /// - Parameters:
  ///   - parts: whether desks are among them, which are parts of others.
  ///   - most: how many at most.
  package func runs(parts: Bool = false, most: Int = .max) throws(StoreProblem) -> [RunRecord] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: "SELECT * FROM runs \(parts ? "" : "WHERE parent IS NULL") ORDER BY number DESC LIMIT ?",
        arguments: [most]
      ).map(RunRecord.init)
    }
  }

  /// The parts of a run, in their order.
  package func parts(of run: String) throws(StoreProblem) -> [RunRecord] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM runs WHERE parent = ? ORDER BY number", arguments: [run])
        .map(RunRecord.init)
    }
  }

  /// A run by its identifier; nil where there is none.
  package func run(_ id: String) throws(StoreProblem) -> RunRecord? {
    try read { db in
      try Row.fetchOne(db, sql: "SELECT * FROM runs WHERE run = ?", arguments: [id]).map(RunRecord.init)
    }
  }

  /// Runs whose identifier begins with some digits, or whose name is that; the newest first.
  package func runs(named word: String) throws(StoreProblem) -> [RunRecord] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT * FROM runs WHERE (LENGTH(?1) >= 4 AND SUBSTR(run, 1, LENGTH(?1)) = LOWER(?1))
            OR (name = ?1 AND parent IS NULL) ORDER BY number DESC
          """, arguments: [word]
      ).map(RunRecord.init)
    }
  }

  /// All that is on record of a run, but for the steps of its figures.
  package func details(of run: String) throws(StoreProblem) -> RunDetails {
    try read { db in
      var details = RunDetails()
      for row in try Row.fetchAll(db, sql: "SELECT key, value FROM parameters WHERE run = ?", arguments: [run]) {
        details.parameters[row["key"]] = row["value"]
      }
      for row in try Row.fetchAll(db, sql: "SELECT key, value FROM tags WHERE run = ?", arguments: [run]) {
        details.tags[row["key"]] = row["value"]
      }
      for row in try Row.fetchAll(
        db, sql: "SELECT * FROM metrics WHERE run = ? ORDER BY step", arguments: [run])
      {
        let point = MetricPoint(row)
        details.latest[point.key] = point
      }
      details.datasets = try Row.fetchAll(
        db, sql: "SELECT * FROM datasets WHERE run = ? ORDER BY context, source", arguments: [run]
      ).map { Dataset(name: $0["name"], digest: $0["digest"], source: $0["source"], context: $0["context"]) }
      details.artefacts = try Row.fetchAll(
        db, sql: "SELECT * FROM artefacts WHERE run = ? ORDER BY path", arguments: [run]
      ).map { Artefact(path: $0["path"], file: $0["file"], sha256: $0["sha256"], bytes: $0["bytes"]) }
      return details
    }
  }

  /// A figure of a run at all of its steps.
  package func history(of key: String, in run: String) throws(StoreProblem) -> [MetricPoint] {
    try read { db in
      try Row.fetchAll(
        db, sql: "SELECT * FROM metrics WHERE run = ? AND key = ? ORDER BY step", arguments: [run, key]
      ).map(MetricPoint.init)
    }
  }

  static func newIdentifier() -> String {
    UUID().uuidString.replacing("-", with: "").lowercased()
  }

  private static func insert(
    _ run: String, _ kind: RunRecord.Kind, name: String, _ status: RunStatus, parent: String?, identity: String,
    experiment: String, start: Int64, end: Int64?, in db: Database
  ) throws {
    try db.execute(
      sql: """
        INSERT INTO runs (run, kind, name, status, parent, identity, experiment, startedAt, endedAt, revision)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
        """,
      arguments: [run, kind.rawValue, name, status.rawValue, parent, identity, experiment, start, end])
  }

  private static func tell(
    _ run: String, parameters: [String: String], tags: [String: String], in db: Database
  ) throws {
    for (key, value) in parameters.sorted(by: { $0.key < $1.key }) {
      // What a run was asked does not change while it goes on.
      try db.execute(sql: "INSERT OR IGNORE INTO parameters VALUES (?, ?, ?)", arguments: [run, key, value])
    }
    for (key, value) in tags.sorted(by: { $0.key < $1.key }) {
      try db.execute(
        sql: "INSERT INTO tags VALUES (?, ?, ?) ON CONFLICT (run, key) DO UPDATE SET value = excluded.value",
        arguments: [run, key, value])
    }
  }

  /// Adds figures, and replaces those that stand for the whole run: one that was resumed for more paths has others than before.
  private static func replace(_ points: [MetricPoint], of run: String, in db: Database) throws {
    for point in points where point.step == 0 {
      try db.execute(
        sql: "DELETE FROM metrics WHERE run = ? AND key = ? AND step = 0 AND value IS NOT ?",
        arguments: [run, point.key, point.value])
    }
    try add(points, to: run, in: db)
  }

  private static func add(_ points: [MetricPoint], to run: String, in db: Database) throws {
    let statement = try db.makeStatement(
      sql: "INSERT OR IGNORE INTO metrics (run, key, step, value, at) VALUES (?, ?, ?, ?, ?)")
    for point in points {
      try statement.execute(arguments: [run, point.key, point.step, point.value, point.time])
    }
  }

  private static func add(_ datasets: [Dataset], to run: String, in db: Database) throws {
    for dataset in datasets {
      try db.execute(
        sql: "INSERT OR IGNORE INTO datasets (run, name, digest, source, context) VALUES (?, ?, ?, ?, ?)",
        arguments: [run, dataset.name, dataset.digest, dataset.source, dataset.context])
    }
  }
}

extension RunRecord {
  init(_ row: Row) {
    self.init(
      id: row["run"], kind: Kind(rawValue: row["kind"]) ?? .stress, name: row["name"],
      status: RunStatus(rawValue: row["status"]) ?? .failed, parent: row["parent"], identity: row["identity"],
      experiment: row["experiment"], start: row["startedAt"], end: row["endedAt"])
  }
}

extension MetricPoint {
  /// SQLite has no NaN: where nothing stands it was one.
  init(_ row: Row) {
    self.init(row["key"], row["value"] ?? .nan, step: row["step"], time: row["at"])
  }
}
