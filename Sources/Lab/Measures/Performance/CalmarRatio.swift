import Statistics

extension Measures {
  /// Return over the largest fall.
  package struct CalmarRatio: Measure {
    /// Its key in `summary.json`.
    package let name = "calmar"
    /// As headings and figures of the page call it.
    package let title = "Calmar ratio"
    /// A pure number.
    package let unit = MeasureUnit.number
    /// As `stresslab list measures` and the page define it.
    package let definition =
      "mean over paths of each path’s own annual return over its largest drawdown at closes, starting "
      + "equity counting as a peak; paths without a drawdown have none"
    /// Equity at the horizon, the steps to it, and the largest drawdown.
    package let columns: [MeasureColumn] = [.fact(.finalEquity), .fact(.maximumDrawdown), .performance(.steps)]

    /// There is nothing to set.
    package init() {}

    /// Student's t interval. Nil where the horizon is under a quarter of a year.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      guard let terms = context.performance else { return nil }
      return outcomes.mean(
        context.confidence, of: outcomes.annualReturns(terms), over: outcomes[.maximumDrawdown])
    }
  }
}
