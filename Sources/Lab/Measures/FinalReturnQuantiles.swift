import Statistics

extension Measures {
  /// How returns spread across paths.
  package struct FinalReturnQuantiles: Measure {
    package let name = "finalReturnQuantiles"
    package let title = "return"
    package let unit = MeasureUnit.fraction
    package let definition = "quantiles of final equity over starting equity, less one"
    package let columns: [MeasureColumn] = [.fact(.finalEquity)]

    package init() {}

    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> [QuantileLine]? {
      outcomes.sortedReturns.lines(at: [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99], confidence: context.confidence)
    }
  }
}

extension DeskSummary {
  /// Quantiles of final equity over starting equity, less one.
  package var finalReturnQuantiles: [QuantileLine] { measures[always: Measures.FinalReturnQuantiles()] }
}
