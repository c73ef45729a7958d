/// Wilder's average, which starts at the mean of its first n values.
///
/// a ← a (n − 1)/n + x/n, taken two steps at a time, so that a step waits only for the last but one:
/// aₜ = k² aₜ₋₂ + k xₜ₋₁/n + xₜ/n with k = (n − 1)/n. Exactly 0 on zeros.
/// Source: Wilder (1978), New Concepts in Technical Trading Systems.
struct WilderAverage<Number: IndicatorNumber> {
  private let period: Int
  private let keptTwice: Double
  private let share: Double
  private let nextShare: Double
  private var waiting: Int
  /// The average of the last step, and of the one before it.
  private var average = Number.zero
  private var older = Number.zero
  /// What the last step adds to the next average.
  private var pending = Number.zero

  /// An average over n ≥ 1 values.
  init(_ period: Int) {
    self.period = period
    let kept = Double(period - 1) / Double(period)
    keptTwice = kept * kept
    share = 1 / Double(period)
    nextShare = kept * share
    waiting = period
  }

  /// Takes a value.
  ///
  /// - Returns: the average; nil before n values.
  @inline(__always)
  mutating func next(_ value: Number) -> Number? {
    if waiting > 0 {
      waiting &-= 1
      average += value
      guard waiting == 0 else { return nil }
      average = average / Double(period)
      // There is no step before the start: its whole average is what it adds to the next.
      pending = average * (nextShare / share)
      return average
    }
    let next = older * keptTwice + (value * share + pending)
    pending = value * nextShare
    older = average
    average = next
    return next
  }
}
