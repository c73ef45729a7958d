import Statistics

extension Measures {
  /// How much is traded in a year.
  package struct Turnover: Measure {
    /// Its key in `summary.json`.
    package let name = "turnover"
    /// As headings and figures of the page call it.
    package let title = "turnover a year"
    /// Times mean equity, a year; what is bought and sold both count.
    package let unit = MeasureUnit.number
    /// As `stresslab list measures` and the page define it.
    package let definition =
      "mean over paths of each path’s own filled notional, bought and sold, over its mean equity at closes "
      + "and the years; forced sales and closing out count"
    /// Filled notional in both windows, mean equity, and the steps.
    package let columns: [MeasureColumn] =
      MeasureColumn.notionals(.filled) + [.performance(.meanEquity), .performance(.steps)]

    /// There is nothing to set.
    package init() {}

    /// Student's t interval. Nil where the horizon is under a quarter of a year.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      guard let terms = context.performance else { return nil }
      let equity = zip(outcomes[.meanEquity], outcomes[.steps]).map { $0 * $1 / terms.stepsPerYear }
      return outcomes.mean(context.confidence, of: outcomes[.filled], over: equity)
    }
  }
}
