extension IndicatorBar {
  /// The true range: how far the bar reaches from the last close, in price.
  ///
  /// max(high − low, |high − last close|, |low − last close|).
  @inline(__always)
  func trueRange(after lastClose: Number) -> Number {
    max(high - low, max(abs(high - lastClose), abs(low - lastClose)))
  }
}
