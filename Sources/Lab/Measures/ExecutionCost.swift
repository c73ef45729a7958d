import Statistics
import Trading

extension Measures {
  /// What trading cost; a path counts by what it traded.
  package struct ExecutionCost: Measure {
    /// Its key in `summary.json`.
    package let name = "executionCostBps"
    /// As headings and figures of the page call it.
    package let title = "execution cost, of traded notional"
    /// Of the notional that was filled; positive is a cost.
    package let unit = MeasureUnit.basisPoints
    /// As `stresslab list measures` and the page define it.
    package let definition = "half-spread, impact and fees over traded notional at the decision price"
    /// The terms of execution and the filled notional, both in both windows. Forced sales are no part of them.
    package let columns: [MeasureColumn] =
      MeasureColumn.costs(\.isExecution) + MeasureColumn.notionals(.filled)

    /// There is nothing to set.
    package init() {}

    /// Σ cost over Σ notional across paths, with the delta method's interval; no value where nobody traded. Never nil.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      let costs = CostWindow.allCases.flatMap { window in
        CostTerm.allCases.filter(\.isExecution).map { outcomes[$0, window] }
      }
      var ratio = RatioOfSums()
      for (path, notional) in outcomes[.filled].enumerated() {
        ratio.add(numerator: costs.reduce(0) { $0 + $1[path] }, denominator: notional)
      }
      return ratio.estimate(confidence: context.confidence).scaled(by: 1e4)
    }
  }
}

extension DeskSummary {
  /// Half-spread, impact and fees over traded notional at the decision price.
  package var executionCostBps: Estimate { measures[always: Measures.ExecutionCost()] }
}
