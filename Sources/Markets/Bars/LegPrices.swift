import Lanes

/// One asset's prices in a leg of a step, on eight paths: a stretch without a joint point inside.
///
/// Between its ends the log price is a Brownian bridge whose extremes are `high` and `low`. A leg may start off the end of
/// the one before it, by a gap or a jump.
@frozen @usableFromInline
package struct LegPrices: Sendable, Equatable {
  /// The mid at its start.
  @usableFromInline package var start: Lanes
  /// Lowest mid, ends included.
  @usableFromInline package var low: Lanes
  /// Highest mid, ends included.
  @usableFromInline package var high: Lanes
  /// The mid at its end.
  @usableFromInline package var end: Lanes
  /// Standard deviation of the log price (or of the price over that at t = 0: `PriceScale`) over the leg as a free Brownian motion; not annualised.
  @usableFromInline package var deviation: Lanes

  /// States a leg.
  @inlinable @inline(__always)
  package init(start: Lanes, low: Lanes, high: Lanes, end: Lanes, deviation: Lanes) {
    self.start = start
    self.low = low
    self.high = high
    self.end = end
    self.deviation = deviation
  }

  /// The same, where the price does not move without a deviation: there is nowhere else that it could have been.
  package var still: LegPrices {
    LegPrices(start: start, low: low, high: high, end: end, deviation: select(low .< high, deviation, .zero))
  }

  /// The part of a sub-step before the arrival of orders inside it.
  @inline(__always)
  static func beforeArrival(_ bar: AssetStep, _ inside: BarInterior, _ deviation: Lanes) -> LegPrices {
    LegPrices(
      start: bar.open, low: inside.lowBefore, high: inside.highBefore, end: inside.arrival, deviation: deviation)
  }

  /// The part after it: where none arrive inside the sub-step, all of it.
  @inline(__always)
  static func afterArrival(_ bar: AssetStep, _ inside: BarInterior, _ deviation: Lanes) -> LegPrices {
    LegPrices(
      start: inside.arrival, low: inside.lowAfter, high: inside.highAfter, end: bar.close, deviation: deviation)
  }

  /// A moment.
  @inlinable @inline(__always)
  package init(at price: Lanes) {
    self.init(start: price, low: price, high: price, end: price, deviation: .zero)
  }
}
