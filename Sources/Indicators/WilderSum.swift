/// Wilder's smoothed sum: starts as the sum of n − 1 values, then s ← s (1 − 1/n) + x.
///
/// Source: Wilder (1978), New Concepts in Technical Trading Systems; the start is TA-Lib's.
struct WilderSum<Number: IndicatorNumber> {
  private let kept: Double
  private var waiting: Int
  private var sum = Number.zero

  /// A sum over n ≥ 1 values.
  init(_ period: Int) {
    kept = 1 - 1 / Double(period)
    waiting = period - 1
  }

  /// Takes a value.
  ///
  /// - Returns: the sum, and whether it is smoothed yet rather than still beginning.
  @inline(__always)
  mutating func next(_ value: Number) -> (sum: Number, isSmoothed: Bool) {
    if waiting == 0 {
      sum = sum * kept + value
      return (sum, true)
    }
    waiting &-= 1
    sum += value
    return (sum, false)
  }

  /// Takes a value.
  ///
  /// - Returns: the sum, from the last of its first n − 1 values on.
  @inline(__always)
  mutating func nextOrStart(_ value: Number) -> Number? {
    let found = next(value)
    return found.isSmoothed || waiting == 0 ? found.sum : nil
  }
}
