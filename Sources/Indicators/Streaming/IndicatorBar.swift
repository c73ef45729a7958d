import Lanes

/// One bar in each lane: what an indicator sees of a step.
@frozen
package struct IndicatorBar<Number: IndicatorNumber>: Sendable {
  /// The first price.
  package var open: Number
  /// The highest price.
  package var high: Number
  /// The lowest price.
  package var low: Number
  /// The last price.
  package var close: Number
  /// What was traded.
  package var volume: Number

  /// A bar.
  @inline(__always)
  package init(open: Number, high: Number, low: Number, close: Number, volume: Number) {
    self.open = open
    self.high = high
    self.low = low
    self.close = close
    self.volume = volume
  }
}

/// One bar of each of eight paths.
package typealias LaneBar = IndicatorBar<Lanes>
