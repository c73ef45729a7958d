import Foundation
import Glibc
import Server
import Testing

@Suite("Jobs that are stopped", .timeLimit(.minutes(2)))
struct JobStopsTests {
  @Test("before they were started, never are, until somebody goes on with them")
  func waiting() async throws {
    let workspace = try JobWorkspace()
    let gate = try workspace.gate("gate")
    try await workspace.running { queue in
      let first = try await queue.submit(.script("tell here; read go < gate"))
      try await queue.told("here", by: first)
      let job = try await queue.submit(.script("touch was-run"))
      let cancelled = try await queue.cancel(job.id)
      #expect(cancelled.state == .cancelled && cancelled.message == "stopped on request" && cancelled.isResumable)
      #expect(cancelled.started == nil && cancelled.ended != nil && cancelled.attempts == 0)
      await #expect(throws: JobRefusal.over(.cancelled)) { try await queue.cancel(job.id) }
      gate.open()
      try await queue.end(of: first)
      let last = try await queue.submit(.script("exit 0"))
      try await queue.end(of: last)
      #expect(!FileManager.default.fileExists(atPath: workspace.path("was-run")))
      _ = try await queue.resume(job.id)
      #expect(try await queue.end(of: job).state == .finished)
      #expect(FileManager.default.fileExists(atPath: workspace.path("was-run")))
    }
  }

  @Test("while they run stop in order, and go on with what they have")
  func running() async throws {
    let workspace = try JobWorkspace()
    try await workspace.running { queue in
      let order = JobOrder.script(
        "mkdir out; touch out/some; \(String.untilInterrupted)", goingOn: "echo on >> marks", output: "out")
      let job = try await queue.submit(order)
      try await queue.told("here", by: job)
      let stopping = try await queue.cancel(job.id)
      #expect(stopping.isStopping && stopping.state == .running)
      let cancelled = try await queue.end(of: job)
      #expect(cancelled.state == .cancelled && cancelled.exit == 130 && cancelled.isResumable && !cancelled.isStopping)
      #expect(cancelled.message == "stopped on request")
      await #expect(throws: JobRefusal.over(.cancelled)) { try await queue.cancel(job.id) }
      _ = try await queue.resume(job.id)
      let finished = try await queue.end(of: job)
      #expect(finished.state == .finished && finished.attempts == 2 && finished.message == nil)
      #expect(workspace.lines("marks") == ["on"])
      await #expect(throws: JobRefusal.notResumable(.finished)) { try await queue.resume(job.id) }
      await #expect(throws: JobRefusal.over(.finished)) { try await queue.cancel(job.id) }
    }
  }

  @Test("and do not hear are ended, and all that they have started")
  func deaf() async throws {
    let workspace = try JobWorkspace()
    try await workspace.running(JobLimits(patience: .zero)) { queue in
      let job = try await queue.submit(.script(.deaf))
      try await queue.told("here", by: job)
      _ = try await queue.cancel(job.id)
      let cancelled = try await queue.end(of: job)
      #expect(cancelled.state == .cancelled && cancelled.exit == nil && cancelled.isResumable)
      #expect(
        try workspace.run("/usr/bin/env", ["flock", "-n", "\(workspace.files(job).folder)/lock", "true"]).code == 0)
    }
  }

  @Test("and are done all the same are done", arguments: [(0, JobState.finished), (1, .missed), (74, .failed)])
  func doneMeanwhile(code: Int, state: JobState) async throws {
    let workspace = try JobWorkspace()
    try await workspace.running { queue in
      let job = try await queue.submit(.script("trap 'exit \(code)' INT; tell here; sleep 100000 & wait"))
      try await queue.told("here", by: job)
      _ = try await queue.cancel(job.id)
      #expect(try await queue.end(of: job).state == state)
    }
  }

  @Test("again begin anew where their folder holds nothing")
  func emptyFolder() async throws {
    let workspace = try JobWorkspace()
    try await workspace.running { queue in
      let order = JobOrder.script(
        "echo first >> marks; mkdir -p out; exit 74", goingOn: "echo on >> marks", output: "out")
      let job = try await queue.end(of: queue.submit(order))
      _ = try await queue.resume(job.id)
      try await queue.job(job) { $0.attempts == 2 && $0.state.isOver }
      #expect(workspace.lines("marks") == ["first", "first"])
    }
  }

  @Test(
    "again begin anew where they were to overwrite a folder and had not told anything yet", arguments: [false, true])
  func overwriting(hasTold: Bool) async throws {
    let workspace = try JobWorkspace()
    try workspace.run("/bin/sh", ["-c", "mkdir out; touch out/of-another"])
    try await workspace.running { queue in
      let order = JobOrder.script(
        "echo first >> marks; \(hasTold ? "tell begun;" : "printf half >> $events;") exit 74",
        goingOn: "echo on >> marks", output: "out", words: ["--overwrite"])
      let job = try await queue.end(of: queue.submit(order))
      _ = try await queue.resume(job.id)
      try await queue.job(job) { $0.attempts == 2 && $0.state.isOver }
      #expect(workspace.lines("marks") == ["first", hasTold ? "on" : "first"])
    }
  }

  @Test("that nobody knows are unknown, to every question")
  func unknown() async throws {
    let workspace = try JobWorkspace()
    try await workspace.running { queue in
      for id in ["0123456789abcdef", "", "../jobs", "x/y"] {
        let refusal = JobRefusal.unknown(id)
        await #expect(throws: refusal) { try await queue.cancel(id) }
        await #expect(throws: refusal) { try await queue.resume(id) }
        #expect(throws: refusal) { try queue.job(id) }
        #expect(throws: refusal) { try queue.log(of: id) }
        #expect(throws: refusal) { _ = try queue.events(of: id) }
      }
    }
  }
}
