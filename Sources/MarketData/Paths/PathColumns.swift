import Documents

/// The names of the columns of a file of paths.
package struct PathColumns: Sendable, Hashable {
  /// Which path a row belongs to.
  package let path: String
  /// When it lies: a number that grows along the path, or ISO 8601.
  package let time: String
  /// Which asset it belongs to; nil for a file of one asset.
  package let asset: String?
  /// The last price.
  package let close: String
  /// The columns of the other fields where they have names of their own.
  package let others: [PathField: String]

  /// Names of columns; a field that is not named is the column of its own name, if the file has one.
  package init(
    path: String = "path", time: String = "time", asset: String? = nil, close: String = "close",
    others: [PathField: String] = [:]
  ) {
    self.path = path
    self.time = time
    self.asset = asset
    self.close = close
    self.others = others
  }

  /// The form of `columns` in documents.
  package static let form = Form(
    Field("path", .string, default: "path", "column that names the path"),
    Field("time", .string, default: "time", "column of numbers that grow along a path, or of ISO 8601"),
    Field("asset", .optional(.string), "column of asset names; without it the file holds one asset"),
    Field("close", .string, default: "close", "column of last prices"),
    other(.open, "column of first prices; without one a row opens at the close before it"),
    other(.high, "column of highest prices; without one the higher of open and close"),
    other(.low, "column of lowest prices; without one the lower of open and close"),
    other(.volume, "column of traded quantities; without one assets say their volumePerDay"),
    other(.halfSpreadBps, "column of half-spreads, basis points of the mid; without one the asset's own"),
    other(.depthTo1Percent, "column of quantities that move the price by 1 %; without one the asset's own"),
    make: { path, time, asset, close, open, high, low, volume, halfSpread, depth in
      let named: [(PathField, String?)] = [
        (.open, open), (.high, high), (.low, low), (.volume, volume), (.halfSpreadBps, halfSpread),
        (.depthTo1Percent, depth),
      ]
      var others: [PathField: String] = [:]
      for (field, name) in named { others[field] = name }
      return PathColumns(path: path, time: time, asset: asset, close: close, others: others)
    })

  private static func other(_ field: PathField, _ summary: String) -> Field<String?> {
    Field(field.rawValue, .optional(.string), summary)
  }
}
