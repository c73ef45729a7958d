import Statistics

extension Measures {
  /// How long an impairment lasts.
  package struct TimeImpaired: Measure {
    /// Its key in `summary.json`.
    package let name = "expectedTimeImpairedSeconds"
    /// As headings and figures of the page call it.
    package let title = "mean time impaired"
    /// Trading time from the impairment.
    package let unit = MeasureUnit.seconds
    /// As `stresslab list measures` and the page define it.
    package let definition = "mean time from impairment to recovery, ruin or the horizon, over impaired paths"
    /// Those that `DeskOutcomes.impairments` is made of.
    package let columns: [MeasureColumn] = DeskOutcomes.impairmentColumns

    /// There is nothing to set.
    package init() {}

    /// Impaired paths, at the fewest, whose mean has an interval: of fewer the law of a mean is not near enough to a normal
    /// one, and the interval would reach under 0.
    package static let fewest = 10

    /// Student's t interval over the impaired paths; no value where there are none. Never nil.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      Self.mean(outcomes.impairments.map(\.time), confidence: context.confidence)
    }

    /// The mean of seconds that impairments took.
    static func mean(_ seconds: [Double], confidence: Double) -> Estimate {
      let mean = Moments(seconds).estimate(confidence: confidence)
      return mean.n < fewest ? mean.asTooFewPaths() : mean
    }
  }
}

extension DeskSummary {
  /// Mean time from impairment to recovery, ruin or the horizon, over impaired paths.
  package var expectedTimeImpairedSeconds: Estimate { measures[always: Measures.TimeImpaired()] }
}
