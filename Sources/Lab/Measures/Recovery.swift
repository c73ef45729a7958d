import Statistics
import Trading

extension Measures {
  /// The share of impaired paths that came back.
  package struct Recovery: Measure {
    package let name = "recovery"
    package let title = "recovery, if impaired"
    package let unit = MeasureUnit.fraction
    package let definition = "P(recovered by the horizon | impaired), ruin competing"
    package let columns: [MeasureColumn] = [.recovery(.state), .recovery(.impairedStep)]

    package init() {}

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
