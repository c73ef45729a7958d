/// Wilder's directional movement of one bar: how far the high rose or the low fell, whichever is more; in price.
struct DirectionalMovement<Number: IndicatorNumber> {
  private var high = Number.zero
  private var low = Number.zero
  private var hasLast = false

  /// Takes a bar.
  ///
  /// - Returns: the movement up and the movement down, at most one of them above 0; nil for the first bar.
  @inline(__always)
  mutating func next(_ bar: IndicatorBar<Number>) -> (plus: Number, minus: Number)? {
    let (up, down) = (bar.high - high, low - bar.low)
    high = bar.high
    low = bar.low
    guard hasLast else {
      hasLast = true
      return nil
    }
    return (select((up .> 0) & (up .> down), up, .zero), select((down .> 0) & (down .> up), down, .zero))
  }
}
