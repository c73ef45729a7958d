/// Where a value lies between the lowest low and the highest high of the last n: %K, in percent.
///
/// 100 (close − lowest) / (highest − lowest); 0 where they are closer than 10⁻¹², as in TA-Lib.
struct StochasticPosition<Number: IndicatorNumber> {
  private var range: MovingRange<Number>

  /// A window of n ≥ 1 values.
  init(_ period: Int, _ memory: inout IndicatorMemory<Number>) { range = MovingRange(period, &memory) }

  /// Takes a value with its high and low.
  ///
  /// - Returns: its place in 0…100; nil before n values.
  @inline(__always)
  mutating func next(_ value: Number, high: Number, low: Number) -> Number? {
    guard range.take(high: high, low: low) else { return nil }
    let size = range.highest - range.lowest
    return select(size .< 1e-12, .zero, (value - range.lowest) * 100 / size)
  }
}
