import Documents

/// The bars of a table in any of the shapes that people keep them in, each with the row where it stands.
///
/// Prices must be above 0, high and low must enclose the others, volumes must not be negative, and each asset's time
/// must increase. A column that the file does not have is NaN in the series.
package struct BarTable: Sendable {
  /// The table.
  package let table: CSVTable
  /// Where the columns stand.
  package let layout: BarLayout
  /// The names of the assets in the order in which they first appear; one without a name for a file of one asset.
  package let names: [String]
  /// The bars of each asset.
  package let series: [BarSeries]
  /// The row of the table of each asset's bars.
  package let rows: [[Int32]]
  /// The asset of each bar, in the order of the file.
  package let order: [Int32]
  /// When assets that were not asked for were recorded.
  package let othersTimes: [[Int64]]

  /// Whether the file's own text of a time stands for it in what is made of these bars: in files with a header, in the order
  /// of time, with times in ISO 8601 or counts.
  package var keepsTimeText: Bool {
    layout.times.isPlain && layout.clock == nil && !layout.isNewestFirst && table.dialect.names == nil
      && table.dialect.namelessFirst.map { table.header[layout.time] != $0 } ?? true
  }

  /// Rows that hold no bar of their own.
  package let leftOut: [LeftOut]

  /// A row that was left out.
  package struct LeftOut: Sendable, Hashable {
    /// Why.
    package enum Reason: Sendable, Hashable {
      /// It has no price.
      case noPrices
      /// It repeats another row to the letter.
      case repeats(Int)
    }

    /// The row of the table.
    package let row: Int
    /// Why it was left out.
    package let reason: Reason
  }

  /// Reads and checks bars.
  ///
  /// - Parameters:
  ///   - wanted: the assets to read; nil for all.
  ///   - namesOneAsset: whether the only asset of a file keeps the name that it has there.
  /// - Throws: everything that is wrong (the first 20), each with its line and column, and assets that are not there.
  package init(_ table: CSVTable, _ layout: BarLayout, assets wanted: [String]? = nil, namesOneAsset: Bool = true)
    throws(Problems)
  {
    var reader = BarReader(table, layout, wanted)
    reader.readAll()
    if !reader.problems.isEmpty { throw Problems(reader.problems) }
    let unknown = (wanted ?? []).filter { !reader.names.contains($0) }
    if !unknown.isEmpty {
      let known = reader.names + reader.othersNames
      throw Problems(
        unknown.map { name in
          let hint = known == [""] ? ": the file has no column of assets" : Suggestion.hint(for: name, among: known)
          return Problem(
            position: SourcePosition(file: table.file), message: "no asset named \(quoted(name))\(hint)")
        })
    }
    if reader.order.isEmpty {
      throw Problems(
        Problem(position: SourcePosition(file: table.file), message: "the file has no bars below its header"))
    }
    self.table = table
    self.layout = layout
    names = !namesOneAsset && reader.names.count == 1 && reader.othersNames.isEmpty ? [""] : reader.names
    series = reader.series
    rows = reader.rows
    order = reader.order
    othersTimes = reader.othersTimes
    leftOut = reader.leftOut
  }
}
