import Statistics
import Trading

extension Measures {
  /// What the desk's own orders cost; a path counts by what it traded. What it leaves out stands beside it:
  /// `CostWithForcedSales`.
  package struct ExecutionCost: Measure {
    /// Its key in `summary.json`.
    package let name = "executionCostBps"
    /// As headings and figures of the page call it.
    package let title = "cost of its own orders"
    /// With its base: other costs are over starting equity.
    package var heading: String { "\(title), of notional" }
    /// Of the notional that was filled; positive is a cost.
    package let unit = MeasureUnit.basisPoints
    /// As `stresslab list measures` and the page define it.
    package let definition =
      "half-spread, impact and fees of its own orders over traded notional at the decision price, without forced sales"
    /// The terms of execution and the filled notional, both in both windows. Forced sales are no part of them.
    package let columns: [MeasureColumn] =
      MeasureColumn.costs(Self.isCounted) + MeasureColumn.notionals(.filled)

    /// Whether a term is part of it.
    static func isCounted(_ term: CostTerm) -> Bool { term.isExecution }

    /// There is nothing to set.
    package init() {}

    /// Σ cost over Σ notional across paths, with the delta method's interval; no value where nobody traded. Never nil.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      outcomes.costOfNotional(Self.isCounted, confidence: context.confidence)
    }
  }
}

extension DeskSummary {
  /// Half-spread, impact and fees of its own orders over traded notional at the decision price.
  package var executionCostBps: Estimate { measures[always: Measures.ExecutionCost()] }
}
