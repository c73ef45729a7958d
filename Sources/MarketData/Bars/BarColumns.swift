import Documents

/// The names that a document gives to columns of a file of recorded bars; what it leaves out is found.
package struct BarColumns: Sendable, Hashable {
  /// The names by what the columns hold.
  package let roles: [BarLayout.Role: String]

  /// Names of columns; nil for those to be found.
  package init(
    time: String? = nil, asset: String? = nil, open: String? = nil, high: String? = nil, low: String? = nil,
    close: String? = nil, volume: String? = nil, unadjustedClose: String? = nil
  ) {
    var roles: [BarLayout.Role: String] = [:]
    roles[.time] = time
    roles[.asset] = asset
    roles[.open] = open
    roles[.high] = high
    roles[.low] = low
    roles[.close] = close
    roles[.volume] = volume
    roles[.unadjustedClose] = unadjustedClose
    self.roles = roles
  }

  /// What recorded history takes of a bar, besides the close.
  package static let needs: [BarField: String] = [
    .open: "recorded history needs", .high: "recorded history needs", .low: "recorded history needs",
  ]

  /// The form of `columns` in documents.
  package static let form = Form(
    Field("time", .optional(.string), "column of times; left out it is found"),
    Field(
      "asset", .optional(.string),
      "column of asset names; left out it is found, and without one the file holds one asset"),
    Field("open", .optional(.string), "column of first prices; left out it is found"),
    Field("high", .optional(.string), "column of highest prices; left out it is found"),
    Field("low", .optional(.string), "column of lowest prices; left out it is found"),
    Field("close", .optional(.string), "column of last prices; left out it is found"),
    Field(
      "volume", .optional(.string),
      "column of traded quantities; left out it is found, and a file without it has assets say their volumePerDay"),
    Field(
      "unadjustedClose", .optional(.string),
      "column of closes before adjustment; volume then counts × unadjusted / adjusted close"),
    make: BarColumns.init(time:asset:open:high:low:close:volume:unadjustedClose:))
}
