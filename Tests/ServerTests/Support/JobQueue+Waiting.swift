import Server
import Testing

extension JobQueue {
  /// Waits until a job is as it shall be; no time is measured, its changes are heard.
  @discardableResult
  nonisolated func job(_ job: Job, when isReady: (Job) -> Bool) async throws -> Job {
    let changes = changes()
    var last = try self.job(job.id)
    if isReady(last) { return last }
    for await id in changes where id == job.id {
      last = try self.job(id)
      if isReady(last) { return last }
    }
    Issue.record("job \(last.id) stays \(last.state)")
    return last
  }

  /// Waits until a job is over.
  @discardableResult
  nonisolated func end(of job: Job) async throws -> Job { try await self.job(job) { $0.state.isOver } }

  /// Waits until a job has told something for the n-th time.
  nonisolated func told(_ name: String, _ count: Int = 1, by job: Job) async throws {
    var seen = 0
    for await event in try events(of: job.id) where event.name == name {
      seen += 1
      if seen == count { return }
    }
    Issue.record("job \(job.id) has told \(name) \(seen) times")
  }
}
