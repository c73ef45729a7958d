extension BarShape {
  /// Flat files of Polygon: tickers, times in nanoseconds.
  static let polygon = BarShape(name: "Polygon flat file", mark: "columns ticker and window_start") { head in
    Set(head.plainNames).isSuperset(of: ["ticker", "window start"]) ? Knowledge() : nil
  }
}
