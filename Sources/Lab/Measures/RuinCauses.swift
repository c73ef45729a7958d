import Statistics
import Trading

extension Measures {
  /// What came first, in each of the ways to be ruined.
  package struct RuinCauses: Measure {
    /// Its key in `summary.json`.
    package let name = "ruinCauses"
    /// As headings and figures of the page call it.
    package let title = "causes of ruin"
    /// Shares of all paths.
    package let unit = MeasureUnit.fraction
    /// As `stresslab list measures` and the page define it.
    package let definition = "share of all paths that each cause ruined"
    /// The cause alone.
    package let columns: [MeasureColumn] = [.fact(.cause)]

    /// There is nothing to set.
    package init() {}

    /// A line for each cause but `none`, in their order, with the interval of a share. They add up to one less
    /// survival. Never nil.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> [CauseLine]? {
      RuinCause.allCases.filter { $0 != .none }.map { cause in
        CauseLine(cause: cause, share: outcomes.share(outcomes[.cause].count { $0 == Double(cause.rawValue) }))
      }
    }
  }
}

extension DeskSummary {
  /// Share of all paths that each cause ruined.
  package var ruinCauses: [CauseLine] { measures[always: Measures.RuinCauses()] }
}
