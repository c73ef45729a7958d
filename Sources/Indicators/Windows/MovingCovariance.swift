/// Sums of squares and products about the mean of the last n pairs of values.
///
/// By blocks and counted from the newest pair of the last block, as `MovingVariance`; as there, sums of squares that are no
/// more than rounding are 0.
struct MovingCovariance<Number: IndicatorNumber> {
  private var baseX = Number.zero
  private var baseY = Number.zero
  /// Σ(x − x̄)² of the last n pairs.
  private(set) var xx = Number.zero
  /// Σ(y − ȳ)².
  private(set) var yy = Number.zero
  /// Σ(x − x̄)(y − ȳ).
  private(set) var xy = Number.zero
  private let xs, ys, sumX, sumY, sumXX, sumYY, sumXY: Ring<Number>
  private let period: Int
  private let share: Double
  private let rounding: Double
  private var position = 0
  private var waiting: Int
  private var block = PairSums<Number>()

  /// A window of n ≥ 1 pairs, all still to come.
  init(_ period: Int, _ memory: inout IndicatorMemory<Number>) {
    self.period = period
    waiting = period
    share = 1 / Double(period)
    rounding = Double(period) * 0x1p-52
    xs = memory.ring(period)
    ys = memory.ring(period)
    // One slot more: the empty end of a block.
    sumX = memory.ring(period + 1)
    sumY = memory.ring(period + 1)
    sumXX = memory.ring(period + 1)
    sumYY = memory.ring(period + 1)
    sumXY = memory.ring(period + 1)
  }

  /// Takes a pair.
  ///
  /// - Returns: whether there are n: only then are there figures.
  @inline(__always)
  mutating func take(_ x: Number, _ y: Number) -> Bool {
    if position == period { endBlock() }
    if waiting == period {
      baseX = x
      baseY = y
    }
    xs[position] = x
    ys[position] = y
    position &+= 1
    block.add(x - baseX, y - baseY)
    if waiting > 1 {
      waiting &-= 1
      return false
    }
    let (totalX, totalY) = (sumX[position] + block.x, sumY[position] + block.y)
    let (meanX, meanY) = (totalX * share, totalY * share)
    xx = square(sumXX[position] + block.xx, less: totalX * meanX)
    yy = square(sumYY[position] + block.yy, less: totalY * meanY)
    xy = sumXY[position] + block.xy - totalX * meanY
    return true
  }

  @inline(__always)
  private func square(_ raw: Number, less mean: Number) -> Number {
    let spread = raw - mean
    return select(spread .> raw * rounding, spread, .zero)
  }

  @inline(__always)
  private mutating func endBlock() {
    baseX = xs[period &- 1]
    baseY = ys[period &- 1]
    var suffix = PairSums<Number>()
    var index = period &- 1
    while index > 0 {
      suffix.add(xs[index] - baseX, ys[index] - baseY)
      sumX[index] = suffix.x
      sumY[index] = suffix.y
      sumXX[index] = suffix.xx
      sumYY[index] = suffix.yy
      sumXY[index] = suffix.xy
      index &-= 1
    }
    position = 0
    block = PairSums()
  }
}

/// Sums of pairs, their squares and their products.
private struct PairSums<Number: IndicatorNumber> {
  var x = Number.zero
  var y = Number.zero
  var xx = Number.zero
  var yy = Number.zero
  var xy = Number.zero

  @inline(__always)
  mutating func add(_ newX: Number, _ newY: Number) {
    x += newX
    y += newY
    xx += newX * newX
    yy += newY * newY
    xy += newX * newY
  }
}
