/// An exponential average, the average of that average, and the average of that one; each starts with the first figure of
/// the one before it. TEMA, TRIX and T3 are made of it.
struct ExponentialTriple<Number: IndicatorNumber> {
  /// The average.
  private(set) var first = Number.zero
  /// The average of the first.
  private(set) var second = Number.zero
  /// The average of the second.
  private(set) var third = Number.zero
  private let share: Double
  private let kept: Double
  private let period: Int
  /// How many of the three have started, and the values that the next one waits for.
  private var running = 0
  private var waiting: Int

  /// Averages over n ≥ 1 values each.
  init(_ period: Int) {
    self.period = period
    waiting = period
    share = 2 / (Double(period) + 1)
    kept = 1 - share
  }

  /// Takes a value.
  ///
  /// - Returns: whether there are all three: not so for the first 3 (n − 1) values.
  @inline(__always)
  mutating func take(_ value: Number) -> Bool {
    if running < 3 { return start(value) }
    first = first * kept + value * share
    second = second * kept + first * share
    third = third * kept + second * share
    return true
  }

  /// Takes a value while not all averages run; a waiting average is the sum of its values so far.
  private mutating func start(_ value: Number) -> Bool {
    var value = value
    if running > 0 {
      first = first * kept + value * share
      value = first
    }
    if running > 1 {
      second = second * kept + value * share
      value = second
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
    case 0: first += value
    case 1: second += value
    default: third += value
    }
  }

  private mutating func settle() -> Number {
    switch running {
    case 0:
      first = first / Double(period)
      return first
    case 1:
      second = second / Double(period)
      return second
    default:
      third = third / Double(period)
      return third
    }
  }
}
