import Statistics
import Trading

extension Measures {
  /// What trading cost, by the desk's own orders and by force: which desk is dearest is decided by this.
  package struct CostWithForcedSales: Measure {
    /// Its key in `summary.json`.
    package let name = "costWithForcedSalesBps"
    /// As headings and figures of the page call it.
    package let title = "cost with forced sales"
    /// With its base: other costs are over starting equity.
    package var heading: String { "\(title), of notional" }
    /// Of the notional that was filled; positive is a cost.
    package let unit = MeasureUnit.basisPoints
    /// As `stresslab list measures` and the page define it.
    package let definition =
      "half-spread, impact and fees, and all that forced sales cost, over traded notional at the decision price"
    /// The terms of execution, liquidation and the filled notional, all in both windows.
    package let columns: [MeasureColumn] =
      MeasureColumn.costs(Self.isCounted) + MeasureColumn.notionals(.filled)

    /// Whether a term is part of it.
    static func isCounted(_ term: CostTerm) -> Bool { term.isExecution || term == .liquidation }

    /// There is nothing to set.
    package init() {}

    /// Σ cost over Σ notional across paths, with the delta method's interval; no value where nobody traded. Never nil.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      outcomes.costOfNotional(Self.isCounted, confidence: context.confidence)
    }
  }
}

extension DeskSummary {
  /// Half-spread, impact and fees, and all that forced sales cost, over traded notional at the decision price; nil in a
  /// file that does not say it.
  package var costWithForcedSalesBps: Estimate? { measures[Measures.CostWithForcedSales()] }
}
