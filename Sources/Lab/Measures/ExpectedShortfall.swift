import Statistics

extension Measures {
  /// The tail of the losses.
  package struct ExpectedShortfall: Measure {
    package let name = "expectedShortfall"
    package let title = "mean loss, worst 5 %"
    package let unit = MeasureUnit.fraction
    package let definition = "mean loss in the worst 5 % of paths, a positive fraction of starting equity"
    package let columns: [MeasureColumn] = [.fact(.finalEquity)]

    package init() {}

    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      LossSample(returns: outcomes.sortedReturns).expectedShortfall(0.95, confidence: context.confidence)
    }
  }
}

extension DeskSummary {
  /// Mean loss in the worst 5 % of paths, a positive fraction of starting equity.
  package var expectedShortfall: Estimate { measures[always: Measures.ExpectedShortfall()] }
}
