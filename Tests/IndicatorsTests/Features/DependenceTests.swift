import Indicators
import Lanes
import MarketData
import Testing

/// What a feature depends on: a changed bar changes exactly the rows that it says it looks back to.
///
/// Seen to fail for the simple averages, whose running sums remember a bar for up to n more, while these were not listed.
@Suite("What features depend on")
struct DependenceTests {
  /// Columns of classic44 that remember every bar since the first: averages by recursion, Wilder's, and sums without a
  /// window. All others look back at a window and forget what lies before it.
  static let recursive: Set<String> = [
    "EMA_10", "EMA_10_dist", "EMA_20", "EMA_20_dist", "EMA_50", "EMA_50_dist", "RSI", "ATR", "ATR_percent", "PVT",
  ]

  /// Averages over a window by a running sum, which starts afresh every n bars: until then the last digits may remember a bar
  /// that has left the window, and after it nothing does.
  static let traced: Set<String> = ["SMA_10", "SMA_10_dist", "SMA_20", "SMA_20_dist", "SMA_50", "SMA_50_dist"]

  private static let count = 300
  private static let changed = 120
  private static let columns = FeatureSet.classic44.columns

  /// A walk, and the same with another bar at one place: every price and the volume differ, so that each column has to move.
  private static func pair() -> (BarSeries, BarSeries) {
    let before = MadeBars.random.series(seed: 11, count: count)
    var after = BarSeries()
    for index in 0..<count {
      let bar = before[index]
      after.append(
        index != changed
          ? bar
          : Bar(
            time: bar.time + 3_600_000, open: bar.open * 1.013, high: bar.high * 1.21, low: bar.low * 0.83,
            close: bar.close * 1.057, volume: bar.volume * 3 + 7))
    }
    return (before, after)
  }

  @Test("before a changed bar every figure is the same, bit for bit", arguments: columns.indices)
  func isSameBefore(column: Int) {
    let (before, after) = Self.pair()
    let (old, new) = (Self.bits(column, before), Self.bits(column, after))
    #expect(old[..<Self.changed] == new[..<Self.changed], "\(Self.columns[column].name)")
  }

  @Test("the changed bar's own row is another", arguments: columns.indices)
  func isOtherThere(column: Int) {
    let (before, after) = Self.pair()
    let (old, new) = (Self.bits(column, before), Self.bits(column, after))
    // The day is the same an hour later.
    if Self.columns[column].name == "day_of_week" { return }
    #expect(old[Self.changed] != new[Self.changed], "\(Self.columns[column].name)")
  }

  @Test(
    "a windowed column moves in the rows of its look-back, and no later one, bit for bit", arguments: columns.indices)
  func isSameAfter(column: Int) {
    let feature = Self.columns[column]
    let (before, after) = Self.pair()
    let (old, new) = (Self.bits(column, before), Self.bits(column, after))
    let last = Self.changed + feature.lookBack
    let differing = (0..<Self.count).filter { old[$0] != new[$0] }
    if Self.recursive.contains(feature.name) {
      #expect((differing.last ?? 0) > last + 20, "\(feature.name) keeps on, so it is listed")
    } else if Self.traced.contains(feature.name) {
      #expect(differing.contains(last) && (differing.last ?? 0) <= last + feature.lookBack + 1, "\(feature.name)")
      let values = [before, after].map { FeatureColumn.values([feature], of: $0)[0] }
      for row in (last + 1)..<Self.count {
        #expect(
          abs(values[0][row] - values[1][row]) <= 1e-14 * max(1, abs(values[0][row])), "\(feature.name), row \(row)")
      }
    } else {
      #expect(differing.allSatisfy { $0 <= last }, "\(feature.name) is other in row \(differing.last ?? 0)")
      if feature.name != "day_of_week" { #expect(differing.last == last, "\(feature.name) ends early") }
    }
  }

  @Test("the rows of the look-back are empty, and no other is", arguments: columns.indices)
  func lookBack(column: Int) {
    let feature = Self.columns[column]
    let values = FeatureColumn.values([feature], of: Self.pair().0)[0]
    for (row, value) in values.enumerated() {
      #expect(value.isNaN == (row < feature.lookBack), "\(feature.name), row \(row)")
    }
  }

  private static func bits(_ column: Int, _ series: BarSeries) -> [UInt64] {
    FeatureColumn.values([columns[column]], of: series)[0].map { $0.isNaN ? 0 : $0.bitPattern }
  }
}
