import Statistics

extension Measures {
  /// How often anything is held.
  package struct TimeInvested: Measure {
    /// Its key in `summary.json`.
    package let name = "timeInvested"
    /// As headings and figures of the page call it.
    package let title = "time invested"
    /// A share of the closes.
    package let unit = MeasureUnit.fraction
    /// As `stresslab list measures` and the page define it.
    package let definition =
      "mean over paths of each path’s own share of closes, from t = 0 to the last before the horizon, at "
      + "which anything is held"
    /// Closes at which anything is held, and all of them.
    package let columns: [MeasureColumn] = [.performance(.investedSteps), .performance(.steps)]

    /// There is nothing to set.
    package init() {}

    /// Student's t interval. Nil where the horizon is under a quarter of a year.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      guard context.performance != nil else { return nil }
      return outcomes.mean(context.confidence, of: outcomes[.investedSteps], over: outcomes[.steps])
    }
  }
}
