import Documents
import Foundation
import Server
import Testing

@Suite("A job as JSON")
struct JobJSONTests {
  @Test(
    "tells its times in UTC, to the millisecond", arguments: [0, 1, 4, 500, 999, 1_764_599_938_001, 1_764_599_938_999])
  func times(time: Int64) async throws {
    let workspace = try JobWorkspace()
    let job = try await workspace.queue().submit(.script("exit 0"))
    try workspace.sql("update jobs set created = \(time)")
    guard case .object(let members) = try workspace.queue().job(job.id).json,
      case .string(let created)? = members.first(where: { $0.name == "created" })?.value
    else {
      Issue.record("no time")
      return
    }
    let parts = created.split(separator: ".")
    let seconds = try #require(ISO8601DateFormatter().date(from: "\(parts[0])Z"))
    #expect(Int64(seconds.timeIntervalSince1970) == time / 1000)
    #expect(parts[1] == String("\(1000 + time % 1000)Z".dropFirst()))
    #expect(members.first { $0.name == "started" }?.value == .null)
  }
}
