/// Wilder's average of the directional movement index: what ADX and ADXR are.
///
/// It starts as the mean of the first n indices; one that is 0/0 counts 0 there and leaves the average as it is later.
struct DirectionalAverage<Number: IndicatorNumber> {
  private var average = Number.zero
  private var sums: DirectionalSums<Number>
  private let period: Double
  private var waiting: Int

  /// An average over n ≥ 2 bars.
  init(_ period: Int) {
    sums = DirectionalSums(period)
    self.period = Double(period)
    waiting = period
  }

  /// Takes a bar.
  ///
  /// - Returns: the average in 0…100; nil for the first 2n − 1 bars.
  @inline(__always)
  mutating func next(_ bar: IndicatorBar<Number>) -> Number? {
    guard sums.take(bar) else { return nil }
    let (index, hasIndex) = (sums.index, sums.hasIndex)
    if waiting == 0 {
      let next = average * ((period - 1) / period) + index * (1 / period)
      average = select(hasIndex, next, average)
      return average
    }
    waiting &-= 1
    average += select(hasIndex, index, .zero)
    guard waiting == 0 else { return nil }
    average = average / period
    return average
  }
}
