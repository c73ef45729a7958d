import Lanes
import MarketData

/// Feature columns for all lane groups of a tile of simulated paths, advanced together: the state that one worker owns.
///
/// The indicators are the same code that serves recorded bars; one call for each distinct indicator and step.
package final class FeatureTile {
  /// The columns.
  package let columns: [FeatureColumn]
  /// The lane groups of the tile.
  package let groups: Int
  private let tiles: [IndicatorTile]
  /// The figures of each indicator: output column × lane group.
  private var figures: [[Lanes]]
  /// The indicator of each column; nil for bars and clocks.
  private let tileOfColumn: [Int?]

  /// Columns that have seen no bar.
  package init(_ columns: [FeatureColumn], groups: Int) {
    var numbers: [IndicatorCall: Int] = [:]
    var tiles: [IndicatorTile] = []
    tileOfColumn = columns.map { column in
      guard case .indicator(let call, _) = column.source else { return nil }
      if let number = numbers[call] { return number }
      numbers[call] = tiles.count
      tiles.append(call.makeTile(groups: groups))
      return tiles.count - 1
    }
    self.columns = columns
    self.groups = groups
    self.tiles = tiles
    figures = tiles.map { [Lanes](repeating: .nan, count: $0.outputs * groups) }
  }

  /// Forgets every bar.
  package func reset() {
    for tile in tiles { tile.reset() }
  }

  /// Takes the next bar of each lane group.
  ///
  /// - Parameter bars: one for each lane group.
  /// - Parameter time: the bars' time, milliseconds since 1970-01-01 UTC.
  /// - Parameter features: filled; column × lane group, `[column * groups + group]`; NaN in the look-back.
  package func step(_ bars: Span<LaneBar>, time: Int64, _ features: inout MutableSpan<Lanes>) {
    precondition(
      bars.count == groups && features.count == columns.count * groups,
      "Invariant: a bar for each lane group, and a feature for each column and lane group")
    for index in tiles.indices {
      var span = figures[index].mutableSpan
      tiles[index].step(bars, &span)
    }
    for (index, column) in columns.enumerated() {
      for group in 0..<groups {
        features[index * groups + group] =
          switch column.source {
          case .indicator(_, let output): figures[tileOfColumn[index] ?? 0][output * groups + group]
          case .clock(let clock): Lanes(clock.value(at: time))
          case .bar(let field): bars[group][field]
          }
      }
    }
  }
}

extension IndicatorBar {
  fileprivate subscript(field: BarField) -> Number {
    switch field {
    case .open: open
    case .high: high
    case .low: low
    case .close: close
    case .volume: volume
    }
  }
}
