/// The mean of the last n values.
struct SimpleAverage<Number: IndicatorNumber> {
  private var sum: RunningSum<Number>
  private let share: Double

  /// A window of n ≥ 1 values.
  init(_ period: Int, _ memory: inout IndicatorMemory<Number>) {
    sum = RunningSum(period, &memory)
    share = 1 / Double(period)
  }

  /// Takes a value.
  ///
  /// - Returns: the mean of the last n; nil before there are n.
  @inline(__always)
  mutating func next(_ value: Number) -> Number? {
    guard let sum = sum.next(value) else { return nil }
    return sum * share
  }
}
