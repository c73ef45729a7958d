import GRDB
import Lab

/// How far a run has come to a server.
package struct Delivery: Sendable, Hashable {
  /// The run.
  package let run: String
  /// The server's identifier of it; nil before it is known there.
  package var remote: String?
  /// The place of its artefacts there.
  package var place: String?
  /// The revision of the record that the server has, figures left aside.
  package var sentRevision: Int
  /// The number of the last figure that the server has.
  package var sentMetric: Int64
}

extension TrackingStore {
  /// Notes that a run is wanted on a server, where that is not noted yet.
  package func want(_ run: String, on server: String) throws(StoreProblem) {
    try write { db in
      try db.execute(sql: "INSERT OR IGNORE INTO deliveries (server, run) VALUES (?, ?)", arguments: [server, run])
    }
  }

  /// How far a run has come.
  package func delivery(of run: String, to server: String) throws(StoreProblem) -> Delivery {
    try read { db in
      let row = try Row.fetchOne(
        db, sql: "SELECT * FROM deliveries WHERE server = ? AND run = ?", arguments: [server, run])
      return Delivery(
        run: run, remote: row?["remote"], place: row?["place"], sentRevision: row?["sentRevision"] ?? 0,
        sentMetric: row?["sentMetric"] ?? 0)
    }
  }

  /// Notes how far a run has come.
  package func note(_ delivery: Delivery, on server: String) throws(StoreProblem) {
    try write { db in
      try db.execute(
        sql: """
          INSERT INTO deliveries (server, run, remote, place, sentRevision, sentMetric) VALUES (?, ?, ?, ?, ?, ?)
          ON CONFLICT (server, run) DO UPDATE SET remote = excluded.remote, place = excluded.place,
            sentRevision = excluded.sentRevision, sentMetric = excluded.sentMetric
          """,
        arguments: [
          server, delivery.run, delivery.remote, delivery.place, delivery.sentRevision, delivery.sentMetric,
        ])
    }
  }

  /// Runs that a server lacks something of, the oldest first; of each the server's address.
  ///
  /// - Parameter server: only of that one; nil: of all.
  package func outstanding(on server: String? = nil) throws(StoreProblem) -> [(server: String, run: String)] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT server, run FROM deliveries JOIN runs USING (run)
          WHERE (?1 IS NULL OR server = ?1) AND (sentRevision < revision
            OR sentMetric < (SELECT COALESCE(MAX(metrics.number), 0) FROM metrics WHERE metrics.run = runs.run))
          ORDER BY runs.number
          """, arguments: [server]
      ).map { ($0["server"], $0["run"]) }
    }
  }

  /// The revision of a run's record.
  func revision(of run: String) throws(StoreProblem) -> Int {
    try read { db in try Int.fetchOne(db, sql: "SELECT revision FROM runs WHERE run = ?", arguments: [run]) ?? 0 }
  }

  /// Figures of a run after one, in the order in which they were noted, with their numbers.
  func points(of run: String, after number: Int64, most: Int) throws(StoreProblem) -> [(Int64, MetricPoint)] {
    try read { db in
      try Row.fetchAll(
        db, sql: "SELECT * FROM metrics WHERE run = ? AND number > ? ORDER BY number LIMIT ?",
        arguments: [run, number, most]
      ).map { ($0["number"], MetricPoint($0)) }
    }
  }
}
