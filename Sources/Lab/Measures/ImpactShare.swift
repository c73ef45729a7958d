import Statistics
import Trading

extension Measures {
  /// How much of what a desk's own orders cost is their own impact: what trading slower, or less, could save.
  package struct ImpactShare: Measure {
    /// Its key in `summary.json`.
    package let name = "impactShare"
    /// As headings and figures of the page call it.
    package let title = "impact, of its own orders’ cost"
    /// A share of what `ExecutionCost` counts.
    package let unit = MeasureUnit.fraction
    /// As `stresslab list measures` and the page define it.
    package let definition = "impact over half-spread, impact and fees of its own orders, without forced sales"
    /// The terms of execution in both windows; forced sales are no part of them.
    package let columns: [MeasureColumn] = MeasureColumn.costs(\.isExecution)

    /// There is nothing to set.
    package init() {}

    /// Σ impact over Σ cost across paths, both windows together, with the delta method's interval; no value where nobody
    /// traded. Never nil.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      RatioOfSums(outcomes.costs { $0 == .impact }, over: outcomes.costs(\.isExecution), usually: 0)
        .estimate(confidence: context.confidence)
    }
  }
}

extension DeskSummary {
  /// Impact over all that its own orders cost; nil in a file that does not say it.
  package var impactShare: Estimate? { measures[Measures.ImpactShare()] }
}
