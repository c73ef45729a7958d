/// The sum of the last n values, by adding the newest and subtracting the oldest.
///
/// Every n steps it starts afresh from a sum of the last n that nothing was subtracted from, so that rounding never adds up
/// for longer than n steps: the error is that of 3n additions, however long the series. Values that have left the window
/// leave a trace of their rounding until then; where that matters, as in a quotient of sums that may both be 0, take
/// `MovingSum`.
struct RunningSum<Number: IndicatorNumber> {
  private var sum = Number.zero
  /// The sum since the last fresh start.
  private var fresh = Number.zero
  private let ring: Ring<Number>
  private let period: Int
  private var position = 0
  private var waiting: Int

  /// A window of n ≥ 1 values, all still to come.
  init(_ period: Int, _ memory: inout IndicatorMemory<Number>) {
    self.period = period
    waiting = period
    ring = memory.ring(period)
  }

  /// Takes a value.
  ///
  /// - Returns: the sum of the last n; nil before there are n.
  @inline(__always)
  mutating func next(_ value: Number) -> Number? {
    sum += value - ring[position]
    fresh += value
    ring[position] = value
    position &+= 1
    if position == period {
      position = 0
      sum = fresh
      fresh = .zero
    }
    if waiting > 1 {
      waiting &-= 1
      return nil
    }
    return sum
  }
}
