import Statistics

extension Measures {
  /// Ruin before recovery, by Aalen and Johansen.
  package struct RuinedInTime: Measure {
    /// Its key in `summary.json`.
    package let name = "ruinedCurve"
    /// As headings and figures of the page call it.
    package let title = "ruined in time"
    /// A share of the impaired paths at each time.
    package let unit = MeasureUnit.fraction
    /// As `stresslab list measures` and the page define it.
    package let definition = "P(ruined within τ of the impairment before recovery)"
    /// Those that `DeskOutcomes.impairments` is made of.
    package let columns: [MeasureColumn] = DeskOutcomes.impairmentColumns

    /// There is nothing to set.
    package init() {}

    /// At 121 times from 0 to the end of `DeskOutcomes.recoveryEnd`, in seconds from the impairment; no points where fewer
    /// than ten paths were impaired. Never nil.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Curve? {
      Curve(outcomes, end: .ruined, confidence: context.confidence)
    }
  }
}

extension DeskSummary {
  /// P(ruined within τ of the impairment before recovery).
  package var ruinedCurve: Curve { measures[always: Measures.RuinedInTime()] }
}
