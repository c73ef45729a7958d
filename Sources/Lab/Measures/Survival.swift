import Statistics

extension Measures {
  /// The share of paths that live to the horizon.
  package struct Survival: Measure {
    /// Its key in `summary.json`.
    package let name = "survival"
    /// As headings and figures of the page call it.
    package let title = "survival"
    /// A share of all paths.
    package let unit = MeasureUnit.fraction
    /// As `stresslab list measures` and the page define it.
    package let definition = "P(no ruin by the horizon)"
    /// The step of ruin of any cause.
    package let columns: [MeasureColumn] = [.fact(.ruinStep)]

    /// There is nothing to set.
    package init() {}

    /// The interval of `DeskOutcomes.share` over all paths. Never nil.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      outcomes.share(outcomes.ruinSeconds.count { $0 == nil })
    }
  }
}

extension DeskSummary {
  /// P(no ruin by the horizon).
  package var survival: Estimate { measures[always: Measures.Survival()] }
}
