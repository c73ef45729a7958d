import Statistics

extension Measures {
  /// How long accounts stay under their peak.
  package struct TimeUnderWater: Measure {
    package let name = "timeUnderWaterSeconds"
    package let title = "median time under water"
    package let unit = MeasureUnit.seconds
    package let definition = "median of the longest spell under the running peak"
    package let columns: [MeasureColumn] = [.fact(.timeUnderWater)]

    package init() {}

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
