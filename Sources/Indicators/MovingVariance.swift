/// Mean and population variance of the last n values.
///
/// By blocks, as `MovingSum`. Values count from the newest value of the last block, so that the squares are those of moves
/// and not of prices: mean square less squared mean loses no digits to the height of the price, and is never negative.
/// TA-Lib subtracts running sums of squared prices: where prices are 100 and move by 10⁻⁵, no digit of its variance is
/// right.
struct MovingVariance<Number: IndicatorNumber>: ~Copyable {
  private let values: Ring<Number>
  private let sums: Ring<Number>
  private let squares: Ring<Number>
  private let period: Int
  private let share: Double
  private var position = 0
  private var base = Number.zero
  private var sum = Number.zero
  private var square = Number.zero
  private var isFull = false

  /// A window of n ≥ 1 values, all still to come.
  init(_ period: Int) {
    self.period = period
    share = 1 / Double(period)
    values = Ring(period)
    sums = Ring(period + 1)
    squares = Ring(period + 1)
  }

  /// Takes a value.
  ///
  /// - Returns: mean and variance of the last n; nil before there are n.
  @inline(__always)
  mutating func next(_ value: Number) -> (mean: Number, variance: Number)? {
    if !isFull, position == 0 { base = value }
    values[position] = value
    position &+= 1
    let height = value - base
    sum += height
    square += height * height
    let mean = (sums[position] + sum) * share
    let variance = max((squares[position] + square) * share - mean * mean, .zero)
    let figures = (mean + base, variance)
    if position == period {
      endBlock()
      return figures
    }
    return isFull ? figures : nil
  }

  @inline(__always)
  private mutating func endBlock() {
    base = values[period &- 1]
    var (suffix, squareSuffix) = (Number.zero, Number.zero)
    for index in stride(from: period - 1, to: 0, by: -1) {
      let height = values[index] - base
      suffix += height
      squareSuffix += height * height
      sums[index] = suffix
      squares[index] = squareSuffix
    }
    position = 0
    sum = .zero
    square = .zero
    isFull = true
  }
}
