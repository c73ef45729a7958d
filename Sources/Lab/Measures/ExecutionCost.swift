import Statistics
import Trading

extension Measures {
  /// What trading cost; a path counts by what it traded.
  package struct ExecutionCost: Measure {
    package let name = "executionCostBps"
    package let title = "execution cost, of traded notional"
    package let unit = MeasureUnit.basisPoints
    package let definition = "half-spread, impact and fees over traded notional at the decision price"
    package let columns: [MeasureColumn] =
      MeasureColumn.costs(\.isExecution) + MeasureColumn.notionals(.filled)

    package init() {}

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
