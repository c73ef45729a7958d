import Statistics

extension Measures {
  /// How much of what a desk wanted it got.
  package struct FilledShare: Measure {
    package let name = "filledShare"
    package let title = "filled share"
    package let unit = MeasureUnit.fraction
    package let definition = "filled over wanted notional, both at the decision price"
    package let columns: [MeasureColumn] =
      MeasureColumn.notionals(.filled) + MeasureColumn.notionals(.wanted)

    package init() {}

    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      var ratio = RatioOfSums()
      for (filled, wanted) in zip(outcomes[.filled], outcomes[.wanted]) {
        ratio.add(numerator: filled, denominator: wanted)
      }
      return ratio.estimate(confidence: context.confidence)
    }
  }
}

extension DeskSummary {
  /// Filled over wanted notional, both at the decision price.
  package var filledShare: Estimate { measures[always: Measures.FilledShare()] }
}
