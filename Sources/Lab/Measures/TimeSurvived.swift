import Statistics

extension Measures {
  /// The area under the survival curve.
  package struct TimeSurvived: Measure {
    package let name = "timeSurvivedSeconds"
    package let title = "mean time until ruin"
    package let unit = MeasureUnit.seconds
    package let definition = "mean time until ruin, cut at the horizon (restricted mean)"
    package let columns: [MeasureColumn] = [.fact(.ruinStep)]

    package init() {}

    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      outcomes.survival.restrictedMean(to: context.horizon, confidence: context.confidence)
    }
  }
}

extension DeskSummary {
  /// Mean time until ruin, cut at the horizon (restricted mean).
  package var timeSurvivedSeconds: Estimate { measures[always: Measures.TimeSurvived()] }
}
