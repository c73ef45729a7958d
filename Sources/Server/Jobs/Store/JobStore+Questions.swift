import GRDB
import Lab

extension JobStore {
  /// A job; nil where there is none of this identifier.
  func job(_ id: String) throws(StoreProblem) -> Job? {
    try read { db in
      // Asked for often.
      let statement = try db.cachedStatement(sql: "SELECT * FROM jobs WHERE id = ?")
      return try StoredJob.fetchOne(statement, arguments: [id])?.job
    }
  }

  /// Jobs that wait, the one that is to be started first at the beginning.
  func waiting() throws(StoreProblem) -> [Job] {
    try read { db in
      try StoredJob.fetchAll(db, sql: "SELECT * FROM jobs WHERE state = 'queued' ORDER BY priority DESC, number")
        .map(\.job)
    }
  }

  /// Jobs whose process was there when the store was last written.
  func running() throws(StoreProblem) -> [StoredJob] {
    try read { db in try StoredJob.fetchAll(db, sql: "SELECT * FROM jobs WHERE state = 'running' ORDER BY number") }
  }

  /// The identifiers of all jobs.
  func identifiers() throws(StoreProblem) -> Set<String> {
    try read { db in try String.fetchSet(db, sql: "SELECT id FROM jobs") }
  }

  /// How many jobs there are of each state.
  func counts() throws(StoreProblem) -> [JobState: Int] {
    let counts = try read { db in
      try Row.fetchAll(db, sql: "SELECT state, COUNT(*) AS count FROM jobs GROUP BY state").compactMap { row in
        JobState(rawValue: row["state"]).map { ($0, row["count"] as Int) }
      }
    }
    return Dictionary(uniqueKeysWithValues: counts)
  }

  /// Jobs that a query asks for, the newest first.
  ///
  /// - Parameter place: only those that came before this number.
  func page(_ query: JobQuery, before place: Int64) throws(StoreProblem) -> JobPage {
    var conditions = ["number < ?"]
    var values: [any DatabaseValueConvertible] = [place]
    for (column, words) in [
      ("state", query.states.map(\.rawValue).sorted()), ("kind", query.kinds.map(\.rawValue).sorted()),
    ] where !words.isEmpty {
      conditions.append("\(column) IN (\(words.map { _ in "?" }.joined(separator: ", ")))")
      values += words
    }
    let limit = max(1, query.limit)
    values.append(limit + 1)
    let found = try read { db in
      let statement = try db.cachedStatement(
        sql: "SELECT * FROM jobs WHERE \(conditions.joined(separator: " AND ")) ORDER BY number DESC LIMIT ?")
      return try StoredJob.fetchAll(statement, arguments: StatementArguments(values))
    }
    let shown = found.prefix(limit)
    return JobPage(jobs: shown.map(\.job), next: found.count > limit ? shown.last.map { "\($0.number)" } : nil)
  }
}
