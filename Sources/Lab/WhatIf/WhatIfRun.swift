import Threads

/// Counts who is ruined where a figure is another, path by path beside the run's own outcomes; the threads change no number.
struct WhatIfRun: Sendable {
  private let plan: RunPlan

  init(_ plan: RunPlan) { self.plan = plan }

  /// The rows of the table `whatIfs`; nil where it was given up.
  ///
  /// - Parameter paths: of the run.
  func rows(
    _ store: ResultsStore, _ context: RunContext, paths: Range<Int64>, shouldStop: @escaping @Sendable () -> Bool
  ) throws(StoreProblem) -> [StoredWhatIf]? {
    guard let whatIf = plan.whatIf, !whatIf.worlds.isEmpty else { return [] }
    let prefix = paths.lowerBound..<paths.lowerBound + Int64(min(whatIf.paths, paths.count))
    let worlds = whatIf.worlds
    let lived = worlds.map { LivedMarket(market: $0.market, desks: $0.base.desks, terms: $0.base.terms) }
    guard
      let ruined = RuinWorker.ruined(
        lived, jobs: RuinWorker.jobs(Array(lived.indices), prefix, tile: plan.tile), threads: plan.settings.threads,
        shouldStop: shouldStop)
    else { return nil }
    let asWritten = try store.ruinedPathNumbers(of: prefix)
    return worlds.enumerated().flatMap { index, world in
      world.base.desks.indices.map { number in
        let desk = world.base.desks[number]
        let before = asWritten[desk.index] ?? []
        let now = ruined[index][number]
        return StoredWhatIf(
          scenario: context.scenarios[world.base.scenario].name, severity: world.base.severity,
          figure: world.variant.figure, pointer: world.variant.pointer, factor: world.variant.factor,
          agent: desk.agentName, risk: desk.riskName, firstPath: prefix.lowerBound, paths: prefix.count,
          ruined: now.count, ruinedAsWritten: before.count, newlyRuined: now.count { !before.contains($0) })
      }
    }
  }
}
