import Statistics

extension Measures {
  /// What the events alone do: the same desk is met on the same paths without them.
  package struct RuinFromEvent: Measure {
    package let name = "ruinFromEvent"
    package let title = "ruin from the event alone"
    package let unit = MeasureUnit.fraction
    package let definition = "P(ruined) less P(ruined at severity 0), paired path by path"
    package let columns: [MeasureColumn] = [.fact(.cause)]

    package init() {}

    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      guard let calm = context.calm else { return nil }
      let (struck, spared) = (outcomes[.cause], calm[.fact(.cause)])
      precondition(struck.count == spared.count, "Invariant: all desks have the same paths")
      let differences = zip(struck, spared).map { ($0 != 0 ? 1.0 : 0) - ($1 != 0 ? 1 : 0) }
      guard differences.allSatisfy({ $0 == 0 }) else {
        return Moments(differences).estimate(confidence: context.confidence)
      }
      // No path tells them apart: the bound is that on the share of paths that might.
      let bound = outcomes.share(0).high
      return Estimate(
        value: 0, low: bound.map { -$0 }, high: bound, confidence: context.confidence, n: outcomes.count,
        method: .wilson)
    }
  }
}

extension DeskSummary {
  /// P(ruined) less P(ruined at severity 0), paired path by path.
  package var ruinFromEvent: Estimate? { measures[Measures.RuinFromEvent()] }
}
