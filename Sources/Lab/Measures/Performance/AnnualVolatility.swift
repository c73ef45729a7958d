import Statistics

extension Measures {
  /// How much equity moves in a year.
  package struct AnnualVolatility: Measure {
    /// Its key in `summary.json`.
    package let name = "annualVolatility"
    /// As headings and figures of the page call it.
    package let title = "annual volatility"
    /// Of equity, per √year; 0.2 is 20 %.
    package let unit = MeasureUnit.fraction
    /// As `stresslab list measures` and the page define it.
    package let definition =
      "mean over paths of each path’s own standard deviation (n − 1) of returns from close to close, times "
      + "√(steps a year)"
    /// Squared deviations of returns.
    package let columns: [MeasureColumn] = [.performance(.steps), .performance(.squaredDeviations)]

    /// There is nothing to set.
    package init() {}

    /// Student's t interval. Nil where the horizon is under a quarter of a year.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      guard let terms = context.performance else { return nil }
      let (deviations, root) = (outcomes.deviations, terms.stepsPerYear.squareRoot())
      return outcomes.mean(context.confidence) { deviations[$0] * root }
    }
  }
}
