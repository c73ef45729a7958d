import Statistics

extension Measures {
  /// Mean over spread of returns.
  package struct SharpeRatio: Measure {
    /// Its key in `summary.json`.
    package let name = "sharpe"
    /// As headings and figures of the page call it.
    package let title = "Sharpe ratio"
    /// A pure number, of a year.
    package let unit = MeasureUnit.number
    /// As `stresslab list measures` and the page define it.
    package let definition =
      "mean over paths of each path’s own Sharpe ratio: mean over standard deviation (n − 1) of returns "
      + "from close to close, times √(steps a year), at a riskless rate of 0; paths whose equity never moves "
      + "have none"
    /// Mean and squared deviations of returns.
    package let columns: [MeasureColumn] = [
      .performance(.steps), .performance(.meanReturn), .performance(.squaredDeviations),
    ]

    /// There is nothing to set.
    package init() {}

    /// Student's t interval. Nil where the horizon is under a quarter of a year.
    ///
    /// Source: Sharpe (1994), Journal of Portfolio Management 21(1).
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      guard let terms = context.performance else { return nil }
      let root = terms.stepsPerYear.squareRoot()
      return outcomes.mean(
        context.confidence, of: outcomes[.meanReturn].map { $0 * root }, over: outcomes.deviations)
    }
  }
}
