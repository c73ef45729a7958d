import GRDB

extension ResultsStore {
  /// The ruined among some of the run's paths, by the number of the desk; a desk without any is not there.
  func ruinedPathNumbers(of paths: Range<Int64>) throws(StoreProblem) -> [Int: Set<Int64>] {
    try checked { db in
      var ruined: [Int: Set<Int64>] = [:]
      let sql =
        "SELECT desk, path FROM outcomes WHERE path >= \(paths.lowerBound) AND path < \(paths.upperBound) "
        + "AND cause <> 0"
      try StoredRow.each(sql, in: db) { row in
        if let desk = row.integer(0), let path = row.integer(1) { ruined[Int(desk), default: []].insert(path) }
      }
      return ruined
    }
  }

  /// Writes what other figures would do inside a transaction, in place of any that is there.
  static func write(_ whatIfs: [StoredWhatIf], in db: Database) throws {
    try db.execute(sql: "DELETE FROM whatIfs")
    for row in whatIfs {
      try db.execute(
        sql: "INSERT INTO whatIfs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          row.scenario, row.severity, row.figure, row.pointer, row.factor, row.agent, row.risk, row.firstPath,
          row.paths, row.ruined, row.ruinedAsWritten, row.newlyRuined,
        ])
    }
  }

  /// What other figures would do, scenario by scenario, in each figure by figure, factor by factor, desk by desk.
  func whatIfs() throws(StoreProblem) -> [StoredWhatIf] {
    let sql =
      "SELECT scenario, severity, figure, pointer, factor, agent, risk, firstPath, paths, ruined, ruinedAsWritten, "
      + "newlyRuined FROM whatIfs ORDER BY scenario, figure, factor, agent, risk"
    return try read { db in
      try Row.fetchAll(db, sql: sql).map { row in
        StoredWhatIf(
          scenario: row[0], severity: row[1], figure: row[2], pointer: row[3], factor: row[4], agent: row[5],
          risk: row[6], firstPath: row[7], paths: row[8], ruined: row[9], ruinedAsWritten: row[10],
          newlyRuined: row[11])
      }
    }
  }
}
