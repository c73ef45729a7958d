import Statistics

extension Measures {
  /// The histogram of largest drawdowns.
  package struct DrawdownFrequencies: Measure {
    /// Its key in `summary.json`.
    package let name = "drawdownFrequencies"
    /// As headings and figures of the page call it.
    package let title = "frequencies of drawdowns"
    /// Of the counts; the edges are fractions of the running peak.
    package let unit = MeasureUnit.count
    /// As `stresslab list measures` and the page define it.
    package let definition = "paths by their largest drawdown"
    /// The largest drawdown at closes.
    package let columns: [MeasureColumn] = [.fact(.maximumDrawdown)]

    /// There is nothing to set.
    package init() {}

    /// 50 bins from 0 to 1; a drawdown of 1 or more is over them. Never nil.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Frequencies? {
      Frequencies(outcomes[.maximumDrawdown], in: 0...1, bins: 50)
    }
  }
}

extension DeskSummary {
  /// Paths by their largest drawdown.
  package var drawdownFrequencies: Frequencies { measures[always: Measures.DrawdownFrequencies()] }
}
