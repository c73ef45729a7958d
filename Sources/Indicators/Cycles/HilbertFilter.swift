/// Ehlers' Hilbert transformer: 0.0962 x₀ + 0.5769 x₂ − 0.5769 x₄ − 0.0962 x₆, times an adjustment for the period.
///
/// Source: Ehlers (2001), Rocket Science for Traders, chapter 6.
struct HilbertFilter<Number: IndicatorNumber> {
  private let last: Ring<Number>

  /// A filter that has seen nothing but 0.
  init(_ memory: inout IndicatorMemory<Number>) { last = memory.ring(6) }

  /// Takes a value; those before the first are 0.
  ///
  /// The newest value comes late in a chain of filters, so it waits for nothing but itself.
  /// - Parameter place: the number of values so far, modulo 6.
  @inline(__always)
  mutating func next(_ value: Number, _ place: Int, _ adjustment: Number) -> Number {
    let two = last[place &+ 4 < 6 ? place &+ 4 : place &- 2]
    let four = last[place &+ 2 < 6 ? place &+ 2 : place &- 4]
    let six = last[place]
    last[place] = value
    return value * (adjustment * 0.0962) + ((two - four) * 0.5769 - six * 0.0962) * adjustment
  }

  /// The same for a value that is there before its adjustment: exactly 0 on equal values.
  @inline(__always)
  mutating func first(_ value: Number, _ place: Int, _ adjustment: Number) -> Number {
    let two = last[place &+ 4 < 6 ? place &+ 4 : place &- 2]
    let four = last[place &+ 2 < 6 ? place &+ 2 : place &- 4]
    let six = last[place]
    last[place] = value
    return ((value - six) * 0.0962 + (two - four) * 0.5769) * adjustment
  }
}
