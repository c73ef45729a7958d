import Statistics

extension Measures {
  /// Mean over downside of returns.
  package struct SortinoRatio: Measure {
    /// Its key in `summary.json`.
    package let name = "sortino"
    /// As headings and figures of the page call it.
    package let title = "Sortino ratio"
    /// A pure number, of a year.
    package let unit = MeasureUnit.number
    /// As `stresslab list measures` and the page define it.
    package let definition =
      "mean over paths of each path’s own Sortino ratio: mean return from close to close over √(Σ min(r, "
      + "0)²/n) over all n steps, times √(steps a year), with a target of 0; paths without a losing step have "
      + "none"
    /// Mean of returns, and squares of those under 0.
    package let columns: [MeasureColumn] = [
      .performance(.steps), .performance(.meanReturn), .performance(.downsideSquares),
    ]

    /// There is nothing to set.
    package init() {}

    /// Student's t interval. Nil where the horizon is under a quarter of a year.
    ///
    /// Source: Sortino & Price (1994), Journal of Investing 3(3); the denominator is over all steps, as in empyrical.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      guard let terms = context.performance else { return nil }
      let root = terms.stepsPerYear.squareRoot()
      let downside = zip(outcomes[.downsideSquares], outcomes[.steps]).map { ($0 / max(1, $1)).squareRoot() }
      return outcomes.mean(context.confidence, of: outcomes[.meanReturn].map { $0 * root }, over: downside)
    }
  }
}
