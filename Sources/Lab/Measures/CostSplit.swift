import Statistics
import Trading

extension Measures {
  /// The terms of the implementation shortfall.
  package struct CostSplit: Measure {
    package let name = "costSplit"
    package let title = "cost by term"
    package let unit = MeasureUnit.basisPoints
    package let definition = "mean cost by term over starting equity, calm and event windows apart"
    package let columns: [MeasureColumn] = MeasureColumn.costs { _ in true }

    package init() {}

    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> [CostLine]? {
      func mean(_ term: CostTerm, _ window: CostWindow) -> Estimate {
        Moments(outcomes[term, window].map { $0 / context.startEquity }).estimate(confidence: context.confidence)
          .scaled(by: 1e4)
      }
      return CostTerm.allCases.map { CostLine(term: $0, calm: mean($0, .calm), event: mean($0, .event)) }
    }
  }
}

extension DeskSummary {
  /// Mean cost by term over starting equity, calm and event windows apart.
  package var costSplit: [CostLine] { measures[always: Measures.CostSplit()] }
}
