extension BarShape {
  /// Alpha Vantage: `timestamp`, open, high, low, close, newest first.
  static let alphaVantage = BarShape(
    name: "Alpha Vantage", mark: "columns timestamp, open, high, low, close first, in this order, the newest row first"
  ) { head in
    guard Array(head.plainNames.prefix(5)) == ["timestamp", "open", "high", "low", "close"] else { return nil }
    let times = head.rows.prefix(2).compactMap { $0.first.flatMap(Timestamp.milliseconds) }
    guard times.count == 2, times[1] < times[0] else { return nil }
    var known = Knowledge()
    known.notes = ["Alpha Vantage's times within a day are those of its exchange, which the file does not say."]
    return known
  }
}
