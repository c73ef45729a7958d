import GRDB

extension ResultsStore {
  /// Ruined paths among some of the run's, by the number of the desk; a desk without any is not there.
  func ruinedPaths(of paths: Range<Int64>) throws(StoreProblem) -> [Int: Int] {
    try checked { db in
      var ruined: [Int: Int] = [:]
      let sql =
        "SELECT desk, count(*) FROM outcomes WHERE path >= \(paths.lowerBound) AND path < \(paths.upperBound) "
        + "AND cause <> 0 GROUP BY desk"
      try StoredRow.each(sql, in: db) { row in
        if let desk = row.integer(0), let count = row.integer(1) { ruined[Int(desk)] = Int(count) }
      }
      return ruined
    }
  }

  /// Writes the rungs of the ladder inside a transaction, in place of any that are there.
  static func write(_ rungs: [StoredRung], in db: Database) throws {
    try db.execute(sql: "DELETE FROM rungs")
    for rung in rungs {
      try db.execute(
        sql: "INSERT INTO rungs VALUES (?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          rung.scenario, rung.agent, rung.risk, rung.severity, rung.firstPath, rung.paths, rung.ruined,
        ])
    }
  }

  /// The rungs of the ladder, desk by desk, in each from severity 0 upwards.
  func rungs() throws(StoreProblem) -> [StoredRung] {
    let sql =
      "SELECT scenario, agent, risk, severity, firstPath, paths, ruined FROM rungs "
      + "ORDER BY scenario, agent, risk, severity"
    return try read { db in
      try Row.fetchAll(db, sql: sql).map { row in
        StoredRung(
          scenario: row[0], agent: row[1], risk: row[2], severity: row[3], firstPath: row[4], paths: row[5],
          ruined: row[6])
      }
    }
  }
}
