import Statistics

extension Measures {
  /// Ruin before recovery, by Aalen and Johansen.
  package struct RuinedInTime: Measure {
    package let name = "ruinedCurve"
    package let title = "ruined in time"
    package let unit = MeasureUnit.fraction
    package let definition = "P(ruined within τ of the impairment before recovery)"
    package let columns: [MeasureColumn] = DeskOutcomes.impairmentColumns

    package init() {}

    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Curve? {
      Curve(outcomes, end: .ruined, confidence: context.confidence)
    }
  }
}

extension DeskSummary {
  /// P(ruined within τ of the impairment before recovery).
  package var ruinedCurve: Curve { measures[always: Measures.RuinedInTime()] }
}
