import Statistics

extension Measures {
  /// How far the shortfall of a path lies from the mean: the V of E + λV is its square.
  package struct ShortfallRisk: Measure {
    /// Its key in `summary.json`.
    package let name = "shortfallRiskBps"
    /// As headings and figures of the page call it.
    package let title = "risk of the shortfall"
    /// Of what is to be traded, at the prices of t = 0.
    package let unit = MeasureUnit.basisPoints
    /// As `stresslab list measures` and the page define it.
    package let definition =
      "standard deviation of the implementation shortfall over paths"
    /// Equity at the horizon, net of closing what was left.
    package let columns: [MeasureColumn] = [.fact(.finalEquity)]
    /// Only where the mandate is to execute.
    package let isOfExecution = true

    /// There is nothing to set.
    package init() {}

    /// The root of the mean squared deviation and of the ends of its interval; nil where the mandate is another.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      guard let terms = context.execution else { return nil }
      return StandardDeviation(outcomes.shortfalls(terms, startEquity: context.startEquity))
        .estimate(confidence: context.confidence)
    }
  }
}
