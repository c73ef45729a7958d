import Statistics

extension Measures {
  /// What the events alone do: the same desk is met on the same paths without them.
  package struct RuinFromEvent: Measure {
    /// Its key in `summary.json`.
    package let name = "ruinFromEvent"
    /// As headings and figures of the page call it.
    package let title = "ruin from the event alone"
    /// A difference of two shares of all paths, in −1…1; above 0 where the events ruin more than they save.
    package let unit = MeasureUnit.fraction
    /// As `stresslab list measures` and the page define it.
    package let definition = "P(ruined) less P(ruined at severity 0), paired path by path"
    /// The cause, 0 of survivors; of the same desk at severity 0 too.
    package let columns: [MeasureColumn] = [.fact(.cause)]

    /// There is nothing to set.
    package init() {}

    /// Student's t interval of the paired differences; where no path differs, 0 with Wilson's bound on the share of
    /// paths that might, on both sides. Nil at severity 0, and where severity 0 was not run.
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
