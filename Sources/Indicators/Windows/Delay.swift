/// The value of n steps ago.
struct Delay<Number: IndicatorNumber> {
  private let ring: Ring<Number>
  private let period: Int
  private var position = 0
  private var waiting: Int

  /// A delay of n ≥ 1 steps.
  init(_ period: Int, _ memory: inout IndicatorMemory<Number>) {
    self.period = period
    ring = memory.ring(period)
    waiting = period
  }

  /// Takes a value.
  ///
  /// - Returns: the value n steps before it; nil where there is none.
  @inline(__always)
  mutating func next(_ value: Number) -> Number? {
    let old = ring[position]
    ring[position] = value
    position = position &+ 1 == period ? 0 : position &+ 1
    if waiting == 0 { return old }
    waiting &-= 1
    return nil
  }
}
