import Documents

/// The bars of a file, by asset.
package struct RecordedBars: Sendable, Hashable {
  /// The file's name.
  package let file: String
  /// The series by asset, sorted by name; a file without a column of assets has one, named by the empty text.
  package let series: Named<BarSeries>

  /// Reads bars from a table whose columns have given names, or else the usual ones.
  ///
  /// Prices must be above 0, high and low must enclose open and close, volumes must not be negative, and each asset's
  /// time must increase. Where the close before adjustment is given, volume is turned into units at adjusted prices'
  /// scale: recorded × unadjusted close / close.
  ///
  /// - Throws: everything that is wrong (the first 20), each with its line.
  package init(_ table: CSVTable, columns: BarColumns) throws(Problems) {
    try self.init(BarTable(table, BarLayout(finding: columns.roles, in: table, needs: BarColumns.needs)))
  }

  /// The bars of a table that has been read.
  package init(_ table: BarTable) {
    file = table.table.file
    series = Named(zip(table.names, table.series).map { (name: $0, value: $1) })
  }

  /// The names of the assets.
  package var names: [String] { series.names }

  /// The bars of an asset; in a file of one asset, whatever it is called there.
  package func bars(of name: String) -> BarSeries? {
    series.names == [""] ? series.values.first : series[name]
  }
}
