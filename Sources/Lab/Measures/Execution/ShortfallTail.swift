import Statistics

extension Measures {
  /// What carrying out the orders costs when it goes badly.
  package struct ShortfallTail: Measure {
    /// Its key in `summary.json`.
    package let name = "shortfallTailBps"
    /// As headings and figures of the page call it.
    package let title = "shortfall, worst 5 %"
    /// Of what is to be traded, at the prices of t = 0; positive is a cost.
    package let unit = MeasureUnit.basisPoints
    /// As `stresslab list measures` and the page define it.
    package let definition =
      "mean implementation shortfall of the worst 5 % of paths"
    /// Equity at the horizon, net of closing what was left.
    package let columns: [MeasureColumn] = [.fact(.finalEquity)]
    /// Only where the mandate is to execute.
    package let isOfExecution = true

    /// There is nothing to set.
    package init() {}

    /// The interval is made from the variance of the tail mean; without bounds where the tail holds fewer than 50 paths. Nil where
    /// the mandate is another.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      guard let terms = context.execution else { return nil }
      return LossSample(losses: outcomes.shortfalls(terms, startEquity: context.startEquity))
        .expectedShortfall(0.95, confidence: context.confidence)
    }
  }
}
