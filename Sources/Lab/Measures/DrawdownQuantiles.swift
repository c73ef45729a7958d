import Statistics

extension Measures {
  /// How deep accounts fall.
  package struct DrawdownQuantiles: Measure {
    package let name = "maximumDrawdownQuantiles"
    package let title = "largest drawdown"
    package let unit = MeasureUnit.fraction
    package let definition = "quantiles of the largest drawdown from close to close, of the running peak"
    package let columns: [MeasureColumn] = [.fact(.maximumDrawdown)]

    package init() {}

    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> [QuantileLine]? {
      outcomes.sortedDrawdowns.lines(at: [0.05, 0.25, 0.5, 0.75, 0.95], confidence: context.confidence)
    }
  }
}

extension DeskSummary {
  /// Quantiles of the largest drawdown from close to close, of the running peak.
  package var maximumDrawdownQuantiles: [QuantileLine] { measures[always: Measures.DrawdownQuantiles()] }
}
