import Documents
import MarketData
import Randomness

/// How recorded rows become a path: an immutable model, whose state per tile is a `HistoryState`. All assets take the
/// same row.
///
/// A new kind is one file with its `form`, and one line in `HistoryModels.catalogue`.
package protocol HistoryModel: Sendable {
  /// Which rows of which file.
  var source: HistorySource { get }
  /// The model's state for a tile.
  func makeState(_ site: HistorySite) -> any HistoryState
  /// What is wrong with it in a market with steps of so many seconds.
  func violations(stepSeconds: Double) -> [FormViolation]
}

/// The history models that a scenario can name.
package enum HistoryModels {
  /// All of them.
  package static let catalogue = Catalogue<any HistoryModel>(
    "history",
    .entry("stationaryBootstrap", StationaryBootstrap.form, "blocks of recorded rows, of geometric length") { $0 })
}

/// Which rows of which file a history model takes.
package struct HistorySource: Sendable, Hashable {
  /// Path of a file of bars.
  package let file: String
  /// Names of the file's columns.
  package let columns: BarColumns
  /// First day whose rows are taken; nil for the file's first.
  package let from: CalendarDay?
  /// Last day whose rows are taken; nil for the file's last.
  package let to: CalendarDay?

  /// States a source.
  package init(file: String, columns: BarColumns = BarColumns(), from: CalendarDay? = nil, to: CalendarDay? = nil) {
    self.file = file
    self.columns = columns
    self.from = from
    self.to = to
  }
}

/// What a history model gets to know about where it runs.
package struct HistorySite {
  /// Number of recorded rows.
  package let rows: Int
  /// Lane groups of the tile.
  package let groups: Int
  /// Seconds in a step.
  package let stepSeconds: Double
  /// Steps before t = 0.
  package let warmupSteps: Int
  /// The scenario's random streams.
  package let streams: RandomStreams
}

/// Which row each path of a tile is at; confined to one worker.
package protocol HistoryState: AnyObject {
  /// Starts new paths before their first warm-up step. A longer warm-up must move no row of a shorter one.
  func reset(_ paths: TilePaths)
  /// Starts the same paths again.
  func restart()
  /// Writes the row of each path in one step, [group × 8 + lane]; steps come in order.
  func advance(_ step: Int, _ rows: inout ContiguousArray<Int32>)
}
