/// What happened to one desk on one path: one row in the store.
package struct OutcomeRow: Sendable {
  /// The path's number.
  package let path: Int64
  /// The clone of the path that splitting made; 0 without splitting.
  package let clone: Int32
  /// The desk's index in the study's fixed order.
  package let desk: Int32
  /// By `OutcomeColumn.rawValue`; whole numbers are exact.
  package var values: InlineArray<48, Double>

  /// A row of zeros.
  package init(path: Int64, clone: Int32 = 0, desk: Int32) {
    precondition(OutcomeColumn.allCases.count == 48, "Invariant: the row has a place for each column")
    self.path = path
    self.clone = clone
    self.desk = desk
    values = InlineArray(repeating: 0)
  }

  /// The value of a column.
  package subscript(column: OutcomeColumn) -> Double {
    @inline(__always) get { values[column.rawValue] }
    @inline(__always) set { values[column.rawValue] = newValue }
  }

  /// What happened first, for the level 0.95 or 1.
  package func recoveryState(_ column: OutcomeColumn) -> RecoveryState {
    RecoveryState(rawValue: Int32(self[column])) ?? .unimpaired
  }

  /// Why the desk was ruined.
  package var cause: RuinCause { RuinCause(rawValue: Int32(self[.cause])) ?? .none }
}
