import Statistics

/// What happened first between the start of the recovery clock and the horizon: shares of all paths, in 0…1, which add
/// up to one.
package struct RecoveryStates: MeasureValue {
  /// Never impaired, or the event never started.
  package let unimpaired: Estimate
  /// Impaired, and at a later close back at the study's level of the reference equity.
  package let recovered: Estimate
  /// Ruined before recovering; also before the event, or in the step that impaired it.
  package let ruined: Estimate
  /// Still impaired at the horizon.
  package let unresolved: Estimate

  /// Made by `Measures.RecoveryShares`, each with the interval of a share.
  package init(unimpaired: Estimate, recovered: Estimate, ruined: Estimate, unresolved: Estimate) {
    self.unimpaired = unimpaired
    self.recovered = recovered
    self.ruined = ruined
    self.unresolved = unresolved
  }

  /// The values alone.
  package var withoutIntervals: RecoveryStates {
    RecoveryStates(
      unimpaired: unimpaired.withoutIntervals, recovered: recovered.withoutIntervals, ruined: ruined.withoutIntervals,
      unresolved: unresolved.withoutIntervals)
  }

  /// Four lines, one per state.
  package var lines: [(word: String, estimate: Estimate)] {
    [("unimpaired", unimpaired), ("recovered", recovered), ("ruined", ruined), ("unresolved", unresolved)]
  }
}
