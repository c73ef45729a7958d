import Statistics

extension Measures {
  /// How long an impairment lasts.
  package struct TimeImpaired: Measure {
    package let name = "expectedTimeImpairedSeconds"
    package let title = "mean time impaired"
    package let unit = MeasureUnit.seconds
    package let definition = "mean time from impairment to recovery, ruin or the horizon, over impaired paths"
    package let columns: [MeasureColumn] = DeskOutcomes.impairmentColumns

    package init() {}

    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      Moments(outcomes.impairments.map(\.time)).estimate(confidence: context.confidence)
    }
  }
}

extension DeskSummary {
  /// Mean time from impairment to recovery, ruin or the horizon, over impaired paths.
  package var expectedTimeImpairedSeconds: Estimate { measures[always: Measures.TimeImpaired()] }
}
