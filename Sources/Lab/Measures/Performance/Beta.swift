import Statistics

extension Measures {
  /// How far equity moves with a benchmark.
  package struct Beta: Measure {
    /// Its key in `summary.json`.
    package let name = "beta"
    /// As headings and figures of the page call it.
    package let title = "beta"
    /// A pure number.
    package let unit = MeasureUnit.number
    /// As `stresslab list measures` and the page define it.
    package let definition =
      "mean over paths of each path’s own covariance of returns from close to close with those of the "
      + "study’s benchmark desk, over their variance; paths on which the benchmark never moves have none"
    /// Sums of squares and products with the benchmark.
    package let columns: [MeasureColumn] = [.performance(.benchmarkSquares), .performance(.benchmarkProducts)]

    /// There is nothing to set.
    package init() {}

    /// Student's t interval. Nil without a benchmark, and where the horizon is under a quarter of a year.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      guard context.performance?.benchmark != nil else { return nil }
      return outcomes.mean(
        context.confidence, of: outcomes[.benchmarkProducts], over: outcomes[.benchmarkSquares])
    }
  }
}
