import Statistics

extension Measures {
  /// How much was done in time.
  package struct Completion: Measure {
    /// Its key in `summary.json`.
    package let name = "completion"
    /// As headings and figures of the page call it.
    package let title = "completed"
    /// A share of what is to be traded, at the prices of t = 0.
    package let unit = MeasureUnit.fraction
    /// As `stresslab list measures` and the page define it.
    package let definition =
      "share of the orders that was carried out before the rest was closed at the horizon, or by ruin"
    /// What was still held when the account was closed.
    package let columns: [MeasureColumn] = [.fact(.unfinished)]
    /// Only where the mandate is to execute.
    package let isOfExecution = true

    /// There is nothing to set.
    package init() {}

    /// The mean share over paths, with Student's t interval, or Hoeffding's where hardly a path differs; what is held beside
    /// the orders takes nothing off. Nil where the mandate is another.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      guard let terms = context.execution else { return nil }
      return BoundedMean(outcomes[.unfinished].map { min(1, max(0, 1 - $0 / terms.gross)) })
        .estimate(confidence: context.confidence)
    }
  }
}
