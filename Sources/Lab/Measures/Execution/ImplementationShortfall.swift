import Statistics

extension Measures {
  /// What carrying out the orders costs in the mean, the market's moves on the way among it.
  package struct ImplementationShortfall: Measure {
    /// Its key in `summary.json`.
    package let name = "implementationShortfallBps"
    /// As headings and figures of the page call it.
    package let title = "shortfall"
    /// Of what is to be traded, at the prices of t = 0; positive is a cost.
    package let unit = MeasureUnit.basisPoints
    /// As `stresslab list measures` and the page define it.
    package let definition =
      "mean loss against trading all at once and for nothing at t = 0, of what is to be traded"
    /// Equity at the horizon, net of closing what was left.
    package let columns: [MeasureColumn] = [.fact(.finalEquity)]
    /// Only where the mandate is to execute.
    package let isOfExecution = true

    /// There is nothing to set.
    package init() {}

    /// Student's t interval over all paths; nil where the mandate is another.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      guard let terms = context.execution else { return nil }
      return Moments(outcomes.shortfalls(terms, startEquity: context.startEquity)).estimate(
        confidence: context.confidence)
    }
  }
}
