import GRDB
import Trading

extension ResultsStore {
  /// The ruined paths of all desks among some, in the order of the paths, of each in the order of the desks.
  func ruinedPaths(in paths: Range<Int64>) throws(StoreProblem) -> [RuinedPath] {
    try checked { db in
      var ruined: [RuinedPath] = []
      let sql =
        "SELECT desk, path, ruinStep, cause FROM outcomes WHERE path >= \(paths.lowerBound) "
        + "AND path < \(paths.upperBound) AND cause <> 0 ORDER BY path, clone, desk"
      try StoredRow.each(sql, in: db) { row in
        guard let desk = row.integer(0), let path = row.integer(1), let step = row.integer(2),
          let cause = row.integer(3).flatMap({ RuinCause(rawValue: Int($0)) })
        else { throw Damage(what: "the table outcomes holds a ruin that cannot be") }
        ruined.append(RuinedPath(desk: Int(desk), path: path, step: Int(step), cause: cause))
      }
      return ruined
    }
  }

  /// Writes what ruined the desks inside a transaction, in place of what is there.
  static func write(_ tables: RuinCounts.Tables, in db: Database) throws {
    try db.execute(sql: "DELETE FROM ruins")
    for row in tables.ruins {
      try db.execute(
        sql: "INSERT INTO ruins VALUES (?, ?, ?, ?, ?)",
        arguments: [row.desk, row.cause.name, row.moment.rawValue, row.stepsAfter ?? -1, row.paths])
    }
    try db.execute(sql: "DELETE FROM movers")
    for row in tables.movers {
      try db.execute(
        sql: "INSERT INTO movers VALUES (?, ?, ?, ?)",
        arguments: [row.desk, row.path, row.moment.rawValue, row.mover.rawValue])
    }
  }

  /// What ruined the desks, and when.
  func ruins() throws(StoreProblem) -> RuinCounts.Tables {
    try checked { db in
      func unknown(_ table: String) -> Damage {
        Damage(what: "the table \(table) holds a word that this version lacks")
      }
      var tables = RuinCounts.Tables()
      let sql = "SELECT desk, cause, moment, stepsAfter, paths FROM ruins ORDER BY desk, cause, moment, stepsAfter"
      try StoredRow.each(sql, in: db) { row in
        let name = row.text(1)
        guard let desk = row.integer(0), let cause = RuinCause.allCases.first(where: { $0.name == name }),
          let moment = row.text(2).flatMap(RuinMoment.init), let steps = row.integer(3), let paths = row.integer(4)
        else { throw unknown("ruins") }
        tables.ruins.append(
          StoredRuins(
            desk: Int(desk), cause: cause, moment: moment, stepsAfter: steps < 0 ? nil : Int(steps), paths: Int(paths)))
      }
      try StoredRow.each("SELECT desk, path, moment, mover FROM movers ORDER BY desk, path", in: db) { row in
        guard let desk = row.integer(0), let path = row.integer(1), let moment = row.text(2).flatMap(RuinMoment.init),
          let mover = row.text(3).flatMap(EquityCause.init)
        else { throw unknown("movers") }
        tables.movers.append(StoredMover(desk: Int(desk), path: path, moment: moment, mover: mover))
      }
      return tables
    }
  }
}
