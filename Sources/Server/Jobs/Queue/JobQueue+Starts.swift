import Documents
import Foundation
import Glibc
import Lab
import Logging

extension JobQueue {
  /// Starts what may run now, the greatest priority and then the oldest first.
  func startWhatMay() {
    writeDown()
    do throws(StoreProblem) {
      if !hasTakenUp { try takeUp() }
      for job in try store.waiting() {
        guard !isDraining, running.count + held.values.count(where: \.isRunning) < limits.running else { return }
        guard held[job.id] == nil, unwritten[job.id] == nil, !isTaken(job.order.output) else { continue }
        try start(job)
      }
    } catch {
      tryAgain("jobs that wait cannot be started", "\(error)")
    }
  }

  /// Whether a job that runs writes to a folder.
  private func isTaken(_ output: String?) -> Bool {
    guard let output else { return false }
    let folder = Self.plain(output)
    return (running.values.map(\.order) + held.values.map(\.order)).contains { order in
      order.output.map(Self.plain) == folder
    }
  }

  /// A folder's name in one way of writing it.
  private static func plain(_ folder: String) -> [Substring] {
    folder.split(separator: "/").filter { $0 != "." }
  }

  private func start(_ job: Job) throws(StoreProblem) {
    let files = folders.files(of: job.id)
    try files.make()
    guard let lock = try lock(job, files) else {
      return hold(job, process: nil, isRunning: false)
    }
    let hasEvents: Bool
    do throws(SystemFault) {
      hasEvents = try files.cutUnfinishedEvent()
    } catch {
      throw StoreProblem("\(files.events) cannot be written", error)
    }
    guard let begun = try store.begin(job.id, time: clock.now()) else { return }
    let launch = JobLaunch(
      program: program, arguments: arguments(for: begun, hasEvents: hasEvents), workspace: folders.workspace,
      environment: JobEnvironment.filtered(environment, parent: getpid()), output: files.output, log: files.log,
      memory: limits.memory, niceness: limits.niceness)
    let (id, logStart) = (job.id, JobLog.size(of: files.log))
    do throws(SystemFault) {
      let process = try JobProcess.start(launch, holding: lock) { [weak self] end in
        Task { await self?.ended(id, end) }
      }
      running[id] = RunningJob(order: job.order, process: process, logStart: logStart)
      tell(begun)
      do throws(StoreProblem) {
        _ = try store.note(process.identity, of: id)
      } catch {
        // The lock still says that it lives.
        logger.error("a job's process cannot be written down", metadata: ["job": "\(id)", "problem": "\(error)"])
      }
    } catch {
      end(id, .notStarted("\(error)"))
    }
  }

  private func lock(_ job: Job, _ files: JobFiles) throws(StoreProblem) -> FileLock? {
    do throws(SystemFault) {
      return try FileLock.take(files.lock)
    } catch {
      throw StoreProblem("\(files.lock) cannot be locked", error)
    }
  }

  /// With what a job is started: to go on where an earlier start has left something.
  ///
  /// - Parameter hasEvents: whether an earlier start has told anything: before, what lies in a folder that is to be
  ///   overwritten is not the job's.
  private func arguments(for job: Job, hasEvents: Bool) -> [String] {
    let order = job.order
    var arguments = order.arguments
    let isNew = order.arguments.contains("--overwrite") && !hasEvents
    if let goingOn = order.goingOn, job.attempts > 1, !isNew, order.output.map(folders.holdsSomething) ?? true {
      arguments = goingOn
    }
    guard order.kind.tellsEvents else { return arguments }
    // Behind two dashes there are no options.
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    arguments.insert(contentsOf: ["--events", JobFolders.eventsFromWorkspace(of: job.id)], at: end)
    return arguments
  }

  /// A job's process has ended.
  private func ended(_ id: String, _ end: ProcessEnd) {
    guard let job = running.removeValue(forKey: id) else { return }
    let asked: JobOutcome.Asking = job.isCancelled ? .cancelling : isDraining ? .draining : .nobody
    self.end(
      id,
      JobOutcome(
        end, asked: asked, complaint: JobLog.lastLine(of: folders.files(of: id).log, from: job.logStart),
        hasMemoryLimit: limits.memory != nil))
    tellIfIdle()
    wake()
  }

  /// Writes down what came of a job, now or as soon as it can be.
  func end(_ id: String, _ outcome: JobOutcome) {
    unwritten[id] = outcome
    writeDown()
  }

  /// Writes down what came of jobs, and forgets the oldest ones.
  func writeDown() {
    guard !unwritten.isEmpty else { return }
    do throws(StoreProblem) {
      for (id, outcome) in unwritten.sorted(by: { $0.key < $1.key }) {
        let job = try store.end(id, outcome, time: clock.now())
        unwritten[id] = nil
        if let job { tell(job) }
      }
      for id in try store.prune(kept: limits.kept) { folders.files(of: id).remove() }
    } catch {
      tryAgain("what came of jobs cannot be written down", "\(error)")
    }
  }

  /// Looks again soon: nobody tells when a disk has room again.
  private func tryAgain(_ what: String, _ problem: String) {
    logger.error("\(what)", metadata: ["problem": "\(problem)"])
    guard !triesAgain else { return }
    triesAgain = true
    Task { [weak self] in
      try? await Task.sleep(for: .seconds(2))
      await self?.tryNow()
    }
  }

  private func tryNow() {
    triesAgain = false
    wake()
  }
}
