/// The true range of a bar: how far it reaches from the last close, in price.
struct TrueRange<Number: IndicatorNumber> {
  private var last = Number.zero
  private var hasLast = false

  /// Takes a bar.
  ///
  /// - Returns: max(high − low, |high − last close|, |low − last close|); nil for the first bar.
  @inline(__always)
  mutating func next(_ bar: IndicatorBar<Number>) -> Number? {
    let before = last
    last = bar.close
    guard hasLast else {
      hasLast = true
      return nil
    }
    return max(bar.high - bar.low, max(abs(bar.high - before), abs(bar.low - before)))
  }
}
