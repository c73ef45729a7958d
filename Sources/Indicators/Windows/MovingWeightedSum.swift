/// The sum of the last n values weighted 1, 2, … n, the newest heaviest.
///
/// A step takes the sum of the values before it off, and adds n times the newest. Every n steps both sums start afresh from
/// sums that nothing was subtracted from, as in `RunningSum`: rounding never adds up for longer than n steps.
struct MovingWeightedSum<Number: IndicatorNumber> {
  private var sum = Number.zero
  private var weighted = Number.zero
  private var freshSum = Number.zero
  private var freshWeighted = Number.zero
  private let ring: Ring<Number>
  private let period: Int
  private let size: Double
  private var position = 0
  private var waiting: Int

  /// A window of n ≥ 1 values, all still to come.
  init(_ period: Int, _ memory: inout IndicatorMemory<Number>) {
    self.period = period
    size = Double(period)
    waiting = period
    ring = memory.ring(period)
  }

  /// Takes a value.
  ///
  /// - Returns: the weighted sum of the last n; nil before there are n.
  @inline(__always)
  mutating func next(_ value: Number) -> Number? {
    weighted += value * size - sum
    sum += value - ring[position]
    ring[position] = value
    position &+= 1
    freshSum += value
    freshWeighted += value * Double(position)
    if position == period {
      position = 0
      sum = freshSum
      weighted = freshWeighted
      freshSum = .zero
      freshWeighted = .zero
    }
    if waiting > 1 {
      waiting &-= 1
      return nil
    }
    return weighted
  }
}
