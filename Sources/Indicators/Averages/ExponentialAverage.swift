/// An exponential average that starts at the mean of its first n values.
///
/// a ← a + k (x − a), with k = 2 / (n + 1). Computed by how far it lags, d = x − a: d ← (1 − k)(d + Δx), which waits for two
/// operations a step rather than three. Exact on constant values, and errors fade as the average does.
struct ExponentialAverage<Number: IndicatorNumber> {
  private var last = Number.zero
  private var lag = Number.zero
  private let period: Int
  private let kept: Double
  private var waiting: Int

  /// An average over n ≥ 1 values that leaves out some before it starts.
  init(_ period: Int, skipping skipped: Int = 0) {
    self.period = period
    kept = 1 - 2 / (Double(period) + 1)
    waiting = skipped + period
  }

  /// Takes a value.
  ///
  /// - Returns: the average; nil before n values.
  @inline(__always)
  mutating func next(_ value: Number) -> Number? {
    waiting > 0 ? start(value) : follow(value)
  }

  /// Takes a value when the average has started: `next` has given one.
  @inline(__always)
  mutating func follow(_ value: Number) -> Number {
    lag = (value - last + lag) * kept
    last = value
    return value - lag
  }

  @inline(__always)
  private mutating func start(_ value: Number) -> Number? {
    if waiting <= period { lag += value }
    waiting &-= 1
    guard waiting == 0 else { return nil }
    let mean = lag / Double(period)
    last = value
    lag = value - mean
    return mean
  }
}
