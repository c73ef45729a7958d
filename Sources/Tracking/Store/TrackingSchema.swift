/// The tables of `tracking.sqlite`, as `docs/tracking.md` describes them.
enum TrackingSchema {
  /// Raised with every change that an older reader would trip over.
  static let version = 1

  /// The statements that make an empty store, in order.
  static let statements = [
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """
    CREATE TABLE runs (
      number INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT NOT NULL,
      status TEXT NOT NULL, parent TEXT REFERENCES runs (run) ON DELETE CASCADE, identity TEXT NOT NULL,
      experiment TEXT NOT NULL, startedAt INTEGER NOT NULL, endedAt INTEGER, revision INTEGER NOT NULL)
    """,
    "CREATE INDEX runsByIdentity ON runs (identity)",
    "CREATE INDEX runsByParent ON runs (parent)",
    """
    CREATE TABLE parameters (
      run TEXT NOT NULL REFERENCES runs (run) ON DELETE CASCADE, key TEXT NOT NULL, value TEXT NOT NULL,
      PRIMARY KEY (run, key)) WITHOUT ROWID
    """,
    """
    CREATE TABLE tags (
      run TEXT NOT NULL REFERENCES runs (run) ON DELETE CASCADE, key TEXT NOT NULL, value TEXT NOT NULL,
      PRIMARY KEY (run, key)) WITHOUT ROWID
    """,
    """
    CREATE TABLE metrics (
      number INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL REFERENCES runs (run) ON DELETE CASCADE,
      key TEXT NOT NULL, step INTEGER NOT NULL, value REAL, at INTEGER NOT NULL, UNIQUE (run, key, step))
    """,
    """
    CREATE TABLE datasets (
      run TEXT NOT NULL REFERENCES runs (run) ON DELETE CASCADE, source TEXT NOT NULL, digest TEXT NOT NULL,
      context TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (run, source, digest, context)) WITHOUT ROWID
    """,
    """
    CREATE TABLE artefacts (
      run TEXT NOT NULL REFERENCES runs (run) ON DELETE CASCADE, path TEXT NOT NULL, file TEXT NOT NULL,
      sha256 TEXT NOT NULL, bytes INTEGER NOT NULL, PRIMARY KEY (run, path)) WITHOUT ROWID
    """,
    """
    CREATE TABLE deliveries (
      server TEXT NOT NULL, run TEXT NOT NULL REFERENCES runs (run) ON DELETE CASCADE, remote TEXT, place TEXT,
      sentRevision INTEGER NOT NULL DEFAULT 0, sentMetric INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (server, run))
      WITHOUT ROWID
    """,
    """
    CREATE TABLE versions (
      name TEXT NOT NULL, version INTEGER NOT NULL, sha256 TEXT NOT NULL, weights TEXT NOT NULL, run TEXT,
      documents TEXT, validation TEXT, createdAt INTEGER NOT NULL, removedAt INTEGER,
      PRIMARY KEY (name, version)) WITHOUT ROWID
    """,
    """
    CREATE TABLE aliases (
      name TEXT NOT NULL, alias TEXT NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (name, alias)) WITHOUT ROWID
    """,
    """
    CREATE TABLE decisions (
      number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, version INTEGER NOT NULL, alias TEXT NOT NULL,
      at INTEGER NOT NULL, isForced INTEGER NOT NULL, reason TEXT NOT NULL)
    """,
    """
    CREATE TABLE checks (
      number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, study TEXT NOT NULL, place TEXT NOT NULL,
      champion INTEGER NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL, isWorse INTEGER NOT NULL,
      verdict TEXT NOT NULL)
    """,
    """
    CREATE VIEW latest AS
      SELECT run, key, step, value FROM metrics AS m
      WHERE step = (SELECT MAX(step) FROM metrics AS n WHERE n.run = m.run AND n.key = m.key)
    """,
    """
    CREATE VIEW desks AS
      SELECT d.run, d.parent, d.status, s.value AS scenario, t.value AS severity, a.value AS agent, r.value AS risk,
        v.value AS survival
      FROM runs AS d
      LEFT JOIN tags AS s ON s.run = d.run AND s.key = 'scenario'
      LEFT JOIN tags AS t ON t.run = d.run AND t.key = 'severity'
      LEFT JOIN tags AS a ON a.run = d.run AND a.key = 'agent'
      LEFT JOIN tags AS r ON r.run = d.run AND r.key = 'risk'
      LEFT JOIN latest AS v ON v.run = d.run AND v.key = 'survival'
      WHERE d.kind = 'desk'
    """,
  ]
}
