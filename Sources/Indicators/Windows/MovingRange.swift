/// The highest of the last n values of one series and the lowest of another.
///
/// By blocks, as `MovingExtreme`, both in one pass.
struct MovingRange<Number: IndicatorNumber> {
  private var blockHigh = Number(-Double.infinity)
  private var blockLow = Number(Double.infinity)
  /// The highest of the last n.
  private(set) var highest = Number.zero
  /// The lowest of the last n.
  private(set) var lowest = Number.zero
  private let highs: Ring<Number>
  private let lows: Ring<Number>
  private let period: Int
  private var position = 0
  private var waiting: Int

  /// A window of n ≥ 1 values, all still to come.
  init(_ period: Int, _ memory: inout IndicatorMemory<Number>) {
    self.period = period
    waiting = period
    // One slot more: the empty end of a block.
    highs = memory.ring(period + 1)
    lows = memory.ring(period + 1)
    highs[period] = blockHigh
    lows[period] = blockLow
  }

  /// Takes a value of each.
  ///
  /// - Returns: whether there are n: only then are there figures.
  @inline(__always)
  mutating func take(high: Number, low: Number) -> Bool {
    highs[position] = high
    lows[position] = low
    position &+= 1
    blockHigh = max(high, blockHigh)
    blockLow = min(low, blockLow)
    highest = max(blockHigh, highs[position])
    lowest = min(blockLow, lows[position])
    if position == period { endBlock() }
    if waiting > 1 {
      waiting &-= 1
      return false
    }
    return true
  }

  @inline(__always)
  private mutating func endBlock() {
    var (high, low) = (Number(-Double.infinity), Number(Double.infinity))
    var index = period &- 1
    while index > 0 {
      high = max(highs[index], high)
      low = min(lows[index], low)
      highs[index] = high
      lows[index] = low
      index &-= 1
    }
    position = 0
    blockHigh = Number(-Double.infinity)
    blockLow = Number(Double.infinity)
  }
}
