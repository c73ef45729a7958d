import Foundation
import MarketData

/// What a stretch of bars is measured by, so that a market can be held against the one that an agent was trained on. All but the
/// volume are of logarithms of prices, so that the price itself does not count.
package enum WindowMeasure: String, Sendable, CaseIterable {
  /// Root mean square of the log returns from close to close, a bar.
  case volatility
  /// Volatility a bar by highs and lows: the root of the mean of ln(high/low)² over 4 ln 2 (Parkinson 1980, J. Business 53(1)).
  case range
  /// The largest |log return|.
  case largestMove
  /// The mean volume of a bar.
  case volume

  /// In words.
  package var words: String {
    switch self {
    case .volatility: "volatility"
    case .range: "volatility by highs and lows"
    case .largestMove: "largest move"
    case .volume: "volume"
    }
  }
}

/// Bars as what is measured of them, one element a bar; a measure that the bars do not have is empty.
package struct BarMoves: Sendable {
  /// Squares of log returns.
  private var squares: [Double] = []
  /// Squares of ln(high/low).
  private var ranges: [Double] = []
  private var volumes: [Double] = []

  /// How many bars are measured.
  package var count: Int { squares.count }

  /// The moves of bars one after another; the first bar gives the close that the second one starts from.
  ///
  /// - Parameter hasVolume: whether volumes count.
  package init(_ bars: some Sequence<Bar>, hasVolume: Bool = true) {
    var before: Double?
    for bar in bars {
      defer { before = bar.close }
      guard let before else { continue }
      let (move, range) = (log(bar.close / before), log(bar.high / bar.low))
      squares.append(move * move)
      ranges.append(range * range)
      volumes.append(bar.volume)
    }
    if ranges.contains(where: \.isNaN) { ranges = [] }
    if !hasVolume || volumes.contains(where: \.isNaN) { volumes = [] }
  }

  /// What can be measured of them.
  package var measures: [WindowMeasure] {
    WindowMeasure.allCases.filter { measure in
      switch measure {
      case .volatility, .largestMove: true
      case .range: !ranges.isEmpty
      case .volume: !volumes.isEmpty
      }
    }
  }

  /// A measure of every stretch of so many bars, in the order of their first bars.
  package func values(_ measure: WindowMeasure, bars: Int) -> [Double] {
    switch measure {
    case .volatility: Self.means(squares, bars).map { $0.squareRoot() }
    case .range: Self.means(ranges, bars).map { ($0 / (4 * log(2))).squareRoot() }
    case .volume: Self.means(volumes, bars)
    case .largestMove: Self.largest(squares, bars).map { $0.squareRoot() }
    }
  }

  /// Means of all stretches, each summed for itself: a sum that is carried along would keep a rest of what has left it.
  private static func means(_ values: [Double], _ bars: Int) -> [Double] {
    guard values.count >= bars else { return [] }
    return (0...values.count - bars).map { first in
      var sum = 0.0
      for index in first..<first + bars { sum += values[index] }
      return sum / Double(bars)
    }
  }

  /// The largest of all stretches, by a queue of those that may still be it.
  private static func largest(_ values: [Double], _ bars: Int) -> [Double] {
    var (queue, head, found) = ([Int](), 0, [Double]())
    for index in values.indices {
      while queue.count > head, values[queue[queue.count - 1]] <= values[index] { queue.removeLast() }
      queue.append(index)
      if queue[head] + bars <= index { head += 1 }
      if index + 1 >= bars { found.append(values[queue[head]]) }
    }
    return found
  }
}
