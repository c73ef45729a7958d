import Statistics
import Trading

extension Measures {
  /// The terms of the implementation shortfall.
  package struct CostSplit: Measure {
    /// Its key in `summary.json`.
    package let name = "costSplit"
    /// As headings and figures of the page call it.
    package let title = "cost by term"
    /// With its base: other costs are over what was traded.
    package var heading: String { "\(title), of starting equity" }
    /// Of starting equity; positive is a cost.
    package let unit = MeasureUnit.basisPoints
    /// As `stresslab list measures` and the page define it.
    package let definition = "mean cost by term over starting equity, calm and event windows apart"
    /// Every term in both windows.
    package let columns: [MeasureColumn] = MeasureColumn.costs { _ in true }

    /// There is nothing to set.
    package init() {}

    /// A line for each term, in their order: means over all paths, with Student's t intervals. All of them add up to
    /// the mean implementation shortfall. Never nil.
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
