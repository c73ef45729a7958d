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

    /// Tango's interval of the paired difference. Nil at severity 0, and where severity 0 was not run.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
      guard let calm = context.calm else { return nil }
      let (struck, spared) = (outcomes[.cause], calm[.fact(.cause)])
      precondition(struck.count == spared.count, "Invariant: all desks have the same paths")
      let pairs = zip(struck, spared)
      return PairedShares(
        onlyFirst: pairs.count { $0 != 0 && $1 == 0 }, onlySecond: pairs.count { $0 == 0 && $1 != 0 },
        of: struck.count
      ).estimate(confidence: context.confidence)
    }
  }
}

extension DeskSummary {
  /// P(ruined) less P(ruined at severity 0), paired path by path.
  package var ruinFromEvent: Estimate? { measures[Measures.RuinFromEvent()] }
}
