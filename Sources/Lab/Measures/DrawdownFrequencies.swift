import Statistics

extension Measures {
  /// The histogram of largest drawdowns.
  package struct DrawdownFrequencies: Measure {
    package let name = "drawdownFrequencies"
    package let title = "frequencies of drawdowns"
    package let unit = MeasureUnit.count
    package let definition = "paths by their largest drawdown"
    package let columns: [MeasureColumn] = [.fact(.maximumDrawdown)]

    package init() {}

    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Frequencies? {
      Frequencies(outcomes[.maximumDrawdown], in: 0...1, bins: 50)
    }
  }
}

extension DeskSummary {
  /// Paths by their largest drawdown.
  package var drawdownFrequencies: Frequencies { measures[always: Measures.DrawdownFrequencies()] }
}
