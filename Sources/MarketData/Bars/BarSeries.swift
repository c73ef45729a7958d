/// What happened to one asset between two moments.
package struct Bar: Sendable, Hashable {
  /// When it was recorded: milliseconds since 1970-01-01 UTC.
  package let time: Int64
  /// The first price.
  package let open: Double
  /// The highest price, at least open and close.
  package let high: Double
  /// The lowest price, at most open and close.
  package let low: Double
  /// The last price.
  package let close: Double
  /// What was traded, in units of the asset at these prices.
  package let volume: Double

  /// A bar.
  package init(time: Int64, open: Double, high: Double, low: Double, close: Double, volume: Double) {
    self.time = time
    self.open = open
    self.high = high
    self.low = low
    self.close = close
    self.volume = volume
  }
}

/// The bars of one asset in the order of time, as columns of the same length.
package struct BarSeries: Sendable, Hashable {
  /// Milliseconds since 1970-01-01 UTC, strictly increasing.
  package private(set) var time: [Int64] = []
  /// First prices, above 0.
  package private(set) var open: [Double] = []
  /// Highest prices, at least open and close.
  package private(set) var high: [Double] = []
  /// Lowest prices, above 0 and at most open and close.
  package private(set) var low: [Double] = []
  /// Last prices, above 0.
  package private(set) var close: [Double] = []
  /// What was traded, in units of the asset at these prices, at least 0.
  package private(set) var volume: [Double] = []

  /// No bars.
  package init() {}

  /// The number of bars.
  package var count: Int { time.count }

  /// One bar.
  package subscript(index: Int) -> Bar {
    Bar(
      time: time[index], open: open[index], high: high[index], low: low[index], close: close[index],
      volume: volume[index])
  }

  /// The bar of a moment, or nil.
  package func index(of moment: Int64) -> Int? {
    var (low, high) = (0, time.count)
    while low < high {
      let middle = (low + high) / 2
      if time[middle] < moment { low = middle + 1 } else { high = middle }
    }
    return low < time.count && time[low] == moment ? low : nil
  }

  /// Adds a bar after the others.
  package mutating func append(_ bar: Bar) {
    time.append(bar.time)
    open.append(bar.open)
    high.append(bar.high)
    low.append(bar.low)
    close.append(bar.close)
    volume.append(bar.volume)
  }
}
