import Statistics

extension Measures {
  /// The tail of the losses.
  package struct ExpectedShortfall: Measure {
    /// Its key in `summary.json`.
    package let name = "expectedShortfall"
    /// As headings and figures of the page call it.
    package let title = "mean loss, worst 5 %"
    /// Of starting equity; positive is a loss, negative where even the worst 5 % gain.
    package let unit = MeasureUnit.fraction
    /// As `stresslab list measures` and the page define it.
    package let definition = "mean loss in the worst 5 % of paths, a positive fraction of starting equity"
    /// Equity at the horizon, net of closing out.
    package let columns: [MeasureColumn] = [.fact(.finalEquity)]

    /// There is nothing to set.
    package init() {}

    /// The interval is made from the variance of the tail mean; there are too few paths for bounds where the tail holds
    /// fewer than 50. Never nil.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      LossSample(returns: outcomes.sortedReturns).expectedShortfall(0.95, confidence: context.confidence)
    }
  }
}

extension DeskSummary {
  /// Mean loss in the worst 5 % of paths, a positive fraction of starting equity.
  package var expectedShortfall: Estimate { measures[always: Measures.ExpectedShortfall()] }
}
