import GRDB
import Lab

/// What a check of a version against the champion came to.
package struct ModelCheck: Sendable, Hashable {
  /// The study, as it was named.
  package let study: String
  /// The champion then.
  package let champion: Int
  /// The version that was checked.
  package let version: Int
  /// When, in milliseconds since 1970.
  package let time: Int64
  /// Whether it was worse beyond the margins.
  package let isWorse: Bool
  /// In words.
  package let verdict: String

  /// A check.
  package init(study: String, champion: Int, version: Int, time: Int64, isWorse: Bool, verdict: String) {
    (self.study, self.champion, self.version, self.time) = (study, champion, version, time)
    (self.isWorse, self.verdict) = (isWorse, verdict)
  }
}

extension ModelStore {
  /// Notes a check.
  package func note(_ check: ModelCheck, of name: String, in place: String) throws(StoreProblem) {
    let store = try TrackingStore.open(folder)
    try store.write { db in
      try db.execute(
        sql: """
          INSERT INTO checks (name, study, place, champion, version, at, isWorse, verdict) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          name, check.study, place, check.champion, check.version, check.time, check.isWorse, check.verdict,
        ])
    }
    try store.close()
  }

  /// The checks of a model, the newest first.
  package func checks(of name: String) throws(StoreProblem) -> [ModelCheck] {
    guard let store = try TrackingStore.read(folder) else { return [] }
    let checks = try store.read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM checks WHERE name = ? ORDER BY number DESC", arguments: [name]).map {
        ModelCheck(
          study: $0["study"], champion: $0["champion"], version: $0["version"], time: $0["at"],
          isWorse: $0["isWorse"], verdict: $0["verdict"])
      }
    }
    try store.close()
    return checks
  }

  /// The studies by which a model has been checked, each once, the last one first.
  package func studies(of name: String) throws(StoreProblem) -> [String] {
    var studies: [String] = []
    for check in try checks(of: name) where !studies.contains(check.study) { studies.append(check.study) }
    return studies
  }
}
