/// What happened to one desk on one path: one row in the store.
package struct OutcomeRow: Sendable {
  /// The path's number.
  package let path: Int64
  /// The clone of the path that splitting made; 0 without splitting.
  package let clone: Int32
  /// The desk's index in the study's fixed order.
  package let desk: Int32
  /// In the order of `OutcomeColumn.all`; whole numbers are exact.
  package private(set) var values: [Double]

  /// A row of zeros.
  package init(path: Int64, clone: Int32 = 0, desk: Int32) {
    self.path = path
    self.clone = clone
    self.desk = desk
    values = Array(repeating: 0, count: OutcomeColumn.all.count)
  }

  /// The value of a column.
  package subscript(column: OutcomeColumn) -> Double {
    @inline(__always) get { values[column.place] }
    @inline(__always) set { values[column.place] = newValue }
  }

  /// The value of a column that is one of its kind.
  package subscript(fact: OutcomeFact) -> Double {
    @inline(__always) get { self[OutcomeColumn.fact(fact)] }
    @inline(__always) set { self[OutcomeColumn.fact(fact)] = newValue }
  }

  /// A cost in quote currency.
  package subscript(term: CostTerm, window: CostWindow) -> Double {
    @inline(__always) get { self[OutcomeColumn.cost(term, window)] }
    @inline(__always) set { self[OutcomeColumn.cost(term, window)] = newValue }
  }

  /// Traded notional in quote currency.
  package subscript(notional: TradedNotional, window: CostWindow) -> Double {
    @inline(__always) get { self[OutcomeColumn.notional(notional, window)] }
    @inline(__always) set { self[OutcomeColumn.notional(notional, window)] = newValue }
  }

  /// What happened first, for the level 0.95 or 1.
  package func recoveryState(_ fact: OutcomeFact) -> RecoveryState {
    RecoveryState(rawValue: Int(self[fact])) ?? .unimpaired
  }

  /// Why the desk was ruined.
  package var cause: RuinCause { RuinCause(rawValue: Int(self[.cause])) ?? .none }
}
