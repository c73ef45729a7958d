import Statistics

extension Measures {
  /// How deep accounts fall.
  package struct DrawdownQuantiles: Measure {
    /// Its key in `summary.json`.
    package let name = "maximumDrawdownQuantiles"
    /// As headings and figures of the page call it.
    package let title = "largest drawdown"
    /// Of the running peak; 0.31 is a fall of 31 %.
    package let unit = MeasureUnit.fraction
    /// As `stresslab list measures` and the page define it.
    package let definition = "quantiles of the largest drawdown from close to close, of the running peak"
    /// The largest drawdown at closes.
    package let columns: [MeasureColumn] = [.fact(.maximumDrawdown)]

    /// There is nothing to set.
    package init() {}

    /// At 5, 25, 50, 75 and 95 %, with intervals of order statistics. Never nil.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> [QuantileLine]? {
      outcomes.sortedDrawdowns.lines(at: [0.05, 0.25, 0.5, 0.75, 0.95], confidence: context.confidence)
    }
  }
}

extension DeskSummary {
  /// Quantiles of the largest drawdown from close to close, of the running peak.
  package var maximumDrawdownQuantiles: [QuantileLine] { measures[always: Measures.DrawdownQuantiles()] }
}
