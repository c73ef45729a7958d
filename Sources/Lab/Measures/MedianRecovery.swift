import Statistics

extension Measures {
  /// Over all impaired paths; value nil: fewer than half of them recovered.
  package struct MedianRecovery: Measure {
    package let name = "medianRecoverySeconds"
    package let title = "median time to recovery"
    package let unit = MeasureUnit.seconds
    package let definition = "median time from impairment to recovery, ruin competing"
    package let columns: [MeasureColumn] = DeskOutcomes.impairmentColumns

    package init() {}

    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      outcomes.incidence.median(of: .recovered, confidence: context.confidence)
    }
  }
}

extension DeskSummary {
  /// Median time from impairment to recovery, ruin competing.
  package var medianRecoverySeconds: Estimate { measures[always: Measures.MedianRecovery()] }
}
