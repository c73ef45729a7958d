extension IndicatorBar {
  /// Wilder's directional movement: how far the high rose or the low fell, whichever is more, in price.
  ///
  /// - Returns: the movement up and the movement down, at most one of them above 0.
  @inline(__always)
  func movement(afterHigh lastHigh: Number, low lastLow: Number) -> (plus: Number, minus: Number) {
    let (up, down) = (high - lastHigh, lastLow - low)
    return (select((up .> 0) & (up .> down), up, .zero), select((down .> 0) & (down .> up), down, .zero))
  }
}
