/// Wilder's average, which starts at the mean of its first n values.
///
/// a ← a (n − 1)/n + x/n. Exactly 0 on zeros.
/// Source: Wilder (1978), New Concepts in Technical Trading Systems.
struct WilderAverage<Number: IndicatorNumber>: ~Copyable {
  private let period: Int
  private let kept: Double
  private let share: Double
  private var waiting: Int
  private var average = Number.zero

  /// An average over n ≥ 1 values.
  init(_ period: Int) {
    self.period = period
    kept = Double(period - 1) / Double(period)
    share = 1 / Double(period)
    waiting = period
  }

  /// Takes a value.
  ///
  /// - Returns: the average; nil before n values.
  @inline(__always)
  mutating func next(_ value: Number) -> Number? {
    if waiting == 0 {
      average = average * kept + value * share
      return average
    }
    waiting -= 1
    average += value
    guard waiting == 0 else { return nil }
    average = average / Double(period)
    return average
  }
}
