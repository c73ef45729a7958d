import Documents

/// Tells what happens in a stress run: how it begins, how far it is, who is ruined, and the equity fans as they fill up.
/// Confined to the thread that writes the store; only what is in the store is told.
package final class RunEvents {
  private let file: EventFile
  private let paths: Int
  private let looks: [Int]
  private let isResumed: Bool
  private var hasBegun = false
  private var ruins: RuinEvents
  private var fans: FanEvents?

  /// - Parameters:
  ///   - plan: the whole run; where it may end earlier, further plans of it follow.
  ///   - isResumed: whether it goes on with what a folder may hold.
  package init(_ file: EventFile, _ plan: RunPlan, isResumed: Bool) {
    self.file = file
    paths = plan.paths.count
    looks = plan.looks
    self.isResumed = isResumed
    ruins = RuinEvents(file)
  }

  /// The run has its folder; its state is what earlier runs have left there. Told once, however often the run looks at its
  /// intervals: later on nothing but fans begins anew.
  func begin(
    _ context: RunContext, _ plan: RunPlan, in folder: ReportFolder, wanted: Range<Int64>, _ progress: RunProgress,
    _ store: ResultsStore
  ) {
    fans = fans?.going(on: plan) ?? FanEvents(file, plan, context.desks)
    guard !hasBegun else { return }
    hasBegun = true
    file.tell(
      ToldEvent(
        .begun,
        [
          "command": "run", "title": .string(context.title), "folder": .string(folder.path),
          "resumed": .bool(isResumed), "wantedPaths": .integer(max(paths, wanted.count)),
          "looks": .array(looks.map { .integer($0) }),
          "desks": .array(
            context.desks.map { desk in
              [
                "scenario": .string(desk.scenario), "severity": .number(desk.severity), "agent": .string(desk.agent),
                "risk": .string(desk.risk),
              ]
            }),
        ]))
    guard progress.finishedPaths > 0 else { return }
    file.tell(progress.event)
    let earlier = progress.desks.reduce(0) { $0 + $1.ruined }
    if earlier > 0 { file.tell(RuinEvents.rest(earlier)) }
    fans?.tellAll(progress, store)
  }

  /// A tile of a market is in the store.
  func tile(
    _ outcomes: OutcomeBatch, of market: PlannedMarket, _ progress: RunProgress, _ store: ResultsStore
  ) {
    ruins.tell(outcomes, stepSeconds: market.market.description.clock.stepSeconds)
    file.tell(.progress) { progress.event }
    if progress.isFinished {
      ruins.tellRest()
      file.tellWaiting()
      fans?.tellAll(progress, store)
    } else {
      fans?.tellDue(progress, store)
    }
  }

  /// No tile is to come, since the run was stopped or has failed: what was held back is told.
  package func stop() {
    ruins.tellRest()
    file.tellWaiting()
  }
}
