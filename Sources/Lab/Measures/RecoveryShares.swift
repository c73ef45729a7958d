import Statistics
import Trading

extension Measures {
  /// What happened first to each path.
  package struct RecoveryShares: Measure {
    /// Its key in `summary.json`.
    package let name = "recoveryStates"
    /// As headings and figures of the page call it.
    package let title = "states of recovery"
    /// Shares of all paths.
    package let unit = MeasureUnit.fraction
    /// As `stresslab list measures` and the page define it.
    package let definition = "shares unimpaired, recovered, ruined and unresolved, which add up to one"
    /// What came first.
    package let columns: [MeasureColumn] = [.recovery(.state)]

    /// There is nothing to set.
    package init() {}

    /// The interval of a share for each. Never nil.
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
