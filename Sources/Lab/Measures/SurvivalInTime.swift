import Statistics

extension Measures {
  /// The survival curve by Kaplan and Meier.
  package struct SurvivalInTime: Measure {
    package let name = "survivalCurve"
    package let title = "survival in time"
    package let unit = MeasureUnit.fraction
    package let definition = "P(not ruined by t), t since t = 0"
    package let columns: [MeasureColumn] = [.fact(.ruinStep)]

    package init() {}

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
