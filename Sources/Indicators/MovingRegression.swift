/// The least-squares line through the last n values.
///
/// With x = 0 for the oldest value: slope = (n Σxy − Σx Σy) / (n Σx² − (Σx)²), from `MovingWeightedSum`. Values count from
/// the newest value of the last block, so that the sums stay as small as the moves they are about, and the slope of a
/// straight line at any height is right to rounding.
struct MovingRegression<Number: IndicatorNumber>: ~Copyable {
  private let values: Ring<Number>
  private let sums: Ring<Number>
  private let weighted: Ring<Number>
  private let period: Int
  private let size: Double
  private let centre: Double
  private let share: Double
  private var position = 0
  private var waiting: Int
  private var base = Number.zero
  private var sum = Number.zero
  private var weightedSum = Number.zero
  /// The rise a step.
  private(set) var slope = Number.zero
  /// The height half-way.
  private var mean = Number.zero

  /// A window of n ≥ 2 values, all still to come.
  init(_ period: Int) {
    self.period = period
    waiting = period
    values = Ring(period)
    // One slot more: the empty end of a block.
    sums = Ring(period + 1)
    weighted = Ring(period + 1)
    size = Double(period)
    centre = (size - 1) / 2
    share = 12 / (size * (size * size - 1))
  }

  /// The height at the oldest value.
  @inline(__always)
  var oldest: Number { mean - slope * centre }

  /// The height at the newest value.
  @inline(__always)
  var newest: Number { mean + slope * centre }

  /// Takes a value.
  ///
  /// - Returns: whether there are n: only then is there a line.
  @inline(__always)
  mutating func take(_ value: Number) -> Bool {
    if position == period { endBlock() }
    if waiting == period { base = value }
    values[position] = value
    position &+= 1
    let count = Double(position)
    let height = value - base
    sum += height
    weightedSum += height * count
    if waiting > 1 {
      waiting &-= 1
      return false
    }
    let total = sums[position] + sum
    // Weights are x + 1: Σ(x − x̄)y = Σwy − (x̄ + 1) Σy.
    let product = weighted[position] + (weightedSum + sum * (size - count))
    slope = (product - total * (centre + 1)) * share
    mean = total * (1 / size) + base
    return true
  }

  @inline(__always)
  private mutating func endBlock() {
    base = values[period &- 1]
    var (suffix, weightedSuffix) = (Number.zero, Number.zero)
    var index = period &- 1
    while index > 0 {
      suffix += values[index] - base
      weightedSuffix += suffix
      sums[index] = suffix
      weighted[index] = weightedSuffix
      index &-= 1
    }
    position = 0
    sum = .zero
    weightedSum = .zero
  }
}
