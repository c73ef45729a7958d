import Statistics

extension Measures {
  /// How much of what a desk wanted it got.
  package struct FilledShare: Measure {
    /// Its key in `summary.json`.
    package let name = "filledShare"
    /// As headings and figures of the page call it.
    package let title = "filled share"
    /// A share of the notional that was wanted.
    package let unit = MeasureUnit.fraction
    /// As `stresslab list measures` and the page define it.
    package let definition = "filled over wanted notional, both at the decision price"
    /// Both notionals in both windows; what is asked for again is wanted once (`OrderRests`).
    package let columns: [MeasureColumn] =
      MeasureColumn.notionals(.filled) + MeasureColumn.notionals(.wanted)

    /// There is nothing to set.
    package init() {}

    /// Σ filled over Σ wanted across paths, with the delta method's interval; no value where nothing was wanted. Never
    /// nil.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      RatioOfSums(outcomes[.filled], over: outcomes[.wanted], usually: 1).estimate(confidence: context.confidence)
    }
  }
}

extension DeskSummary {
  /// Filled over wanted notional, both at the decision price.
  package var filledShare: Estimate { measures[always: Measures.FilledShare()] }
}
