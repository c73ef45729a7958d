/// The sum of the last n values weighted 1, 2, … n, the newest heaviest; without drift.
///
/// By blocks, as `MovingSum`: a value's weight within the end of a block grows by one with each value before it, so the
/// weighted sum of an end is the sum of the sums of the shorter ends. Nothing is subtracted.
struct MovingWeightedSum<Number: IndicatorNumber>: ~Copyable {
  /// Values of this block before `position`; from there on, weighted sums of the last block's ends.
  private let ring: Ring<Number>
  private let period: Int
  private let size: Double
  private var position = 0
  private var waiting: Int
  private var sum = Number.zero
  private var weighted = Number.zero

  /// A window of n ≥ 1 values, all still to come.
  init(_ period: Int) {
    self.period = period
    waiting = period
    size = Double(period)
    // One slot more: the empty end of a block.
    ring = Ring(period + 1)
  }

  /// Takes a value.
  ///
  /// - Returns: the weighted sum of the last n; nil before there are n.
  @inline(__always)
  mutating func next(_ value: Number) -> Number? {
    if position == period { endBlock() }
    ring[position] = value
    position &+= 1
    let count = Double(position)
    sum += value
    weighted += value * count
    if waiting > 1 {
      waiting &-= 1
      return nil
    }
    // Weights of this block count from 1 so far; its end is n.
    return ring[position] + (sum * (size - count) + weighted)
  }

  @inline(__always)
  private mutating func endBlock() {
    var (suffix, weightedSuffix) = (Number.zero, Number.zero)
    var index = period &- 1
    while index > 0 {
      suffix += ring[index]
      weightedSuffix += suffix
      ring[index] = weightedSuffix
      index &-= 1
    }
    position = 0
    sum = .zero
    weighted = .zero
  }
}
