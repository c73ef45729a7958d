import Statistics

extension Measures {
  /// The survival curve by Kaplan and Meier.
  package struct SurvivalInTime: Measure {
    /// Its key in `summary.json`.
    package let name = "survivalCurve"
    /// As headings and figures of the page call it.
    package let title = "survival in time"
    /// A share of all paths at each time.
    package let unit = MeasureUnit.fraction
    /// As `stresslab list measures` and the page define it.
    package let definition = "P(not ruined by t), t since t = 0"
    /// The step of ruin of any cause.
    package let columns: [MeasureColumn] = [.fact(.ruinStep)]

    /// There is nothing to set.
    package init() {}

    /// At 121 times from 0 to the horizon, with the interval of a share at each: nobody leaves before the horizon but by
    /// ruin, so the curve rests on all paths to its end. Never nil.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Curve? {
      let survival = outcomes.survival
      return Curve(
        to: context.horizon, n: outcomes.count, confidence: context.confidence, watched: survival.watched
      ) { survival.estimate(at: $0, confidence: context.confidence) }
    }
  }
}

extension DeskSummary {
  /// P(not ruined by t), t since t = 0.
  package var survivalCurve: Curve { measures[always: Measures.SurvivalInTime()] }
}
