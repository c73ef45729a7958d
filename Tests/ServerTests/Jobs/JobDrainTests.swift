import Foundation
import Glibc
import Lab
import Server
import Testing

@Suite("A server that stops or is killed", .timeLimit(.minutes(2)))
struct JobDrainTests {
  private static let goesOn = JobOrder.script(
    "mkdir out; touch out/some; echo first >> marks; \(String.untilInterrupted)", goingOn: "echo on >> marks",
    output: "out")

  @Test("stops jobs in order, starts no more, and the next one goes on with all of them")
  func drained() async throws {
    let workspace = try JobWorkspace()
    let jobs = try await workspace.running(JobLimits(running: 2)) { queue in
      let jobs = [
        try await queue.submit(Self.goesOn), try await queue.submit(.script(.untilInterrupted, goingOn: "exit 0")),
        try await queue.submit(.script("echo waited >> marks")),
      ]
      for job in jobs.prefix(2) { try await queue.told("here", by: job) }
      await queue.drain()
      for job in jobs {
        let stopped = try queue.job(job.id)
        #expect(stopped.state == .queued && stopped.message == nil && stopped.exit == nil && stopped.ended == nil)
      }
      await #expect(throws: JobRefusal.stopping) { try await queue.submit(.script("exit 0")) }
      await #expect(throws: JobRefusal.stopping) { try await queue.resume(jobs[0].id) }
      return jobs
    }
    #expect(workspace.lines("marks") == ["first"])
    try await workspace.running { queue in
      var ended: [Job] = []
      for job in jobs { ended.append(try await queue.end(of: job)) }
      #expect(ended.map(\.state) == [.finished, .finished, .finished])
      #expect(ended.map(\.attempts) == [2, 2, 1])
    }
    #expect(workspace.lines("marks") == ["first", "on", "waited"])
  }

  @Test("ends jobs that do not stop when its patience is over; they too are gone on with")
  func deaf() async throws {
    let workspace = try JobWorkspace()
    let job = try await workspace.running(JobLimits(patience: .zero)) { queue in
      let job = try await queue.submit(.script(.deaf, goingOn: "exit 0"))
      try await queue.told("here", by: job)
      return job
    }
    let again = try await workspace.running { queue in try await queue.end(of: job) }
    #expect(again.state == .finished)
  }

  @Test("does not go on with what was to be stopped, nor with what was done")
  func others() async throws {
    let workspace = try JobWorkspace()
    try await workspace.running(JobLimits(running: 3)) { queue in
      let cancelled = try await queue.submit(
        .script("trap '' INT; tell here; trap 'exit 130' INT; sleep 100000 & wait"))
      let done = try await queue.submit(.script("trap 'exit 0' INT; tell here; sleep 100000 & wait"))
      let crashed = try await queue.submit(.script("trap 'exit 70' INT; tell here; sleep 100000 & wait"))
      for job in [cancelled, done, crashed] { try await queue.told("here", by: job) }
      _ = try await queue.cancel(cancelled.id)
      await queue.drain()
      #expect(try queue.job(cancelled.id).state == .cancelled)
      #expect(try queue.job(done.id).state == .finished)
      #expect(try queue.job(crashed.id).state == .failed)
    }
  }

  @Test("is drained too when the task that runs it is cancelled")
  func cancelledTask() async throws {
    let workspace = try JobWorkspace()
    let queue = try workspace.queue()
    let run = Task { await queue.run() }
    let job = try await queue.submit(.script(.untilInterrupted))
    try await queue.told("here", by: job)
    run.cancel()
    await run.value
    #expect(try queue.job(job.id).state == .queued)
  }

  @Test("ends all streams, when what was told is out")
  func streams() async throws {
    let workspace = try JobWorkspace()
    let queue = try workspace.queue()
    let run = Task { await queue.run() }
    let job = try await queue.submit(.script("trap 'tell last; exit 130' INT; tell here; sleep 100000 & wait"))
    try await queue.told("here", by: job)
    let events = try queue.events(of: job.id)
    let follower = Task { await events.reduce(into: [String]()) { $0.append($1.name ?? "") } }
    let changes = queue.changes()
    let listener = Task { await changes.reduce(into: [String]()) { $0.append($1) } }
    await queue.drain()
    #expect(await follower.value == ["here", "last"])
    #expect(await listener.value == [job.id])
    await run.value
    for await _ in queue.changes() { Issue.record("a change after the end") }
    #expect(try await queue.events(of: job.id).reduce(into: 0) { count, _ in count += 1 } == 2)
  }

  /// A workspace as a server leaves it that is killed while a job runs: the store says that it runs, and a process that is not
  /// the next server's child may hold its lock.
  private static func killed(
    _ workspace: JobWorkspace, _ order: JobOrder, stillThere script: String? = nil, isStopping: Bool = false,
    startedEarlier ticks: UInt64 = 0
  ) async throws -> (job: Job, orphan: Orphan?) {
    let queue = try workspace.queue()
    let job = try await queue.submit(order)
    let orphan = try script.map { try Orphan($0, holding: "\(workspace.files(job).folder)/lock", in: workspace) }
    try workspace.sql(
      """
      update jobs set state = 'running', attempts = 1, started = 1, process = \(orphan?.number ?? 1),
        processStart = \((orphan?.start ?? 1) - ticks), isStopping = \(isStopping)
      """)
    return (job, orphan)
  }

