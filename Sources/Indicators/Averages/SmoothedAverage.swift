/// An average in which each value fades: a ← a + s (x − a), from the mean of the first values.
///
/// Taken two steps at a time, so that a step waits only for the last but one: aₜ = k² aₜ₋₂ + k s xₜ₋₁ + s xₜ, k = 1 − s. The
/// average of zeros is exactly 0.
struct SmoothedAverage<Number: IndicatorNumber> {
  /// The average of the last step, and of the one before it.
  private var average = Number.zero
  private var older = Number.zero
  /// What the last step adds to the next average.
  private var pending = Number.zero
  private let keptTwice: Double
  private let share: Double
  private let nextShare: Double
  private let kept: Double
  private let count: Int
  private var waiting: Int

  /// An average whose newest value has a share in 0…1, from the mean of the first `count` ≥ 1 values after some that are
  /// left out.
  init(share: Double, from count: Int, skipping skipped: Int = 0) {
    kept = 1 - share
    keptTwice = kept * kept
    nextShare = kept * share
    self.share = share
    self.count = count
    waiting = skipped + count
  }

  /// Wilder's average over n ≥ 1 values: a share of 1/n, from the mean of the first n.
  ///
  /// Source: Wilder (1978), New Concepts in Technical Trading Systems.
  static func wilder(_ period: Int, skipping skipped: Int = 0) -> Self {
    Self(share: 1 / Double(period), from: period, skipping: skipped)
  }

  /// The exponential average over n ≥ 1 values: a share of 2/(n + 1), from the mean of the first n.
  static func exponential(_ period: Int) -> Self { Self(share: 2 / (Double(period) + 1), from: period) }

  /// Takes a value.
  ///
  /// - Returns: the average; nil before there are enough values.
  @inline(__always)
  mutating func next(_ value: Number) -> Number? {
    if waiting > 0 {
      if waiting <= count { average += value }
      waiting &-= 1
      guard waiting == 0 else { return nil }
      average = average / Double(count)
      // There is no step before the start: its whole average is what it adds to the next.
      pending = average * kept
      return average
    }
    let next = older * keptTwice + (value * share + pending)
    pending = value * nextShare
    older = average
    average = next
    return next
  }
}
