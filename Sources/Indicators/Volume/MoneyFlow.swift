extension IndicatorBar {
  /// Chaikin's money flow of the bar: its volume by where it closed, from all in at the high to all out at the low.
  ///
  /// volume · ((close − low) − (high − close)) / (high − low); 0 where the bar has no range.
  @inline(__always)
  var moneyFlow: Number {
    let range = high - low
    return select(range .> 0, (close - low - (high - close)) / range * volume, .zero)
  }
}

extension IndicatorBar {
  /// (high + low + close) / 3.
  @inline(__always)
  var typicalPrice: Number { (high + low + close) * (1.0 / 3) }
}
