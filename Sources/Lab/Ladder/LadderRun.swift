import Threads

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
    var ruined = rungs.map { $0.desks.map { _ in 0 } }
    let jobs = rungs.indices.filter { rungs[$0].planned == nil }.flatMap { rung in
      Replays.parts(prefix, groups: Int64(plan.tile / 8)).map { LadderWorker.Job(rung: rung, paths: $0) }
    }
    if !jobs.isEmpty {
      let threads = min(plan.settings.threads, jobs.count)
      let done = OrderedJobs<LadderWorker>(count: jobs.count, threads: threads).run(
        makeWorker: { LadderWorker(rungs: rungs, jobs: jobs) }, shouldStop: shouldStop,
        deliver: { job, counts in
          for (desk, count) in counts.enumerated() { ruined[jobs[job].rung][desk] += count }
        })
      guard done == jobs.count else { return nil }
    }
    let counted = try store.ruinedPaths(of: prefix)
    return rungs.enumerated().flatMap { index, rung in
      rung.desks.indices.map { desk in
        StoredRung(
          scenario: context.scenarios[rung.scenario].name, agent: rung.desks[desk].agentName,
          risk: rung.desks[desk].riskName, severity: rung.severity, firstPath: prefix.lowerBound,
          paths: prefix.count,
          ruined: rung.planned.map { counted[$0.desks[desk].index] ?? 0 } ?? ruined[index][desk])
      }
    }
  }
}
