import Server
import Testing

@Suite("Changes of jobs", .timeLimit(.minutes(2)))
struct JobChangesTests {
  @Test("are heard by everybody, in their order")
  func order() async throws {
    let workspace = try JobWorkspace()
    let queue = try workspace.queue()
    let streams = (0..<3).map { _ in queue.changes() }
    var wanted: [String] = []
    for _ in 0..<5 {
      let job = try await queue.submit(.script("exit 0"))
      wanted.append(job.id)
      if wanted.count.isMultiple(of: 2) { wanted.append(try await queue.cancel(job.id).id) }
    }
    await queue.drain()
    for stream in streams { #expect(await stream.reduce(into: []) { $0.append($1) } == wanted) }
  }

  @Test("are lost to who reads slowly, the oldest first, and keep nobody waiting")
  func slow() async throws {
    let workspace = try JobWorkspace()
    let queue = try workspace.queue(JobLimits(queued: 1000))
    let stream = queue.changes()
    var all: [String] = []
    for _ in 0..<300 { all.append(try await queue.submit(.script("exit 0")).id) }
    await queue.drain()
    let heard = await stream.reduce(into: []) { $0.append($1) }
    #expect(heard == Array(all.suffix(256)))
  }
}
