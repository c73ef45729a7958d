/// An exponential average, the average of that average, and the average of that one; each starts with the first figure of
/// the one before it. TEMA, TRIX and T3 are made of it.
///
/// Kept as sums of values that fade: S ← k S + x with k = 1 − s, of which the average is s S, the average of the average
/// s² S₂ and so on: a product less a step and average than a ← k a + s x.
struct ExponentialTriple<Number: IndicatorNumber> {
  private var firstSum = Number.zero
  private var secondSum = Number.zero
  private var thirdSum = Number.zero
  private let kept: Double
  private let share, shareSquared, shareCubed: Double
  private let period: Int
  /// How many of the three have started, and the values that the next one waits for.
  private var running = 0
  private var waiting: Int

  /// Averages over n ≥ 1 values each.
  init(_ period: Int) {
    self.period = period
    waiting = period
    share = 2 / (Double(period) + 1)
    shareSquared = share * share
    shareCubed = share * share * share
    kept = 1 - share
  }

  /// The average.
  @inline(__always)
  var first: Number { firstSum * share }

  /// The average of the first.
  @inline(__always)
  var second: Number { secondSum * shareSquared }

  /// The average of the second.
  @inline(__always)
  var third: Number { thirdSum * shareCubed }

  /// Takes a value.
  ///
  /// - Returns: whether there are all three: not so for the first 3 (n − 1) values.
  @inline(__always)
  mutating func take(_ value: Number) -> Bool {
    if running < 3 { return start(value) }
    firstSum = firstSum * kept + value
    secondSum = secondSum * kept + firstSum
    thirdSum = thirdSum * kept + secondSum
    return true
  }

  /// Takes a value while not all averages run; the sum of a waiting average does not fade yet.
  private mutating func start(_ value: Number) -> Bool {
    var value = value
    if running > 0 {
      firstSum = firstSum * kept + value
      value = firstSum
    }
    if running > 1 {
      secondSum = secondSum * kept + value
      value = secondSum
    }
    // The next average may start at once with the first figure of the one before it.
    while running < 3 {
      add(value)
      waiting -= 1
      if waiting > 0 { return false }
      value = settle()
      running += 1
      waiting = period
    }
    return true
  }

  private mutating func add(_ value: Number) {
    switch running {
    case 0: firstSum += value
    case 1: secondSum += value
    default: thirdSum += value
    }
  }

  /// Makes the sum of n values one whose average is their mean.
  private mutating func settle() -> Number {
    let size = Double(period) * share
    switch running {
    case 0:
      firstSum = firstSum / size
      return firstSum
    case 1:
      secondSum = secondSum / size
      return secondSum
    default:
      thirdSum = thirdSum / size
      return thirdSum
    }
  }
}
