/// The mean of the last n values with weights n, n − 1, … 1, the newest heaviest.
struct WeightedAverage<Number: IndicatorNumber> {
  private var sums: MovingWeightedSum<Number>
  private let share: Double

  /// A window of n ≥ 1 values.
  init(_ period: Int, _ memory: inout IndicatorMemory<Number>) {
    sums = MovingWeightedSum(period, &memory)
    share = 2 / (Double(period) * Double(period + 1))
  }

  /// Takes a value.
  ///
  /// - Returns: the weighted mean of the last n; nil before there are n.
  @inline(__always)
  mutating func next(_ value: Number) -> Number? {
    guard let found = sums.next(value) else { return nil }
    return found * share
  }
}
