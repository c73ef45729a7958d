/// A simple or an exponential average, as a parameter says; the choice is one for all lanes.
struct ChosenAverage<Number: IndicatorNumber> {
  private var sum: RunningSum<Number>
  private var average: ExponentialAverage<Number>
  private let isExponential: Bool
  private let share: Double

  /// An average over n ≥ 1 values.
  ///
  /// - Parameter choice: 0 simple, 1 exponential: `IndicatorParameter.average`.
  init(_ choice: Double, _ period: Int, _ memory: inout IndicatorMemory<Number>) {
    isExponential = choice == 1
    share = 1 / Double(period)
    sum = RunningSum(isExponential ? 1 : period, &memory)
    average = ExponentialAverage(period)
  }

  /// Takes a value.
  ///
  /// - Returns: the average; nil before n values.
  @inline(__always)
  mutating func next(_ value: Number) -> Number? {
    if isExponential { return average.next(value) }
    guard let sum = sum.next(value) else { return nil }
    return sum * share
  }
}
