import Statistics

extension Measures {
  /// The histogram of returns.
  package struct FinalReturnFrequencies: Measure {
    /// Its key in `summary.json`.
    package let name = "finalReturnFrequencies"
    /// As headings and figures of the page call it.
    package let title = "frequencies of returns"
    /// Of the counts; the edges are returns, fractions of starting equity.
    package let unit = MeasureUnit.count
    /// As `stresslab list measures` and the page define it.
    package let definition = "paths by final equity over starting equity, less one"
    /// Equity at the horizon, net of closing out.
    package let columns: [MeasureColumn] = [.fact(.finalEquity)]

    /// There is nothing to set.
    package init() {}

    /// Up to some 50 equal bins of round width; half a percent of paths on each side may lie outside. Never nil.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Frequencies? {
      Frequencies(spreadOf: outcomes.sortedReturns, bins: 50)
    }
  }
}

extension DeskSummary {
  /// Paths by final equity over starting equity, less one.
  package var finalReturnFrequencies: Frequencies { measures[always: Measures.FinalReturnFrequencies()] }
}
