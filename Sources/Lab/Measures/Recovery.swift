import Statistics

extension Measures {
  /// How likely an impaired path comes back.
  package struct Recovery: Measure {
    /// Its key in `summary.json`.
    package let name = "recovery"
    /// As headings and figures of the page call it.
    package let title = "recovery, if impaired"
    /// A probability, given the impairment.
    package let unit = MeasureUnit.fraction
    /// As `stresslab list measures` and the page define it.
    package let definition =
      "P(back at the level at one close by the horizon, whatever comes after | impaired), ruin competing, an impairment counted "
      + "for as long as it is seen; read at the last time at which ten are still watched, or all"
    /// Those that `DeskOutcomes.impairments` is made of.
    package let columns: [MeasureColumn] = DeskOutcomes.impairmentColumns

    /// There is nothing to set.
    package init() {}

    /// By Aalen and Johansen, where the curve of `RecoveredInTime` ends; without bounds where fewer than ten paths were
    /// impaired, and no value where none was. Never nil.
    ///
    /// The bare share of those that have recovered would count a path that was impaired just before the horizon, and so had
    /// no time to recover, like one that never does.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      outcomes.recovery.estimate(confidence: context.confidence)
    }
  }
}

extension DeskSummary {
  /// P(recovered by the horizon | impaired), ruin competing.
  package var recovery: Estimate { measures[always: Measures.Recovery()] }
}
