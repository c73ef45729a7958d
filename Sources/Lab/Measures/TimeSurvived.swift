import Statistics

extension Measures {
  /// The area under the survival curve.
  package struct TimeSurvived: Measure {
    /// Its key in `summary.json`.
    package let name = "timeSurvivedSeconds"
    /// As headings and figures of the page call it.
    package let title = "mean time until ruin"
    /// Trading time from t = 0, in 0…horizon.
    package let unit = MeasureUnit.seconds
    /// As `stresslab list measures` and the page define it.
    package let definition = "mean time until ruin, cut at the horizon (restricted mean)"
    /// The step of ruin of any cause.
    package let columns: [MeasureColumn] = [.fact(.ruinStep)]

    /// There is nothing to set.
    package init() {}

    /// The interval of the mean time lost; where nobody is ruined, the horizon with the lower bound of survival. Never nil.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      outcomes.survival.restrictedMean(to: context.horizon, confidence: context.confidence)
    }
  }
}

extension DeskSummary {
  /// Mean time until ruin, cut at the horizon (restricted mean).
  package var timeSurvivedSeconds: Estimate { measures[always: Measures.TimeSurvived()] }
}
