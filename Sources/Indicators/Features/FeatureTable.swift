import Foundation
import MarketData
import Threads

/// Features of recorded bars: a row for each bar, in the order of the file.
///
/// A row has the time, as the file writes it where `BarTable.keepsTimeText` says so and else as ISO 8601 in UTC, then the
/// asset where there are several, then the columns; NaN in the look-back. It is the same whatever the number of threads.
package struct FeatureTable: Sendable {
  /// The columns in their order.
  package let columns: [FeatureColumn]
  let bars: BarTable
  let threads: Int
  /// The figures by asset, column and bar.
  let figures: [[[Double]]]
  /// For each row the number of the bar within its asset.
  let places: [Int32]

  /// The number of rows.
  package var count: Int { bars.order.count }

  /// Computes columns of all assets.
  ///
  /// The columns must need nothing that the file does not have; see `BarLayout`.
  ///
  /// - Parameter threads: how many compute and write; one for each core unless given.
  package init(_ columns: [FeatureColumn], of bars: BarTable, threads: Int? = nil) {
    self.bars = bars
    self.columns = columns
    self.threads = threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount)
    figures = FeatureColumn.values(columns, of: bars.series, threads: self.threads)
    var counts = [Int32](repeating: 0, count: bars.series.count)
    places = bars.order.map { asset in
      defer { counts[Int(asset)] += 1 }
      return counts[Int(asset)]
    }
  }

  /// Figures of some rows, row after row.
  func fill(_ rows: Range<Int>, _ figures: UnsafeMutablePointer<Double>) {
    let order = bars.series.count == 1 ? Array(rows) : rows.sorted { bars.order[$0] < bars.order[$1] }
    var rest = order[...]
    // Asset by asset and column by column, so that each array is looked up once.
    while let first = rest.first {
      let asset = bars.order[first]
      let own = bars.series.count == 1 ? rest : rest.prefix { bars.order[$0] == asset }
      for column in columns.indices {
        self.figures[Int(asset)][column].withUnsafeBufferPointer { values in
          for row in own { figures[(row - rows.lowerBound) * columns.count + column] = values[Int(places[row])] }
        }
      }
      rest = rest[own.endIndex...]
    }
  }
}
