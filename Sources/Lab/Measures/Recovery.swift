import Statistics
import Trading

extension Measures {
  /// The share of impaired paths that came back.
  package struct Recovery: Measure {
    /// Its key in `summary.json`.
    package let name = "recovery"
    /// As headings and figures of the page call it.
    package let title = "recovery, if impaired"
    /// A share of the impaired paths.
    package let unit = MeasureUnit.fraction
    /// As `stresslab list measures` and the page define it.
    package let definition = "P(recovered by the horizon | impaired), ruin competing"
    /// What came first, and who was impaired.
    package let columns: [MeasureColumn] = [.recovery(.state), .recovery(.impairedStep)]

    /// There is nothing to set.
    package init() {}

    /// Wilson's interval over the impaired paths; no value where there are none. Never nil.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      // Censoring is at the horizon alone, so the share that has recovered by then is a plain proportion.
      let impaired = outcomes[.impairedStep].count { $0 >= 0 }
      let recovered = outcomes[.state].count { $0 == Double(RecoveryState.recovered.rawValue) }
      return Proportion(recovered, of: impaired).wilson(confidence: context.confidence)
    }
  }
}

extension DeskSummary {
  /// P(recovered by the horizon | impaired), ruin competing.
  package var recovery: Estimate { measures[always: Measures.Recovery()] }
}
