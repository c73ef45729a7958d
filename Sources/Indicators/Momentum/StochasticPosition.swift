/// Where a value lies between the lowest low and the highest high of the last n: %K, in percent.
///
/// 100 (close − lowest) / (highest − lowest); 0 where there is no range between them.
struct StochasticPosition<Number: IndicatorNumber> {
  private var range: MovingRange<Number>
  private let nothing: Double

  /// A window of n ≥ 1 values.
  ///
  /// - Parameter nothing: the largest range that is none. 0 for prices, whose range is exact; more for figures that are
  ///   never under rounding.
  init(_ period: Int, nothing: Double = 0, _ memory: inout IndicatorMemory<Number>) {
    range = MovingRange(period, &memory)
    self.nothing = nothing
  }

  /// Takes a value with its high and low.
  ///
  /// - Returns: its place in 0…100; nil before n values.
  @inline(__always)
  mutating func next(_ value: Number, high: Number, low: Number) -> Number? {
    guard range.take(high: high, low: low) else { return nil }
    let size = range.highest - range.lowest
    return select(size .> nothing, (value - range.lowest) * 100 / size, .zero)
  }
}
