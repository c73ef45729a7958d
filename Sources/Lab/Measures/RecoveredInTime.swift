import Statistics

extension Measures {
  /// Recovery by Aalen and Johansen.
  package struct RecoveredInTime: Measure {
    /// Its key in `summary.json`.
    package let name = "recoveredCurve"
    /// As headings and figures of the page call it.
    package let title = "recovered in time"
    /// A share of the impaired paths at each time.
    package let unit = MeasureUnit.fraction
    /// As `stresslab list measures` and the page define it.
    package let definition = "P(recovered within τ of the impairment), ruin competing"
    /// Those that `DeskOutcomes.impairments` is made of.
    package let columns: [MeasureColumn] = DeskOutcomes.impairmentColumns

    /// There is nothing to set.
    package init() {}

    /// At 121 times from 0 to the end of `DeskOutcomes.recoveryEnd`, in seconds from the impairment; no points where fewer
    /// than ten paths were impaired. Never nil.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Curve? {
      Curve(outcomes, end: .recovered, confidence: context.confidence)
    }
  }
}

extension DeskSummary {
  /// P(recovered within τ of the impairment), ruin competing.
  package var recoveredCurve: Curve { measures[always: Measures.RecoveredInTime()] }
}
