import Documents

/// The names of the columns of a file of recorded bars.
package struct BarColumns: Sendable, Hashable {
  /// When the bar was recorded.
  package let time: String
  /// Which asset it belongs to; nil for a file of one asset.
  package let asset: String?
  /// The first price.
  package let open: String
  /// The highest price.
  package let high: String
  /// The lowest price.
  package let low: String
  /// The last price.
  package let close: String
  /// What was traded; nil for a column `volume`, if the file has one.
  package let volume: String?
  /// The close before adjustment for splits and dividends; given, volume counts × `unadjustedClose` / `close`.
  package let unadjustedClose: String?

  /// Names of columns.
  package init(
    time: String = "time", asset: String? = nil, open: String = "open", high: String = "high", low: String = "low",
    close: String = "close", volume: String? = nil, unadjustedClose: String? = nil
  ) {
    self.time = time
    self.asset = asset
    self.open = open
    self.high = high
    self.low = low
    self.close = close
    self.volume = volume
    self.unadjustedClose = unadjustedClose
  }

  /// The form of `columns` in documents.
  package static let form = Form(
    Field("time", .string, default: "time", "column of timestamps, ISO 8601"),
    Field("asset", .optional(.string), "column of asset names; without it the file holds one asset"),
    Field("open", .string, default: "open", "column of first prices"),
    Field("high", .string, default: "high", "column of highest prices"),
    Field("low", .string, default: "low", "column of lowest prices"),
    Field("close", .string, default: "close", "column of last prices"),
    Field(
      "volume", .optional(.string),
      "column of traded quantities; left out it is \"volume\", and a file without it has assets say their volumePerDay"),
    Field(
      "unadjustedClose", .optional(.string),
      "column of closes before adjustment; volume then counts × unadjusted / adjusted close"),
    make: BarColumns.init(time:asset:open:high:low:close:volume:unadjustedClose:))
}
