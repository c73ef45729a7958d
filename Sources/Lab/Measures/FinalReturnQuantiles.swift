import Statistics

extension Measures {
  /// How returns spread across paths.
  package struct FinalReturnQuantiles: Measure {
    /// Its key in `summary.json`.
    package let name = "finalReturnQuantiles"
    /// As headings and figures of the page call it.
    package let title = "return"
    /// Of starting equity; −0.31 is a loss of 31 %.
    package let unit = MeasureUnit.fraction
    /// As `stresslab list measures` and the page define it.
    package let definition = "quantiles of final equity over starting equity, less one"
    /// Equity at the horizon, net of closing out.
    package let columns: [MeasureColumn] = [.fact(.finalEquity)]

    /// There is nothing to set.
    package init() {}

    /// At 1, 5, 25, 50, 75, 95 and 99 %, with intervals of order statistics. Never nil.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> [QuantileLine]? {
      outcomes.sortedReturns.lines(at: [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99], confidence: context.confidence)
    }
  }
}

extension DeskSummary {
  /// Quantiles of final equity over starting equity, less one.
  package var finalReturnQuantiles: [QuantileLine] { measures[always: Measures.FinalReturnQuantiles()] }
}
