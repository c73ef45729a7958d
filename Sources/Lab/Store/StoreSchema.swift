/// The tables of `results.sqlite`, as `docs/results-store.md` describes them.
enum StoreSchema {
  /// Raised with every change that an older reader would trip over.
  static let version = 8

  /// The statements that make an empty store, in order.
  static func statements(outcomes columns: [StoredColumn]) -> [String] {
    func list(_ columns: [StoredColumn]) -> String {
      columns.map { "\($0.name) \($0.type.sql) NOT NULL" }.joined(separator: ",\n  ")
    }
    return [
      """
      CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID
      """,
      """
      CREATE TABLE markets (
        market INTEGER PRIMARY KEY, scenario TEXT NOT NULL, severity REAL NOT NULL, stepSeconds REAL NOT NULL)
      """,
      """
      CREATE TABLE desks (
        desk INTEGER PRIMARY KEY, market INTEGER NOT NULL REFERENCES markets, scenario TEXT NOT NULL,
        severity REAL NOT NULL, agent TEXT NOT NULL, risk TEXT NOT NULL)
      """,
      """
      CREATE TABLE outcomes (
        \(list(columns)),
        PRIMARY KEY (path, clone, desk)) WITHOUT ROWID
      """,
      """
      CREATE TABLE performance (
        \(list(StoredColumn.performance)),
        PRIMARY KEY (path, desk)) WITHOUT ROWID
      """,
      """
      CREATE TABLE parameters (parameter INTEGER PRIMARY KEY, scenario TEXT NOT NULL, pointer TEXT NOT NULL, unit TEXT)
      """,
      """
      CREATE TABLE draws (
        path INTEGER NOT NULL, parameter INTEGER NOT NULL REFERENCES parameters, value REAL NOT NULL,
        PRIMARY KEY (path, parameter)) WITHOUT ROWID
      """,
      """
      CREATE TABLE tiles (
        market INTEGER NOT NULL REFERENCES markets, firstPath INTEGER NOT NULL, paths INTEGER NOT NULL,
        outcomes TEXT NOT NULL, draws TEXT, performance TEXT, PRIMARY KEY (market, firstPath)) WITHOUT ROWID
      """,
      """
      CREATE TABLE series (
        series INTEGER PRIMARY KEY, market INTEGER NOT NULL REFERENCES markets, desk INTEGER REFERENCES desks,
        asset TEXT, quantity TEXT NOT NULL, timeline TEXT NOT NULL, scale REAL NOT NULL)
      """,
      """
      CREATE TABLE bins (bin INTEGER PRIMARY KEY, low REAL, high REAL)
      """,
      """
      CREATE TABLE histograms (
        series INTEGER NOT NULL REFERENCES series, point INTEGER NOT NULL, seconds REAL NOT NULL, counts BLOB NOT NULL,
        PRIMARY KEY (series, point)) WITHOUT ROWID
      """,
      """
      CREATE TABLE pendingHistograms (
        market INTEGER NOT NULL, firstPath INTEGER NOT NULL, counts BLOB NOT NULL, PRIMARY KEY (market, firstPath))
      """,
      """
      CREATE TABLE traces (desk INTEGER PRIMARY KEY REFERENCES desks, path INTEGER NOT NULL, trace TEXT NOT NULL)
      """,
      """
      CREATE TABLE behaviours (desk INTEGER PRIMARY KEY REFERENCES desks, behaviour TEXT NOT NULL)
      """,
      """
      CREATE TABLE rungs (
        scenario TEXT NOT NULL, agent TEXT NOT NULL, risk TEXT NOT NULL, severity REAL NOT NULL,
        firstPath INTEGER NOT NULL, paths INTEGER NOT NULL, ruined INTEGER NOT NULL,
        PRIMARY KEY (scenario, agent, risk, severity)) WITHOUT ROWID
      """,
      """
      CREATE TABLE whatIfs (
        scenario TEXT NOT NULL, severity REAL NOT NULL, figure TEXT NOT NULL, pointer TEXT NOT NULL,
        factor REAL NOT NULL, agent TEXT NOT NULL, risk TEXT NOT NULL, firstPath INTEGER NOT NULL,
        paths INTEGER NOT NULL, ruined INTEGER NOT NULL, ruinedAsWritten INTEGER NOT NULL,
        newlyRuined INTEGER NOT NULL, PRIMARY KEY (scenario, figure, factor, agent, risk)) WITHOUT ROWID
      """,
      """
      CREATE TABLE ruins (
        desk INTEGER NOT NULL REFERENCES desks, cause TEXT NOT NULL, moment TEXT NOT NULL,
        stepsAfter INTEGER NOT NULL, paths INTEGER NOT NULL,
        PRIMARY KEY (desk, cause, moment, stepsAfter)) WITHOUT ROWID
      """,
      """
      CREATE TABLE movers (
        desk INTEGER NOT NULL REFERENCES desks, path INTEGER NOT NULL, moment TEXT NOT NULL, mover TEXT NOT NULL,
        PRIMARY KEY (desk, path)) WITHOUT ROWID
      """,
      """
      CREATE TABLE checksums (
        part TEXT NOT NULL, number INTEGER NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (part, number)) WITHOUT ROWID
      """,
      """
      CREATE VIEW drawn AS
        SELECT scenario, path, pointer, value, unit FROM parameters JOIN draws USING (parameter)
      """,
      ResultsView.statement,
    ]
  }
}
