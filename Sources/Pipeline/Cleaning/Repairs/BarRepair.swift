import Documents

/// A change of bars that somebody may ask for; nothing is changed that was not asked for.
///
/// A new one is one new file here and one line in `BarRepairs.all`.
package protocol BarRepair: Sendable {
  /// What it is asked for with: `drop` or `fix`, and the name of the check whose findings it sees to.
  var verb: String { get }
  /// The name of the check.
  var name: String { get }
  /// What it does, in one line.
  var summary: String { get }
  /// Changes rows.
  ///
  /// - Returns: each change.
  func apply(to rows: inout BarRows) -> [Change]
}

/// All repairs.
package enum BarRepairs {
  /// In the order in which they are applied: each sees what those before it have left.
  package static let all: [any BarRepair] = [
    RowRemoval(UnreadableRows(), "drops rows without a time or with fields that are no numbers"),
    RowRemoval(NonPositivePrices(), "drops rows with prices that are zero or negative"),
    RowRemoval(DuplicateRows(), "drops all but the first of the rows of a moment"),
    OrderRepair(),
    RowRemoval(Spikes(), "drops bars that leave their neighbours and come back"),
    RowRemoval(ImpossibleBars(), "drops rows whose high and low do not enclose their prices, or of negative volume"),
    RangeRepair(),
    SplitRepair(),
  ]
}
