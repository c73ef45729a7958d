import Statistics

extension Measures {
  /// What a path earns on average.
  package struct FinalReturnMean: Measure {
    package let name = "finalReturnMean"
    package let title = "mean return"
    package let unit = MeasureUnit.fraction
    package let definition =
      "mean of final equity over starting equity, less one; ruined paths count with what was left"
    package let columns: [MeasureColumn] = [.fact(.finalEquity)]

    package init() {}

    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      Moments(outcomes.returns).estimate(confidence: context.confidence)
    }
  }
}

extension DeskSummary {
  /// Mean of final equity over starting equity, less one; ruined paths count with what was left.
  package var finalReturnMean: Estimate { measures[always: Measures.FinalReturnMean()] }
}
