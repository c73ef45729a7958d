import Statistics

extension Measures {
  /// Over all impaired paths; value nil: fewer than half of them recovered.
  package struct MedianRecovery: Measure {
    /// Its key in `summary.json`.
    package let name = "medianRecoverySeconds"
    /// As headings and figures of the page call it.
    package let title = "median time to recovery"
    /// Trading time from the impairment.
    package let unit = MeasureUnit.seconds
    /// As `stresslab list measures` and the page define it.
    package let definition = "median time from impairment to recovery, ruin competing"
    /// Those that `DeskOutcomes.impairments` is made of.
    package let columns: [MeasureColumn] = DeskOutcomes.impairmentColumns

    /// There is nothing to set.
    package init() {}

    /// Brookmeyer and Crowley's interval over the impaired paths; no value where the curve stays under a half as far as it
    /// goes. Never nil: what is not reached is an estimate without a value.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      let estimate = outcomes.incidence.median(
        of: .recovered, until: outcomes.recoveryEnd, confidence: context.confidence)
      return estimate.n > 0 && outcomes.hasFewImpaired ? estimate.asTooFewPaths() : estimate
    }
  }
}

extension DeskSummary {
  /// Median time from impairment to recovery, ruin competing.
  package var medianRecoverySeconds: Estimate { measures[always: Measures.MedianRecovery()] }
}
