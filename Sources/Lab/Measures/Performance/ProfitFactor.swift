import Statistics

extension Measures {
  /// Gains over losses.
  package struct ProfitFactor: Measure {
    /// Its key in `summary.json`.
    package let name = "profitFactor"
    /// As headings and figures of the page call it.
    package let title = "profit factor"
    /// A pure number.
    package let unit = MeasureUnit.number
    /// As `stresslab list measures` and the page define it.
    package let definition =
      "mean over paths of each path’s own sum of positive returns from close to close over the sum of its "
      + "negative ones; paths without a loss have none"
    /// Sums of gains and losses.
    package let columns: [MeasureColumn] = [.performance(.gains), .performance(.losses)]

    /// There is nothing to set.
    package init() {}

    /// Student's t interval. Nil where the horizon is under a quarter of a year.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      guard context.performance != nil else { return nil }
      return outcomes.mean(context.confidence, of: outcomes[.gains], over: outcomes[.losses])
    }
  }
}
