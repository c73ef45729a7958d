/// Mean and population variance of the last n values.
///
/// By blocks, as `MovingSum`. Values count from the newest value of the last block, so that the squares are those of moves
/// and not of prices: mean square less squared mean loses no digits to the height of the price. What is no more than the
/// rounding of the squares is 0: a threshold that goes with the prices, on whatever scale they are.
/// TA-Lib subtracts running sums of squared prices: where prices are 100 and move by 10⁻⁵, no digit of its variance is
/// right.
struct MovingVariance<Number: IndicatorNumber> {
  private var base = Number.zero
  private var sum = Number.zero
  private var square = Number.zero
  /// The mean of the last n values.
  private(set) var mean = Number.zero
  /// Their population variance, at least 0.
  private(set) var variance = Number.zero
  private let values: Ring<Number>
  private let sums: Ring<Number>
  private let squares: Ring<Number>
  private let period: Int
  private let share: Double
  private let rounding: Double
  private var position = 0
  private var waiting: Int

  /// A window of n ≥ 1 values, all still to come.
  init(_ period: Int, _ memory: inout IndicatorMemory<Number>) {
    self.period = period
    waiting = period
    share = 1 / Double(period)
    rounding = Double(period) * 0x1p-52
    values = memory.ring(period)
    // One slot more: the empty end of a block.
    sums = memory.ring(period + 1)
    squares = memory.ring(period + 1)
  }

  /// Takes a value.
  ///
  /// - Returns: whether there are n: only then are there figures.
  @inline(__always)
  mutating func take(_ value: Number) -> Bool {
    if position == period { endBlock() }
    if waiting == period { base = value }
    values[position] = value
    position &+= 1
    let height = value - base
    sum += height
    square += height * height
    if waiting > 1 {
      waiting &-= 1
      return false
    }
    let rise = (sums[position] + sum) * share
    let meanSquare = (squares[position] + square) * share
    let spread = meanSquare - rise * rise
    variance = select(spread .> meanSquare * rounding, spread, .zero)
    mean = rise + base
    return true
  }

  @inline(__always)
  private mutating func endBlock() {
    base = values[period &- 1]
    var (suffix, squareSuffix) = (Number.zero, Number.zero)
    var index = period &- 1
    while index > 0 {
      let height = values[index] - base
      suffix += height
      squareSuffix += height * height
      sums[index] = suffix
      squares[index] = squareSuffix
      index &-= 1
    }
    position = 0
    sum = .zero
    square = .zero
  }
}
