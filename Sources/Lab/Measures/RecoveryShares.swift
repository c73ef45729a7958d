import Statistics
import Trading

extension Measures {
  /// What happened first to each path.
  package struct RecoveryShares: Measure {
    package let name = "recoveryStates"
    package let title = "states of recovery"
    package let unit = MeasureUnit.fraction
    package let definition = "shares unimpaired, recovered, ruined and unresolved, which add up to one"
    package let columns: [MeasureColumn] = [.recovery(.state)]

    package init() {}

    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> RecoveryStates? {
      func share(_ state: RecoveryState) -> Estimate {
        outcomes.share(outcomes[.state].count { $0 == Double(state.rawValue) })
      }
      return RecoveryStates(
        unimpaired: share(.unimpaired), recovered: share(.recovered), ruined: share(.ruined),
        unresolved: share(.unresolved))
    }
  }
}

extension DeskSummary {
  /// Shares unimpaired, recovered, ruined and unresolved, which add up to one.
  package var recoveryStates: RecoveryStates { measures[always: Measures.RecoveryShares()] }
}
