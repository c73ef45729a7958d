import Statistics

extension Measures {
  /// The share of paths that live to the horizon.
  package struct Survival: Measure {
    package let name = "survival"
    package let title = "survival"
    package let unit = MeasureUnit.fraction
    package let definition = "P(no ruin by the horizon)"
    package let columns: [MeasureColumn] = [.fact(.ruinStep)]

    package init() {}

    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      outcomes.share(outcomes.ruinSeconds.count { $0 == nil })
    }
  }
}

extension DeskSummary {
  /// P(no ruin by the horizon).
  package var survival: Estimate { measures[always: Measures.Survival()] }
}
