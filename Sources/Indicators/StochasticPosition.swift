/// Where a value lies between the lowest low and the highest high of the last n: %K, in percent.
///
/// 100 (close − lowest) / (highest − lowest); 0 where they are closer than 10⁻¹², as in TA-Lib.
struct StochasticPosition<Number: IndicatorNumber>: ~Copyable {
  private var highest: MovingExtreme<Number, Highest>
  private var lowest: MovingExtreme<Number, Lowest>

  /// A window of n ≥ 1 values.
  init(_ period: Int) {
    highest = MovingExtreme(period)
    lowest = MovingExtreme(period)
  }

  /// Takes a value with its high and low.
  ///
  /// - Returns: its place in 0…100; nil before n values.
  @inline(__always)
  mutating func next(_ value: Number, high: Number, low: Number) -> Number? {
    let (highest, lowest) = (highest.next(high), lowest.next(low))
    guard let highest, let lowest else { return nil }
    let range = highest - lowest
    return select(range .< 1e-12, .zero, (value - lowest) * 100 / range)
  }
}
