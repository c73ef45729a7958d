import Documents
import Foundation
import GRDB
import Trading

/// Which path of a desk somebody means.
package enum PathChoice: Sendable, Hashable {
  /// The one of this number.
  case number(Int64)
  /// The one that ended worst for the desk; the report's page tells of it.
  case worst
}

extension PathInspection {
  /// Lives through a path of a finished run again, as its documents give it; writes nothing.
  ///
  /// The outcome has to be the one that the store keeps, and of the worst path the trace too.
  ///
  /// - Parameters:
  ///   - choice: which desk, and
  ///   - pathChoice: which of its paths.
  /// - Throws: `.refused` where no finished run of this version lies there, where it has no such desk or path, and where its
  ///   documents are not those that they were; `.store` where the store is damaged or the system fails.
  package init(
    _ folder: ReportFolder, _ choice: DeskChoice, _ pathChoice: PathChoice,
    threads: Int = ProcessInfo.processInfo.activeProcessorCount
  ) throws(RunProblem) {
    try folder.refuseWithoutRun()
    let lock = try folder.lockForReading()
    defer { ReportFolder.unlock(lock) }
    try RunProblem.atStore { () throws(StoreProblem) in
      try folder.refuseLinks()
      try folder.refuseStopped()
    }
    let store = try RunProblem.atStore { () throws(StoreProblem) in
      try ResultsStore.open(at: folder.store, columns: StoredColumn.outcomes, for: .reading)
    }
    self = try Self.made(store, choice, pathChoice, threads: threads)
    try RunProblem.atStore(store.closeAsItIs)
  }

  private static func made(
    _ store: ResultsStore, _ choice: DeskChoice, _ pathChoice: PathChoice, threads: Int
  ) throws(RunProblem) -> PathInspection {
    let (context, paths) = try RunProblem.atStore { () throws(StoreProblem) in
      try store.verifyMeta()
      let context = try store.context()
      let paths = try store.finishedRange(markets: context.markets.count)
      guard try store.meta("digest") != nil else {
        throw StoreProblem("the run is not finished: resume it with --resume", .unfit)
      }
      return (context, paths)
    }
    let facts: RunContext.DeskFacts
    do throws(Refusal) { facts = try choice.desk(among: context.desks) } catch { throw .refused(error) }
    return try RunProblem.atStore { () throws(StoreProblem) in
      guard let kept = try store.trace(ofDesk: facts.desk) else {
        throw .damaged(store.path, "it has no worst path of desk \(facts.desk)")
      }
      let path = try Self.path(pathChoice, worst: kept.path, of: paths)
      let plan = try RunRepetition(store, context, threads: threads).plan()
      guard let market = plan.markets.first(where: { $0.deskNumbers.contains(facts.desk) }) else {
        preconditionFailure("Invariant: a plan that gives the run's desks has each of them")
      }
      let desk = market.desks[facts.desk - market.deskNumbers.lowerBound]
      let made = Replay(planned: market, firstPath: path & ~7).inspection(desk, path: path)
      try Self.check(made.outcome, made.trace, kept, store, context)
      let clock = market.market.description.clock
      return PathInspection(
        desk: facts.desk, scenario: facts.scenario, severity: facts.severity, agent: facts.agent, risk: facts.risk,
        path: path, paths: paths, isWorst: path == kept.path, assets: market.market.description.assets,
        rules: plan.file.study.risk[facts.risk]?.rules.names ?? [], stepSeconds: clock.stepSeconds,
        daySeconds: clock.calendar.secondsPerDay, startEquity: facts.startEquity, steps: made.steps,
        outcome: made.outcome, trace: made.trace)
    }
  }

  private static func path(
    _ choice: PathChoice, worst: Int64, of paths: Range<Int64>
  ) throws(StoreProblem) -> Int64 {
    guard case .number(let path) = choice else { return worst }
    guard paths.contains(path) else {
      throw StoreProblem(
        "--path lies in \(paths.lowerBound)…\(paths.upperBound - 1), the paths of the run, not at \(path)", .unfit)
    }
    return path
  }

  /// Sees that the store says of the path what came out.
  ///
  /// - Throws: `.damaged` with the first difference.
  private static func check(
    _ outcome: OutcomeRow, _ trace: Trace, _ kept: StoredTrace, _ store: ResultsStore, _ context: RunContext
  ) throws(StoreProblem) {
    var row = OutcomeBatch(columns: store.columns.count)
    row.append(outcome)
    let (paths, desks) = (outcome.path..<outcome.path + 1, Int(outcome.desk)..<Int(outcome.desk) + 1)
    let stored = try store.outcomes(of: paths, desks: desks)
    let repetition = RunRepetition(store, context, threads: 1)
    if let difference = repetition.difference(stored, row, store.columns, paths, desks: desks) {
      throw .damaged(store.path, "its outcomes were changed: \(difference)")
    }
    guard trace.path == kept.path, try StoredTrace(desk: kept.desk, trace: trace).text != kept.text else { return }
    throw .damaged(
      store.path,
      "its traces were changed: path \(kept.path) of desk \(kept.desk), step by step, is not what the store tells of it"
    )
  }
}

extension RunRepetition {
  /// The plan of the run, made again from its documents.
  ///
  /// - Throws: `.unfit` where they cannot be read any more, or are not those that they were, in the words of `checks`.
  fileprivate func plan() throws(StoreProblem) -> RunPlan {
    switch try documents() {
    case .failure(let check): throw StoreProblem(check.detail, .unfit)
    case .success(let plan):
      let check = try descriptionCheck(plan)
      guard check.finding == .good else { throw StoreProblem(check.detail, .unfit) }
      return plan
    }
  }
}

extension ResultsStore {
  /// The trace of a desk's worst path; nil where there is none.
  fileprivate func trace(ofDesk desk: Int) throws(StoreProblem) -> StoredTrace? {
    try checked { db in
      let row = try Row.fetchOne(db, sql: "SELECT path, trace FROM traces WHERE desk = ?", arguments: [desk])
      return row.map { StoredTrace(desk: desk, path: $0[0], text: $0[1]) }
    }
  }
}
