import Statistics

extension Measures {
  /// How often equity rises.
  package struct WinRate: Measure {
    /// Its key in `summary.json`.
    package let name = "winRate"
    /// As headings and figures of the page call it.
    package let title = "win rate"
    /// A share of the steps on which equity moves.
    package let unit = MeasureUnit.fraction
    /// As `stresslab list measures` and the page define it.
    package let definition =
      "mean over paths of each path’s own share of steps with a gain among those with a gain or a loss"
    /// Gaining and losing steps.
    package let columns: [MeasureColumn] = [.performance(.gainingSteps), .performance(.losingSteps)]

    /// There is nothing to set.
    package init() {}

    /// Student's t interval. Nil where the horizon is under a quarter of a year.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      guard context.performance != nil else { return nil }
      let gaining = outcomes[.gainingSteps]
      return outcomes.mean(context.confidence, of: gaining, over: zip(gaining, outcomes[.losingSteps]).map { $0 + $1 })
    }
  }
}