  @Test("leaves jobs that the next one goes on with", arguments: [false, true])
  func gone(hasFolder: Bool) async throws {
    let workspace = try JobWorkspace()
    let order = JobOrder.script("echo first >> marks", goingOn: "echo on >> marks", output: "out")
    let (job, _) = try await Self.killed(workspace, order)
    if hasFolder { try workspace.run("/bin/sh", ["-c", "mkdir out; touch out/some"]) }
    try await workspace.running { queue in
      let ended = try await queue.job(job) { $0.state.isOver }
      #expect(ended.state == .finished && ended.attempts == 2)
    }
    #expect(workspace.lines("marks") == [hasFolder ? "on" : "first"])
  }

  @Test("leaves jobs that are taken up as soon as the store lets it")
  func refusing() async throws {
    let workspace = try JobWorkspace()
    let (job, _) = try await Self.killed(workspace, .script("exit 0"))
    try workspace.sql("create trigger full before update on jobs begin select raise(abort, 'no room'); end")
    let (logger, messages) = HeardLog.make()
    try await workspace.running(logger: logger) { queue in
      for await message in messages where message == "what came of jobs cannot be written down" { break }
      #expect(try queue.job(job.id).state == .running)
      try workspace.sql("drop trigger full")
      let ended = try await queue.end(of: job)
      #expect(ended.state == .finished && ended.attempts == 2)
    }
  }

  @Test("leaves jobs that were to be stopped, and they are")
  func wasStopping() async throws {
    let workspace = try JobWorkspace()
    let (job, _) = try await Self.killed(workspace, .script("touch was-run"), isStopping: true)
    try await workspace.running { queue in
      let cancelled = try await queue.job(job) { $0.state.isOver }
      #expect(cancelled.state == .cancelled && cancelled.isResumable)
    }
    #expect(!FileManager.default.fileExists(atPath: workspace.path("was-run")))
  }

  @Test("leaves processes: the next one asks them to stop, and starts their jobs again when they are gone")
  func orphan() async throws {
    let workspace = try JobWorkspace()
    let (job, orphan) = try await Self.killed(
      workspace, .script("echo first >> marks", goingOn: "echo on >> marks"),
      stillThere: "trap 'kill -KILL $!; echo stopped >> marks; exit 130' INT; echo > there; sleep 100000 & wait")
    let ended = try await workspace.running { queue in try await queue.end(of: job) }
    #expect(ended.state == .finished)
    _ = orphan?.end()
    #expect(workspace.lines("marks") == ["stopped", "on"])
  }

  @Test("leaves processes whose number is another's now: they are left alone, and waited for")
  func stranger() async throws {
    let workspace = try JobWorkspace()
    let gate = try workspace.gate("gate")
    let (job, orphan) = try await Self.killed(
      workspace, .script("echo first >> marks", goingOn: "echo on >> marks"),
      stillThere: "trap 'echo asked >> marks' INT; echo > there; read go < gate; echo gone >> marks", startedEarlier: 1)
    let (logger, messages) = HeardLog.make()
    try await workspace.running(JobLimits(running: 1), logger: logger) { queue in
      for await message in messages where message == "a process of an earlier server is still there" { break }
      // It counts among those that run.
      let other = try await queue.submit(.script("exit 0", priority: 9))
      #expect(try queue.job(job.id).state == .running)
      gate.open()
      try await queue.end(of: other)
      #expect(try await queue.end(of: job).state == .finished)
    }
    _ = orphan?.end()
    #expect(workspace.lines("marks") == ["gone", "on"])
  }

  @Test(
    "leaves processes that do not hear, or what they have started: they are ended when patience is over",
    arguments: ["trap '' INT; echo > there; sleep 100000", "sleep 100000 & echo > there; wait"])
  func deafOrphan(script: String) async throws {
    let workspace = try JobWorkspace()
    let (job, orphan) = try await Self.killed(workspace, .script("exit 0"), stillThere: script)
    let ended = try await workspace.running(JobLimits(patience: .zero)) { queue in try await queue.end(of: job) }
    #expect(ended.state == .finished)
    #expect([SIGKILL, SIGINT].contains(orphan?.end()))
  }

  @Test("keeps others from starting jobs in its workspace as long as it lives")
  func two() async throws {
    let workspace = try JobWorkspace()
    try await workspace.running { _ in
      let problem = #expect(throws: StoreProblem.self) { _ = try workspace.queue() }
      #expect(problem?.description == "\(workspace.url.path) is being served by another process already")
      #expect(problem?.kind == .unfit)
    }
    let job = try await workspace.running { queue in try await queue.end(of: queue.submit(.script("exit 0"))) }
    #expect(job.state == .finished)
  }
}
