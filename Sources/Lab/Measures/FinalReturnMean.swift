import Statistics

extension Measures {
  /// What a path earns on average.
  package struct FinalReturnMean: Measure {
    /// Its key in `summary.json`.
    package let name = "finalReturnMean"
    /// As headings and figures of the page call it.
    package let title = "mean return"
    /// Of starting equity; −0.31 is a loss of 31 %.
    package let unit = MeasureUnit.fraction
    /// As `stresslab list measures` and the page define it.
    package let definition =
      "mean of final equity over starting equity, less one; ruined paths count with what was left"
    /// Equity at the horizon, net of closing out.
    package let columns: [MeasureColumn] = [.fact(.finalEquity)]

    /// There is nothing to set.
    package init() {}

    /// Student's t interval over all paths. Never nil.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      Moments(outcomes.returns).estimate(confidence: context.confidence)
    }
  }
}

extension DeskSummary {
  /// Mean of final equity over starting equity, less one; ruined paths count with what was left.
  package var finalReturnMean: Estimate { measures[always: Measures.FinalReturnMean()] }
}
