import Statistics

extension Measures {
  /// Recovery by Aalen and Johansen.
  package struct RecoveredInTime: Measure {
    package let name = "recoveredCurve"
    package let title = "recovered in time"
    package let unit = MeasureUnit.fraction
    package let definition = "P(recovered within τ of the impairment), ruin competing"
    package let columns: [MeasureColumn] = DeskOutcomes.impairmentColumns

    package init() {}

    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Curve? {
      Curve(outcomes, end: .recovered, confidence: context.confidence)
    }
  }
}

extension DeskSummary {
  /// P(recovered within τ of the impairment), ruin competing.
  package var recoveredCurve: Curve { measures[always: Measures.RecoveredInTime()] }
}
