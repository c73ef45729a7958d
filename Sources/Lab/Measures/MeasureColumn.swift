import Trading

/// A column of the outcomes as a measure names it: those of recovery are of the study's level.
package enum MeasureColumn: Sendable, Hashable {
  case outcome(OutcomeColumn)
  case recovery(RecoveryColumn)

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

  /// The column in the store.
  func column(_ level: RecoveryLevel) -> OutcomeColumn {
    switch self {
    case .outcome(let column): column
    case .recovery(let column): .fact(column.fact(at: level))
    }
  }
}

/// A column of recovery, whatever the level.
package enum RecoveryColumn: Sendable, Hashable, CaseIterable {
  case state, impairedStep, recoveryStep

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

/// The levels of recovery that outcomes are kept for.
package enum RecoveryLevel: Double, Sendable, Hashable, Codable, CaseIterable {
  /// 95 % of the reference equity.
  case most = 0.95
  /// All of the reference equity.
  case all = 1
}
