import Documents
import MarketData

/// How recorded data become paths: what a scenario's `history` names.
///
/// Most take rows of a file of bars: they are a `RowModel`, which does the rest. A new kind is one file with its `form`,
/// and one line in `HistoryModels.catalogue`.
package protocol HistoryModel: MarketModel {
  /// Reads the data.
  ///
  /// - Throws: what is wrong in them, with their own lines.
  func open() throws(Problems) -> any OpenedHistory
}

/// The data of a history model, read and waiting for the scenario's assets.
package protocol OpenedHistory: Sendable {
  /// Whether the data have volumes; where not, each asset says its own.
  var hasVolume: Bool { get }
  /// What moves the assets that have these names in the data, in this order.
  ///
  /// - Throws: an asset that is not there, steps that the data do not have; fields are those of the model.
  func movement(of names: [String], _ clock: Clock) throws(FormViolation) -> any Movement
}
