/// Sums of squares and products about the mean of the last n pairs of values.
///
/// By blocks and counted from the newest pair of the last block, as `MovingVariance`.
struct MovingCovariance<Number: IndicatorNumber>: ~Copyable {
  /// Σ(x − x̄)², Σ(y − ȳ)² and Σ(x − x̄)(y − ȳ).
  struct Sums {
    let xx, yy, xy: Number
  }

  private let xs, ys, sumX, sumY, sumXX, sumYY, sumXY: Ring<Number>
  private let period: Int
  private let share: Double
  private var position = 0
  private var baseX = Number.zero
  private var baseY = Number.zero
  private var x = Number.zero
  private var y = Number.zero
  private var xx = Number.zero
  private var yy = Number.zero
  private var xy = Number.zero
  private var isFull = false

  /// A window of n ≥ 1 pairs, all still to come.
  init(_ period: Int) {
    self.period = period
    share = 1 / Double(period)
    xs = Ring(period)
    ys = Ring(period)
    sumX = Ring(period + 1)
    sumY = Ring(period + 1)
    sumXX = Ring(period + 1)
    sumYY = Ring(period + 1)
    sumXY = Ring(period + 1)
  }

  /// Takes a pair.
  ///
  /// - Returns: the sums over the last n; nil before there are n.
  @inline(__always)
  mutating func next(_ newX: Number, _ newY: Number) -> Sums? {
    if !isFull, position == 0 {
      baseX = newX
      baseY = newY
    }
    xs[position] = newX
    ys[position] = newY
    position &+= 1
    let (heightX, heightY) = (newX - baseX, newY - baseY)
    x += heightX
    y += heightY
    xx += heightX * heightX
    yy += heightY * heightY
    xy += heightX * heightY
    let (totalX, totalY) = (sumX[position] + x, sumY[position] + y)
    let (meanX, meanY) = (totalX * share, totalY * share)
    let sums = Sums(
      xx: sumXX[position] + xx - totalX * meanX, yy: sumYY[position] + yy - totalY * meanY,
      xy: sumXY[position] + xy - totalX * meanY)
    if position == period {
      endBlock()
      return sums
    }
    return isFull ? sums : nil
  }

  @inline(__always)
  private mutating func endBlock() {
    baseX = xs[period &- 1]
    baseY = ys[period &- 1]
    x = .zero
    y = .zero
    xx = .zero
    yy = .zero
    xy = .zero
    for index in stride(from: period - 1, to: 0, by: -1) {
      let (heightX, heightY) = (xs[index] - baseX, ys[index] - baseY)
      x += heightX
      y += heightY
      xx += heightX * heightX
      yy += heightY * heightY
      xy += heightX * heightY
      sumX[index] = x
      sumY[index] = y
      sumXX[index] = xx
      sumYY[index] = yy
      sumXY[index] = xy
    }
    x = .zero
    y = .zero
    xx = .zero
    yy = .zero
    xy = .zero
    position = 0
    isFull = true
  }
}
