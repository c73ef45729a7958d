/// The close of the bar before, for changes from bar to bar.
struct LastClose<Number: IndicatorNumber> {
  private var close: Number?

  init() {}

  /// Takes a close.
  ///
  /// - Returns: the one before; nil for the first.
  @inline(__always)
  mutating func next(_ close: Number) -> Number? {
    let before = self.close
    self.close = close
    return before
  }
}
