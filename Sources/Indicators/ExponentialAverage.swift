/// An exponential average that starts at the mean of its first n values.
///
/// a ← a + k (x − a), with k = 2 / (n + 1) unless another is given. Exact on constant values.
struct ExponentialAverage<Number: IndicatorNumber>: ~Copyable {
  private let period: Int
  private let share: Double
  private var waiting: Int
  private var average = Number.zero

  /// An average over n ≥ 1 values that leaves out some before it starts.
  init(_ period: Int, skipping skipped: Int = 0) {
    self.period = period
    share = 2 / (Double(period) + 1)
    waiting = skipped + period
  }

  /// Takes a value.
  ///
  /// - Returns: the average; nil before n values.
  @inline(__always)
  mutating func next(_ value: Number) -> Number? {
    if waiting == 0 {
      average = (value - average) * share + average
      return average
    }
    return start(value)
  }

  @inline(__always)
  private mutating func start(_ value: Number) -> Number? {
    if waiting <= period { average += value }
    waiting -= 1
    guard waiting == 0 else { return nil }
    average = average / Double(period)
    return average
  }
}
