/// The sum of the last n values, without drift.
///
/// Time is cut into blocks of n. A window is the end of one block and the beginning of the next: its sum is a sum of
/// suffixes, made once a block from back to front, plus the sum of the block so far. Nothing is ever subtracted, so
/// the error is that of adding n numbers, however long the series, and the sum of zeros is 0 (a running sum keeps a
/// trace of every value that it ever held). Three additions a step on average, the same in one lane and in many.
///
/// Source: the blocks of van Herk (1992), Pattern Recognition Letters 13(7), with addition for the maximum.
struct MovingSum<Number: IndicatorNumber> {
  private var block = Number.zero
  /// Values of this block before `position`; from there on, sums of the last block from that value to its end.
  private let ring: Ring<Number>
  private let period: Int
  private var position = 0
  private var waiting: Int

  /// A window of n ≥ 1 values, all still to come.
  init(_ period: Int, _ memory: inout IndicatorMemory<Number>) {
    self.period = period
    waiting = period
    // One slot more: the empty end of a block.
    ring = memory.ring(period + 1)
  }

  /// Takes a value.
  ///
  /// - Returns: the sum of the last n; nil before there are n.
  @inline(__always)
  mutating func next(_ value: Number) -> Number? {
    if position == period { endBlock() }
    ring[position] = value
    position &+= 1
    block += value
    if waiting > 1 {
      waiting &-= 1
      return nil
    }
    return ring[position] + block
  }

  @inline(__always)
  private mutating func endBlock() {
    var suffix = Number.zero
    var index = period &- 1
    while index > 0 {
      suffix += ring[index]
      ring[index] = suffix
      index &-= 1
    }
    position = 0
    block = .zero
  }
}
