import Statistics

extension Measures {
  /// How much is held.
  package struct Exposure: Measure {
    /// Its key in `summary.json`.
    package let name = "exposure"
    /// As headings and figures of the page call it.
    package let title = "exposure"
    /// Times equity.
    package let unit = MeasureUnit.number
    /// As `stresslab list measures` and the page define it.
    package let definition =
      "mean over paths of each path’s own mean gross leverage, Σ|q|·X/E, at the closes from t = 0 to the "
      + "last before the horizon; 0 after ruin"
    /// Mean gross leverage.
    package let columns: [MeasureColumn] = [.performance(.meanLeverage)]

    /// There is nothing to set.
    package init() {}

    /// Student's t interval. Nil where the horizon is under a quarter of a year.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      guard context.performance != nil else { return nil }
      let leverage = outcomes[.meanLeverage]
      return outcomes.mean(context.confidence) { leverage[$0] }
    }
  }
}
