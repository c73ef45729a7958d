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

  /// The value of a column that is one of its kind.
  package subscript(fact: OutcomeFact) -> Double {
    @inline(__always) get { values[OutcomeColumn.fact(fact).place] }
    @inline(__always) set { values[OutcomeColumn.fact(fact).place] = newValue }
  }

  /// A cost in quote currency.
  package subscript(term: CostTerm, window: CostWindow) -> Double {
    @inline(__always) get { values[OutcomeColumn.cost(term, window).place] }
    @inline(__always) set { values[OutcomeColumn.cost(term, window).place] = newValue }
  }

  /// Traded notional in quote currency.
  package subscript(notional: TradedNotional, window: CostWindow) -> Double {
    @inline(__always) get { values[OutcomeColumn.notional(notional, window).place] }
    @inline(__always) set { values[OutcomeColumn.notional(notional, window).place] = newValue }
  }

  /// What happened first, for the level 0.95 or 1.
  package func recoveryState(_ fact: OutcomeFact) -> RecoveryState {
    RecoveryState(rawValue: Int32(self[fact])) ?? .unimpaired
  }

  /// Why the desk was ruined.
  package var cause: RuinCause { RuinCause(rawValue: Int32(self[.cause])) ?? .none }
}
