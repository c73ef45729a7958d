/// The sum of the last n values, without drift.
///
/// Time is cut into blocks of n. A window is the end of one block and the beginning of the next: its sum is a sum of
/// suffixes, made once a block from back to front, plus the sum of the block so far. Nothing is ever subtracted, so
/// the error is that of adding n numbers, however long the series (a running sum's error grows with the series). Three
/// additions a step on average, the same in one lane and in many.
///
/// Source: the two-pass blocks of van Herk (1992), Pattern Recognition Letters 13(7), with addition for the maximum.
struct MovingSum<Number: IndicatorNumber>: ~Copyable {
  /// Values of this block before `position`; from there on, sums of the last block from that value to its end.
  private let ring: Ring<Number>
  private let period: Int
  private var position = 0
  private var block = Number.zero
  private var isFull = false

  /// A window of n ≥ 1 values, all still to come.
  init(_ period: Int) {
    self.period = period
    ring = Ring(period + 1)
  }

  /// Takes a value.
  ///
  /// - Returns: the sum of the last n; nil before there are n.
  @inline(__always)
  mutating func next(_ value: Number) -> Number? {
    ring[position] = value
    block += value
    position += 1
    if position == period { return endBlock() }
    return isFull ? ring[position] + block : nil
  }

  @inline(__always)
  private mutating func endBlock() -> Number {
    let sum = block
    var suffix = Number.zero
    for index in stride(from: period - 1, to: 0, by: -1) {
      suffix += ring[index]
      ring[index] = suffix
    }
    position = 0
    block = .zero
    isFull = true
    return sum
  }
}
