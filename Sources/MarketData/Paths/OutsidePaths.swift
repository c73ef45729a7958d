import Documents

/// Paths that another program made: for each path and asset the same number of rows, one after another in time.
///
/// A path is its place in the file, from 0. The first row of each is where it starts: its close alone counts.
package struct OutsidePaths: Sendable {
  /// The file's name.
  package let file: String
  /// The names of the paths in the order of the file; none where they have numbers alone.
  package let names: [String]
  /// The number of paths.
  package let count: Int
  /// Rows of each path.
  package let rows: Int
  /// The names of the assets; one without a name where the file holds one.
  package let assets: [String]
  /// The columns of each asset, in the order of `assets`.
  package let columns: [Columns]
  /// When the rows of the first path lie, in milliseconds since 1970-01-01 UTC; none where the file counts in numbers.
  package let time: [Int64]

  /// The columns that a file has of one asset, each [path × rows + row]; nil where it has none of the kind.
  package struct Columns: Sendable {
    /// First prices, above 0.
    package let open: [Double]?
    /// Highest prices, at least open and close.
    package let high: [Double]?
    /// Lowest prices, above 0 and at most open and close.
    package let low: [Double]?
    /// Last prices, above 0.
    package let close: [Double]
    /// What was traded, in units of the asset.
    package let volume: [Double]?
    /// Half-spreads in basis points of the mid.
    package let halfSpreadBps: [Double]?
    /// Units whose purchase or sale moves the price by 1 %; above 0.
    package let depthTo1Percent: [Double]?

    /// Columns by field; that of closes is there.
    init(_ columns: [PathField: [Double]]) {
      open = columns[.open]
      high = columns[.high]
      low = columns[.low]
      close = columns[.close] ?? []
      volume = columns[.volume]
      halfSpreadBps = columns[.halfSpreadBps]
      depthTo1Percent = columns[.depthTo1Percent]
    }
  }

  /// A path as messages call it.
  package func name(of path: Int) -> String { names.isEmpty ? "\(path)" : quoted(names[path]) }

  /// The columns of an asset; in a file of one asset, whatever it is called there.
  package func columns(of name: String) -> Columns? {
    if assets == [""] { return columns[0] }
    return assets.firstIndex(of: name).map { columns[$0] }
  }

  /// Reads a file of comma-separated values.
  ///
  /// Prices must be above 0, high and low must enclose open and close, the rows of a path must follow one another in time, and
  /// all paths and assets must have as many.
  ///
  /// - Throws: everything that is wrong (the first 20), each with its line and column.
  package static func read(
    _ path: String, columns: PathColumns, contents: FileContents.Reader = FileContents.read
  ) throws(Problems) -> OutsidePaths {
    try OutsidePaths(CSVTable(FileContents.needed(path, contents), file: path), columns: columns)
  }

  /// Reads paths from a table; as `read`.
  package init(_ table: CSVTable, columns: PathColumns) throws(Problems) {
    var reader = PathReader(table, try PathLayout(columns, in: table))
    reader.readAll()
    if !reader.problems.isEmpty { throw Problems(reader.problems) }
    let fields = reader.layout.fields.map(\.field)
    self.init(
      file: table.file, names: reader.names, count: reader.names.count, assets: reader.assets,
      columns: reader.data.map { Columns(Dictionary(uniqueKeysWithValues: zip(fields, $0))) }, time: reader.firstTimes)
  }

  init(file: String, names: [String], count: Int, assets: [String], columns: [Columns], time: [Int64] = []) {
    self.file = file
    self.names = names
    self.count = count
    rows = (columns.first?.close.count ?? 0) / max(count, 1)
    self.assets = assets
    self.columns = columns
    self.time = time
  }
}
