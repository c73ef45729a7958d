import Foundation
import Lab
import Logging
import Server
import Synchronization
import Testing
import Tracking

@Suite("Monitors that ask for newer bars")
struct MonitorPollTests {
  /// A clock that stands until it is told.
  private final class Hands: Sendable {
    private let time = Mutex<Int64>(1_764_547_200_000)
    var clock: WallClock { WallClock { self.time.withLock { $0 } } }
    func pass(seconds: Int64) { time.withLock { $0 += seconds * 1000 } }
  }

  private static let poll = #", "pollSeconds": 60, "exchange": "kraken", "market": "BTC/USD", "step": "1h""#

  private func poll(_ server: TestServer, _ hands: Hands) -> MonitorPoll {
    MonitorPoll(
      server.context, clock: hands.clock, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
  }

  private func save(_ server: TestServer, _ name: String = "btc", more: String = MonitorPollTests.poll) async throws {
    let answer = try await server.send(
      .put, "/api/v1/monitors/\(name)", headers: ["X-StressLab-Request": "1"], body: TestServer.monitor(more: more))
    try #require(answer.status == 200)
  }

  @Test("One collection a monitor is under way, however much time passes; the next is handed in when it is over")
  func one() async throws {
    let (server, hands) = (try TestServer(), Hands())
    try await save(server)
    let poll = poll(server, hands)
    await poll.turn()
    let jobs = try server.context.jobs.jobs(JobQuery()).jobs
    #expect(jobs.count == 1)
    #expect(jobs[0].order.kind == .collection)
    #expect(jobs[0].order.arguments.starts(with: ["collect", "kraken", "BTC/USD", "1h", "--from"]))
    for _ in 0..<5 {
      hands.pass(seconds: 600)
      await poll.turn()
    }
    #expect(try server.context.jobs.jobs(JobQuery()).jobs.count == 1)
    _ = try await server.context.jobs.cancel(jobs[0].id)
    await poll.turn()
    #expect(try server.context.jobs.jobs(JobQuery()).jobs.count == 2)
    let state = try await server.send(.get, "/api/v1/monitors/btc/state").text
    #expect(state.contains("Collecting ended as cancelled"))
  }

  @Test("Nothing more is due before the interval is over")
  func interval() async throws {
    let (server, hands) = (try TestServer(), Hands())
    try await save(server)
    let poll = poll(server, hands)
    await poll.turn()
    let first = try #require(try server.context.jobs.jobs(JobQuery()).jobs.first)
    _ = try await server.context.jobs.cancel(first.id)
    hands.pass(seconds: 59)
    await poll.turn()
    #expect(try server.context.jobs.jobs(JobQuery()).jobs.count == 1)
    hands.pass(seconds: 1)
    await poll.turn()
    #expect(try server.context.jobs.jobs(JobQuery()).jobs.count == 2)
  }

  @Test("A server that starts again asks for the same due time once")
  func again() async throws {
    let (server, hands) = (try TestServer(), Hands())
    try await save(server)
    await poll(server, hands).turn()
    await poll(server, hands).turn()
    #expect(try server.context.jobs.jobs(JobQuery()).jobs.count == 1)
  }

  @Test("A recording asks for nothing, and one damaged monitor keeps no other from its turn")
  func others() async throws {
    let (server, hands) = (try TestServer(), Hands())
    try await save(server, "still", more: "")
    try await save(server, "zeta")
    try server.put("{ \"agent\": 1 }", ".stresslab/monitors/damaged.json")
    await poll(server, hands).turn()
    #expect(try server.context.jobs.jobs(JobQuery()).jobs.count == 1)
  }
}
