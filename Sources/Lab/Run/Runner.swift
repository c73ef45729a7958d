import Documents
import Foundation
import Lanes
import Threads

/// Runs a plan into a report folder: tiles on all cores, results committed by one writer in the order of the tiles.
package struct Runner {
  private let plan: RunPlan
  private let folder: ReportFolder
  private let gitRevision: String?

  package init(_ plan: RunPlan, into folder: ReportFolder, gitRevision: String?) {
    self.plan = plan
    self.folder = folder
    self.gitRevision = gitRevision
  }

  /// What to do when the system has failed and works again.
  package static let howToGoOn = "What was finished is kept; the same command with --resume goes on"

  /// How a run ended.
  package enum Ending: Sendable {
    /// All is there: store, `summary.json`, `manifest.json`; the page is drawn from the summary.
    case finished(Summary)
    /// Stopped on request; what is finished in the store, `--resume` goes on.
    case interrupted
  }

  /// Runs what is missing of the plan.
  ///
  /// - Parameters:
  ///   - shouldStop: asked before each tile and each step of one, from any thread.
  ///   - begun: hears that the folder is taken, with the fingerprint of the run: what all of its results follow from.
  ///   - report: hears of every finished tile, on the calling thread, after it is in the store.
  ///   - events: tells in a file what happens; nil where nobody asked for it.
  /// - Throws: `.refused` for a folder that must not be touched, `.store` for a store that is damaged and for a
  ///   file that cannot be read or written.
  package func run(
    resume: Bool, overwrite: Bool, shouldStop: @escaping @Sendable () -> Bool,
    begun: (_ fingerprint: String) -> Void = { _ in }, report: (RunProgress) -> Void, events: RunEvents? = nil
  ) throws(RunProblem) -> Ending {
    let context = try RunProblem.atStore { () throws(StoreProblem) in
      try RunContext(plan, gitRevision: gitRevision)
    }
    let lock = try folder.makeAndLock()
    defer { ReportFolder.unlock(lock) }
    let store = try folder.begin(context, paths: plan.paths, resume: resume, overwrite: overwrite)
    begun(context.fingerprint)
    do throws(RunProblem) {
      return try RunProblem.atStore { () throws(StoreProblem) in
        try goOn(store, context, shouldStop: shouldStop, report: report, events: events)
      }
    } catch {
      throw error.whereTheSystemFailed(Self.howToGoOn)
    }
  }

  /// Lives through the paths that the store lacks, and finishes.
  private func goOn(
    _ store: ResultsStore, _ context: RunContext, shouldStop: @escaping @Sendable () -> Bool,
    report: (RunProgress) -> Void, events: RunEvents?
  ) throws(StoreProblem) -> Ending {
    let wanted = try store.wantedPaths() ?? plan.paths
    let finished = try store.finishedPaths(markets: plan.markets.count)
    let jobs = TileJob.remaining(of: wanted, finished: finished, width: Int64(plan.tile))
    if !jobs.isEmpty || events != nil {
      if !jobs.isEmpty { try store.reopen() }
      let writer = TileWriter(
        store, plan, jobs: jobs.count, wantedPaths: Int64(wanted.count * plan.markets.count),
        finishedPaths: finished.joined().reduce(0) { $0 + Int64($1.count) },
        earlier: finished.joined().isEmpty ? [:] : try store.deskPaths(), events: events)
      writer.begin(context, in: folder, wanted: wanted)
      let markets = plan.markets
      let groups = plan.tile / Lanes.count
      let threads = max(1, min(plan.settings.threads, jobs.count))
      let done = try OrderedJobs<TileWorker>(count: jobs.count, threads: threads).run(
        makeWorker: { TileWorker(markets: markets, jobs: jobs, groups: groups) }, shouldStop: shouldStop,
        deliver: { _, result throws(StoreProblem) in try writer.take(result, report) })
      guard done == jobs.count else {
        try store.close()
        return .interrupted
      }
    }
    guard let summary = try finish(store, context, wanted, shouldStop: shouldStop) else {
      try store.close()
      return .interrupted
    }
    return .finished(summary)
  }

  /// Replays what the report looks at, and writes summary and manifest; nil where it was stopped.
  ///
  /// A run may be killed at any point of this, and does what is missing the next time.
  private func finish(
    _ store: ResultsStore, _ context: RunContext, _ paths: Range<Int64>,
    shouldStop: @escaping @Sendable () -> Bool
  ) throws(StoreProblem) -> Summary? {
    if try store.meta("digest") == nil {
      let markets = plan.markets
      let threads = plan.settings.threads
      guard let rungs = try LadderRun(plan).rows(store, context, paths: paths, shouldStop: shouldStop) else {
        return nil
      }
      guard let whatIfs = try WhatIfRun(plan).rows(store, context, paths: paths, shouldStop: shouldStop) else {
        return nil
      }
      let first = paths.lowerBound..<min(paths.lowerBound + RunRepetition.samplePaths, paths.upperBound)
      var counts = HistogramCounts(slots: markets.map(\.fans.slots).max() ?? 0)
      for planned in markets {
        try store.consolidate(planned.fans, market: planned.number, using: &counts, threads: threads)
      }
      // This thread is one of them.
      let (samples, ending) = try together(threads: threads) {
        Replays(markets: markets, threads: max(1, threads - 1)).samples(of: first)
      } work: { () throws(StoreProblem) in
        try store.ending(context)
      }
      let ruins = try RuinCounts(markets: markets, threads: threads).tables(store, paths: paths)
      let traces = try Replays(markets: markets, threads: threads).traces(of: ending.worstPaths)
      let behaviours = PolicyReplays(markets, try store.context(), paths: paths, threads: threads).behaviours()
      let known = try StoreProblem.wrapping("the known case cannot be lived through") {
        try KnownCase(seed: plan.seed)
      }
      try store.finish(
        digest: ending.digest, traces: traces, behaviours: behaviours, rungs: rungs, whatIfs: whatIfs, ruins: ruins,
        samples: samples,
        knownCase: known)
    }
    let summary = try Summary(store, threads: plan.settings.threads)
    try store.close()
    try StoreSeal.write(in: folder)
    let bytes = try summary.json(threads: plan.settings.threads)
    try WholeFile.replace(folder.summary, with: bytes)
    try WholeFile.replace(folder.manifest, with: Manifest(summary: summary, summaryBytes: bytes).json)
    return summary
  }
}
