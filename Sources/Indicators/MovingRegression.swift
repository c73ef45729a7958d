/// The least-squares line through the last n values.
///
/// With x = 0 for the oldest value: slope = (n Σxy − Σx Σy) / (n Σx² − (Σx)²), from `MovingWeightedSum`. Values count from
/// the newest value of the last block, so that the sums stay as small as the moves they are about, and the slope of a
/// straight line at any height is right to rounding.
struct MovingRegression<Number: IndicatorNumber>: ~Copyable {
  /// The line: its height at the oldest and at the newest value, and its rise a step.
  struct Line {
    let oldest, newest, slope: Number
  }

  private let values: Ring<Number>
  private let sums: Ring<Number>
  private let weighted: Ring<Number>
  private let period: Int
  private var position = 0
  private var count = 0.0
  private var base = Number.zero
  private var sum = Number.zero
  private var weightedSum = Number.zero
  private var isFull = false
  private let size: Double
  private let centre: Double
  private let share: Double

  /// A window of n ≥ 2 values, all still to come.
  init(_ period: Int) {
    self.period = period
    values = Ring(period)
    sums = Ring(period + 1)
    weighted = Ring(period + 1)
    size = Double(period)
    centre = (size - 1) / 2
    share = 12 / (size * (size * size - 1))
  }

  /// Takes a value.
  ///
  /// - Returns: the line through the last n; nil before there are n.
  @inline(__always)
  mutating func next(_ value: Number) -> Line? {
    if !isFull, position == 0 { base = value }
    values[position] = value
    position &+= 1
    count += 1
    let height = value - base
    sum += height
    weightedSum += height * count
    let line = line(sums[position] + sum, weighted[position] + (weightedSum + sum * (size - count)))
    if position == period {
      endBlock()
      return line
    }
    return isFull ? line : nil
  }

  @inline(__always)
  private func line(_ sum: Number, _ weighted: Number) -> Line {
    // Weights are x + 1: Σ(x − x̄)y = Σwy − (x̄ + 1) Σy.
    let slope = (weighted - sum * (centre + 1)) * share
    let mean = sum / size + base
    return Line(oldest: mean - slope * centre, newest: mean + slope * centre, slope: slope)
  }

  @inline(__always)
  private mutating func endBlock() {
    base = values[period &- 1]
    var (suffix, weightedSuffix) = (Number.zero, Number.zero)
    for index in stride(from: period - 1, to: 0, by: -1) {
      suffix += values[index] - base
      weightedSuffix += suffix
      sums[index] = suffix
      weighted[index] = weightedSuffix
    }
    position = 0
    count = 0
    sum = .zero
    weightedSum = .zero
    isFull = true
  }
}
