extension BarShape {
  /// Candles of Coinbase: low and high before open and close.
  static let coinbase = BarShape(name: "Coinbase candles", mark: "columns time, low, high, open, close, in this order")
  { head in
    Array(head.plainNames.prefix(5)) == ["time", "low", "high", "open", "close"] ? Knowledge() : nil
  }
}
