/// Mean and sample standard deviation of the last n values.
///
/// The deviation has n − 1 in the denominator, as `rolling(n).std()` of pandas: the values are a sample of what returns
/// the market gives. Both are computed anew each step in two passes, O(n): differences from the mean lose nothing where
/// values hardly vary, and nothing drifts.
struct SampleWindow<Number: IndicatorNumber> {
  private let ring: Ring<Number>
  private let period: Int
  private var position = 0
  private var isFull = false

  /// A window of n ≥ 2 values, all still to come.
  init(_ period: Int, _ memory: inout IndicatorMemory<Number>) {
    self.period = period
    ring = memory.ring(period)
  }

  /// Takes a value.
  ///
  /// - Returns: mean and deviation of the last n; nil before there are n.
  @inline(__always)
  mutating func next(_ value: Number) -> Pair<Number> {
    ring[position] = value
    position += 1
    if position == period {
      position = 0
      isFull = true
    }
    guard isFull else { return nil }
    var sum = Number.zero
    for index in 0..<period { sum += ring[index] }
    let mean = sum / Double(period)
    var squares = Number.zero
    for index in 0..<period {
      let distance = ring[index] - mean
      squares += distance * distance
    }
    return Pair(mean, sqrt(squares / Double(period - 1)))
  }
}
