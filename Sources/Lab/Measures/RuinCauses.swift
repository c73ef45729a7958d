import Statistics
import Trading

extension Measures {
  /// What came first, in each of the ways to be ruined.
  package struct RuinCauses: Measure {
    package let name = "ruinCauses"
    package let title = "causes of ruin"
    package let unit = MeasureUnit.fraction
    package let definition = "share of all paths that each cause ruined"
    package let columns: [MeasureColumn] = [.fact(.cause)]

    package init() {}

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
