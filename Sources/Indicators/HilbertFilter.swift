/// Ehlers' Hilbert transformer: 0.0962 x₀ + 0.5769 x₂ − 0.5769 x₄ − 0.0962 x₆, times an adjustment for the period.
///
/// Source: Ehlers (2001), Rocket Science for Traders, chapter 6.
struct HilbertFilter<Number: IndicatorNumber>: ~Copyable {
  private let last = Ring<Number>(6)

  /// Takes a value; those before the first are 0.
  ///
  /// - Parameter place: the number of values so far, modulo 6.
  @inline(__always)
  mutating func next(_ value: Number, _ place: Int, _ adjustment: Number) -> Number {
    let two = last[place &+ 4 < 6 ? place &+ 4 : place &- 2]
    let four = last[place &+ 2 < 6 ? place &+ 2 : place &- 4]
    let six = last[place]
    last[place] = value
    return ((value - six) * 0.0962 + (two - four) * 0.5769) * adjustment
  }
}
