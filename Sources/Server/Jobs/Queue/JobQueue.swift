import Documents
import Foundation
import Lab
import Logging
import Tracking

/// The jobs of a workspace: processes of this program that are started one after another, and that a crash, of a job or of
/// the server, harms as little as possible.
///
/// What the store says is what counts: a job is entered, begun and ended there first, each in one transaction. A process holds
/// a lock for as long as it lives, so that a server which comes after one that was killed sees what still runs.
package actor JobQueue {
  let folders: JobFolders
  let program: String
  let limits: JobLimits
  let environment: [String: String]
  let logger: Logger
  let clock: WallClock
  let store: JobStore
  let hub: EventsHub
  nonisolated let notices = JobChanges()
  /// That no other server starts jobs here.
  private let serverLock: FileLock

  var running: [String: RunningJob] = [:]
  var held: [String: HeldJob] = [:]
  /// What came of jobs and could not be written down yet.
  var unwritten: [String: JobOutcome] = [:]
  /// Whether what an earlier server left has been taken up.
  var hasTakenUp = false
  /// Whether it is tried again soon what the store or the system refused.
  var triesAgain = false
  var isDraining = false
  private var isDrained = false
  private var idle: [CheckedContinuation<Void, Never>] = []
  private let wakes: AsyncStream<Void>
  private let waking: AsyncStream<Void>.Continuation

  /// Opens the jobs of a workspace. Nothing is started before `run`.
  ///
  /// - Parameters:
  ///   - workspace: the folder that is served, and in which jobs run.
  ///   - program: the path of this program.
  ///   - environment: what is known of the surroundings; jobs see a part of it.
  /// - Throws: what the system refuses, a damaged store, one of a newer version, or that another server has it.
  package init(
    workspace: String, program: String, limits: JobLimits = JobLimits(), environment: [String: String], logger: Logger,
    clock: WallClock = .system
  ) throws(StoreProblem) {
    folders = JobFolders(workspace)
    self.program = program
    self.limits = limits
    self.environment = environment
    self.logger = logger
    self.clock = clock
    try folders.make()
    let lock: FileLock?
    do throws(SystemFault) {
      lock = try FileLock.take(folders.serverLock)
    } catch {
      throw StoreProblem("\(folders.serverLock) cannot be locked", error)
    }
    guard let lock else {
      throw StoreProblem("\(workspace) is being served by another process already", .unfit)
    }
    serverLock = lock
    store = try JobStore(folders)
    hub = EventsHub()
    (wakes, waking) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
  }

  /// Starts what waits, and takes up what an earlier server left, until `drain` or until the task is cancelled.
  package func run() async {
    wake()
    for await _ in wakes {
      guard !isDraining else { break }
      startWhatMay()
    }
    await drain()
  }

  /// Has it looked soon whether something may be started.
  func wake() { waking.yield() }

  /// Stops in order: processes are asked to stop, and are gone on with when a server starts again. Ends all streams.
  package func drain() async {
    if !isDraining {
      isDraining = true
      waking.finish()
      logger.info("jobs are being stopped", metadata: ["running": "\(running.count)"])
      for job in running.values { job.process.stop() }
      endLater(running.values.map(\.process))
    }
    if !running.isEmpty { await withCheckedContinuation { idle.append($0) } }
    guard !isDrained else { return }
    isDrained = true
    hub.end()
    notices.end()
  }

  /// Ends processes that have not stopped when patience is over.
  func endLater(_ processes: [JobProcess]) {
    guard !processes.isEmpty else { return }
    let patience = limits.patience
    Task.detached {
      try? await Task.sleep(for: patience)
      for process in processes { process.end() }
    }
  }

  /// Tells who waits for it that no process is there any more.
  func tellIfIdle() {
    guard isDraining, running.isEmpty else { return }
    for continuation in idle { continuation.resume() }
    idle = []
  }

  /// Tells everybody how a job stands.
  func tell(_ job: Job) {
    hub.tell(job.id, isOver: job.state.isOver)
    notices.tell(job.id)
    logger.info(
      "job \(job.state.rawValue)",
      metadata: [
        "job": "\(job.id)", "kind": "\(job.order.kind.rawValue)", "attempts": "\(job.attempts)",
        "exit": "\(job.exit.map { "\($0)" } ?? "-")",
      ])
  }
}
