import Trading

/// A column of the store as a measure names it: those of recovery are of the study's level.
package enum MeasureColumn: Sendable, Hashable {
  /// A column of the store, by its own name.
  case outcome(OutcomeColumn)
  /// A column of recovery at the level that the study names.
  case recovery(RecoveryColumn)
  /// A column of what the closes add up to, which is there where the horizon is a quarter of a year or more.
  case performance(PerformanceColumn)

  /// A column that is one of its kind.
  package static func fact(_ fact: OutcomeFact) -> MeasureColumn { .outcome(.fact(fact)) }

  /// The columns of the costs that are asked for, in both windows.
  package static func costs(_ isWanted: (CostTerm) -> Bool) -> [MeasureColumn] {
    CostWindow.allCases.flatMap { window in
      CostTerm.allCases.filter(isWanted).map { .outcome(.cost($0, window)) }
    }
  }

  /// The columns of a traded notional, in both windows.
  package static func notionals(_ notional: TradedNotional) -> [MeasureColumn] {
    CostWindow.allCases.map { .outcome(.notional(notional, $0)) }
  }

  /// The column in the table of outcomes; nil of performance, which has a table of its own.
  func column(_ level: RecoveryLevel) -> OutcomeColumn? {
    switch self {
    case .outcome(let column): column
    case .recovery(let column): .fact(column.fact(at: level))
    case .performance: nil
    }
  }

  /// The column in the table of performance; nil of any other.
  var performance: PerformanceColumn? {
    if case .performance(let column) = self { column } else { nil }
  }
}

/// A column of recovery, whatever the level.
package enum RecoveryColumn: Sendable, Hashable, CaseIterable {
  /// What came first; the raw value of a `RecoveryState`.
  case state
  /// The step at whose close the desk was impaired; −1 is never.
  case impairedStep
  /// The step at whose close it had recovered; −1 is never.
  case recoveryStep

  /// The outcome's column for a level.
  func fact(at level: RecoveryLevel) -> OutcomeFact {
    switch (self, level) {
    case (.state, .most): .state95
    case (.state, .all): .state100
    case (.impairedStep, .most): .impairedStep95
    case (.impairedStep, .all): .impairedStep100
    case (.recoveryStep, .most): .recoveryStep95
    case (.recoveryStep, .all): .recoveryStep100
    }
  }
}
