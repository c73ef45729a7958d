/// The tables of `jobs.sqlite`, as steps from one version to the next.
enum JobSchema {
  /// What leads from each version to the next; the first ones make an empty store. None is ever changed.
  static let migrations = [
    [
      """
      CREATE TABLE jobs (
        number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, key TEXT UNIQUE, keyOf TEXT,
        kind TEXT NOT NULL, state TEXT NOT NULL, priority INTEGER NOT NULL, request TEXT NOT NULL, created INTEGER NOT NULL, started INTEGER,
        ended INTEGER, attempts INTEGER NOT NULL, exit INTEGER, message TEXT, isResumable INTEGER NOT NULL,
        isStopping INTEGER NOT NULL, process INTEGER, processStart INTEGER, revision INTEGER NOT NULL)
      """,
      "CREATE INDEX jobsByState ON jobs (state, number)",
      "CREATE INDEX jobsByKind ON jobs (kind, number)",
    ]
  ]

  /// The version that this program reads and writes.
  static var version: Int { migrations.count }
}
