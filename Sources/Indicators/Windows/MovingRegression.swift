/// The least-squares line through the last n values.
///
/// With x = 0 for the oldest value: slope = Σ(x − x̄)y / Σ(x − x̄)², from the sum and the weighted sum of the window. Values
/// count from the newest of n steps ago, so that the sums stay as small as the moves that they are about. Every n steps the
/// sums start afresh from sums that nothing was subtracted from, as in `RunningSum`.
struct MovingRegression<Number: IndicatorNumber> {
  private var base = Number.zero
  private var sum = Number.zero
  private var weighted = Number.zero
  private var freshSum = Number.zero
  private var freshWeighted = Number.zero
  /// The rise a step.
  private(set) var slope = Number.zero
  /// The height half-way.
  private var mean = Number.zero
  private let ring: Ring<Number>
  private let period: Int
  private let size: Double
  private let centre: Double
  private let share: Double
  private var position = 0
  private var waiting: Int

  /// A window of n ≥ 2 values, all still to come.
  init(_ period: Int, _ memory: inout IndicatorMemory<Number>) {
    self.period = period
    waiting = period
    ring = memory.ring(period)
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
    if waiting == period { base = value }
    let height = value - base
    weighted += height * size - sum
    sum += value - ring[position]
    ring[position] = value
    position &+= 1
    freshSum += height
    freshWeighted += height * Double(position)
    if position == period { startAfresh(value) }
    if waiting > 1 {
      waiting &-= 1
      return false
    }
    // Weights are x + 1: Σ(x − x̄)y = Σwy − (x̄ + 1) Σy.
    slope = (weighted - sum * (centre + 1)) * share
    mean = sum * (1 / size) + base
    return true
  }

  @inline(__always)
  private mutating func startAfresh(_ value: Number) {
    let rise = value - base
    base = value
    sum = freshSum - rise * size
    weighted = freshWeighted - rise * (size * (size + 1) / 2)
    position = 0
    freshSum = .zero
    freshWeighted = .zero
  }
}
