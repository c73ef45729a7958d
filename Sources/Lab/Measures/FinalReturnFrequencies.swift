import Statistics

extension Measures {
  /// The histogram of returns.
  package struct FinalReturnFrequencies: Measure {
    package let name = "finalReturnFrequencies"
    package let title = "frequencies of returns"
    package let unit = MeasureUnit.count
    package let definition = "paths by final equity over starting equity, less one"
    package let columns: [MeasureColumn] = [.fact(.finalEquity)]

    package init() {}

    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Frequencies? {
      Frequencies(spreadOf: outcomes.sortedReturns, bins: 50)
    }
  }
}

extension DeskSummary {
  /// Paths by final equity over starting equity, less one.
  package var finalReturnFrequencies: Frequencies { measures[always: Measures.FinalReturnFrequencies()] }
}
