/// The sum of the last n values and their sum weighted 1, 2, … n, the newest heaviest; without drift.
///
/// By blocks, as `MovingSum`: a value's weight within the end of a block grows by one with each value before it, so the
/// weighted sum of an end is the sum of the sums of the shorter ends. Nothing is subtracted.
struct MovingWeightedSum<Number: IndicatorNumber>: ~Copyable {
  /// Values of this block before `position`; from there on, sums and weighted sums of the last block's ends.
  private let sums: Ring<Number>
  private let weighted: Ring<Number>
  private let period: Int
  private var position = 0
  private var count = 0.0
  private var sum = Number.zero
  private var weightedSum = Number.zero
  private var isFull = false

  /// A window of n ≥ 1 values, all still to come.
  init(_ period: Int) {
    self.period = period
    sums = Ring(period + 1)
    weighted = Ring(period + 1)
  }

  /// Takes a value.
  ///
  /// - Returns: the sum of the last n and their weighted sum; nil before there are n.
  @inline(__always)
  mutating func next(_ value: Number) -> (sum: Number, weighted: Number)? {
    sums[position] = value
    position &+= 1
    count += 1
    sum += value
    weightedSum += value * count
    if position == period { return endBlock() }
    guard isFull else { return nil }
    return (sums[position] + sum, weighted[position] + (weightedSum + sum * (Double(period) - count)))
  }

  @inline(__always)
  private mutating func endBlock() -> (sum: Number, weighted: Number) {
    let whole = (sum, weightedSum)
    var (suffix, weightedSuffix) = (Number.zero, Number.zero)
    for index in stride(from: period - 1, to: 0, by: -1) {
      suffix += sums[index]
      weightedSuffix += suffix
      sums[index] = suffix
      weighted[index] = weightedSuffix
    }
    position = 0
    count = 0
    sum = .zero
    weightedSum = .zero
    isFull = true
    return whole
  }
}
