import Statistics

extension Measures {
  /// What a year brings, compounded.
  package struct AnnualReturn: Measure {
    /// Its key in `summary.json`.
    package let name = "annualReturn"
    /// As headings and figures of the page call it.
    package let title = "annual return"
    /// Of equity, a year; 0.1 is 10 % a year.
    package let unit = MeasureUnit.fraction
    /// As `stresslab list measures` and the page define it.
    package let definition =
      "mean over paths of each path’s own compound return a year, (final over starting equity)^(1/years) − "
      + "1; −100 % where nothing is left"
    /// Equity at the horizon, and the steps to it.
    package let columns: [MeasureColumn] = [.fact(.finalEquity), .performance(.steps)]

    /// There is nothing to set.
    package init() {}

    /// Student's t interval. Nil where the horizon is under a quarter of a year.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      guard let terms = context.performance else { return nil }
      let annual = outcomes.annualReturns(terms)
      return outcomes.mean(context.confidence) { annual[$0] }
    }
  }
}
