import Statistics

extension Measures {
  /// How long accounts stay under their peak.
  package struct TimeUnderWater: Measure {
    /// Its key in `summary.json`.
    package let name = "timeUnderWaterSeconds"
    /// As headings and figures of the page call it.
    package let title = "median time under water"
    /// Trading time.
    package let unit = MeasureUnit.seconds
    /// As `stresslab list measures` and the page define it.
    package let definition = "median of the longest spell under the running peak"
    /// The longest spell, in steps.
    package let columns: [MeasureColumn] = [.fact(.timeUnderWater)]

    /// There is nothing to set.
    package init() {}

    /// The median over all paths, with the interval of order statistics. Never nil.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      SortedSample(outcomes[.timeUnderWater]).quantile(0.5, confidence: context.confidence)
        .scaled(by: context.stepSeconds)
    }
  }
}

extension DeskSummary {
  /// Median of the longest spell under the running peak.
  package var timeUnderWaterSeconds: Estimate { measures[always: Measures.TimeUnderWater()] }
}
