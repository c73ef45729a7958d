import Lab
import Threads

/// How fast this machine has run before, by which the time of a run is estimated.
package final class EarlierRuns: Sendable {
  /// Work and seconds of runs, by the identifiers of their jobs; nil of those that tell nothing.
  private let known = Locked<[String: Run?]>([:])

  private struct Run: Sendable {
    let work, seconds: Double
  }

  /// Nothing is known yet.
  package init() {}

  /// Work a second of runs together, and how many of them tell of it.
  ///
  /// What a run was is read again from its documents, once; one whose documents are gone or that took more than one go
  /// counts for nothing.
  func speed(of jobs: [Job], _ plan: (RunOrder) throws -> RunPlan) -> (work: Double, runs: Int) {
    let runs = jobs.compactMap { job -> Run? in
      if let kept = known.withLock({ $0[job.id] }) { return kept }
      let run = Self.run(job, plan)
      known.withLock { _ = $0.updateValue(run, forKey: job.id) }
      return run
    }
    let seconds = runs.reduce(0) { $0 + $1.seconds }
    return (runs.isEmpty ? 0 : runs.reduce(0) { $0 + $1.work } / seconds, runs.count)
  }

  private static func run(_ job: Job, _ plan: (RunOrder) throws -> RunPlan) -> Run? {
    guard job.attempts == 1, let started = job.started, let ended = job.ended, ended > started,
      let plan = try? RunOrder(arguments: job.order.arguments).map(plan)
    else { return nil }
    return Run(work: plan.work, seconds: Double(ended - started) / 1000)
  }
}
