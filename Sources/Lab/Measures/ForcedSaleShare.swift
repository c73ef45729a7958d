import Statistics
import Trading

extension Measures {
  /// How much of what trading cost was paid by force. It is booked as a whole, not as half-spread, impact and fees, so that this
  /// bounds the share of impact from both sides.
  package struct ForcedSaleShare: Measure {
    /// Its key in `summary.json`.
    package let name = "forcedSaleShare"
    /// As headings and figures of the page call it.
    package let title = "forced sales, of all trading cost"
    /// A share of what `CostWithForcedSales` counts.
    package let unit = MeasureUnit.fraction
    /// As `stresslab list measures` and the page define it.
    package let definition =
      "what forced sales cost over that and half-spread, impact and fees of its own orders"
    /// The terms of execution and liquidation, both in both windows.
    package let columns: [MeasureColumn] = MeasureColumn.costs(CostWithForcedSales.isCounted)

    /// There is nothing to set.
    package init() {}

    /// Σ cost of forced sales over Σ cost across paths, with the delta method's interval; no value where nobody traded. Never nil.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      RatioOfSums(
        outcomes.costs { $0 == .liquidation }, over: outcomes.costs(CostWithForcedSales.isCounted), usually: 0
      ).estimate(confidence: context.confidence)
    }
  }
}

extension DeskSummary {
  /// What forced sales cost over all that trading cost; nil in a file that does not say it.
  package var forcedSaleShare: Estimate? { measures[Measures.ForcedSaleShare()] }
}
