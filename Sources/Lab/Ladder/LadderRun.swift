/// Counts the ruined paths of every rung at the end of a run; the threads change no number.
struct LadderRun: Sendable {
  private let plan: RunPlan

  init(_ plan: RunPlan) { self.plan = plan }

  /// The rows of the table `rungs`; nil where it was given up.
  ///
  /// A rung at a severity that the run has itself is counted from its outcomes.
  /// - Parameter paths: of the run.
  func rows(
    _ store: ResultsStore, _ context: RunContext, paths: Range<Int64>, shouldStop: @escaping @Sendable () -> Bool
  ) throws(StoreProblem) -> [StoredRung]? {
    guard let ladder = plan.ladder, !ladder.rungs.isEmpty else { return [] }
    let prefix = paths.lowerBound..<paths.lowerBound + Int64(min(ladder.paths, paths.count))
    let rungs = ladder.rungs
    let lived = rungs.map { LivedMarket(market: $0.market, desks: $0.desks, terms: $0.terms) }
    let jobs = RuinWorker.jobs(rungs.indices.filter { rungs[$0].planned == nil }, prefix, tile: plan.tile)
    guard
      let ruined = RuinWorker.ruined(lived, jobs: jobs, threads: plan.settings.threads, shouldStop: shouldStop)
    else { return nil }
    let counted = try store.ruinedPaths(of: prefix)
    return rungs.enumerated().flatMap { index, rung in
      rung.desks.indices.map { desk in
        StoredRung(
          scenario: context.scenarios[rung.scenario].name, agent: rung.desks[desk].agentName,
          risk: rung.desks[desk].riskName, severity: rung.severity, firstPath: prefix.lowerBound,
          paths: prefix.count,
          ruined: rung.planned.map { counted[$0.desks[desk].index] ?? 0 } ?? ruined[index][desk].count)
      }
    }
  }
}
