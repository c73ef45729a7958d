import Markets
import Trading

/// The rungs of a study's ladder, scenario by scenario, in each severity by severity; none of a scenario without events,
/// which no severity moves.
struct LadderPlan: Sendable {
  /// Paths of each rung, at most.
  let paths: Int
  let rungs: [Rung]

  /// A scenario at one severity of the ladder, with the desks that face it.
  struct Rung: Sendable {
    /// Index of its scenario in the study.
    let scenario: Int
    let severity: Double
    let market: Market
    /// As in the scenario's first market of the run: their agents and profiles are the same everywhere.
    let desks: [Desk]
    let terms: DeskTerms
    /// The market of the run at the same severity, whose first paths need not be lived through again; nil where there is
    /// none.
    let planned: PlannedMarket?
  }

  /// Plans a ladder beside the markets of a run.
  ///
  /// - Throws: what a scenario says against its market at a rung.
  init(
    _ ladder: SeverityLadder, _ study: Study, _ scenarios: [ScenarioFile], markets: [PlannedMarket], seed: UInt64
  ) throws(Refusal) {
    paths = ladder.paths
    let severities = ladder.severities
    var all: [Rung] = []
    for (index, scenario) in scenarios.enumerated() {
      let own = markets.filter { $0.scenario == index }
      guard let first = own.first, !first.market.description.events.isEmpty else { continue }
      var rungs: [Rung] = []
      for severity in severities {
        let planned = own.first { $0.severity == severity }
        let market =
          if let planned { planned.market } else {
            try RunPlan.market(scenario, severity: severity, seed: seed)
          }
        rungs.append(
          Rung(
            scenario: index, severity: severity, market: market, desks: first.desks,
            terms: try RunPlan.terms(study, market.description), planned: planned))
      }
      // Of one path there is no share that survives.
      if !rungs.allSatisfy(\.market.description.isSameOnEveryPath) { all += rungs }
    }
    self.rungs = all
  }
}
