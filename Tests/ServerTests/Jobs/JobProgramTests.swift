import Foundation
import Glibc
import Server
import Testing

@Suite("A run as a job", .timeLimit(.minutes(5)))
struct JobProgramTests {
  private static func order(_ study: String) -> JobOrder {
    let arguments = ["run", study, "--paths", "4000", "--tile", "64", "--out", "out", "--quiet", "--tracking", "none"]
    return JobOrder(
      .run, title: "Small study", documents: [study], output: "out", arguments: arguments,
      goingOn: arguments + ["--resume"])
  }

  private static func results(_ workspace: JobWorkspace) throws -> [Data] {
    let results = try ["summary.json", "index.html", "manifest.json"].map { name in
      try Data(contentsOf: URL(fileURLWithPath: workspace.path("out/\(name)")))
    }
    try FileManager.default.removeItem(atPath: workspace.path("out"))
    return results
  }

  @Test("whose process or server is stopped at the n-th event ends in the bytes of one that was never stopped")
  func stopped() async throws {
    let workspace = try JobWorkspace()
    let order = Self.order(try SmallStudy.write(to: workspace.url))
    let whole = try await workspace.running(program: BuiltProgram.path) { queue in
      let job = try await queue.end(of: queue.submit(order))
      #expect(job.state == .finished, "\(job.message ?? "")")
      return job
    }
    let expected = try Self.results(workspace)
    let events = workspace.lines(".stresslab/jobs/\(whole.id)/events.jsonl")
    #expect(events.first?.hasPrefix(#"{"event":"begun","#) == true)
    #expect(events.last?.hasPrefix(#"{"event":"ended","exit":0"#) == true)

    var state: UInt64 = 17
    for turn in 0..<6 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let line = Int(state >> 33) % max(1, events.count - 1)
      let job = try await workspace.running(program: BuiltProgram.path) { queue in
        let job = try await queue.submit(order)
        var seen = 0
        for await _ in try queue.events(of: job.id) {
          seen += 1
          if seen > line { break }
        }
        if turn.isMultiple(of: 2) {
          let number =
            pid_t(try workspace.sql("select ifnull(process, 0) from jobs where id = '\(job.id)'").trimmed) ?? 0
          if number > 0 { kill(number, SIGKILL) }
          let ended = try await queue.end(of: job)
          // It may have been done before.
          if ended.state != .finished {
            #expect(ended.state == .failed && ended.isResumable, "\(ended.message ?? "")")
            _ = try await queue.resume(job.id)
          }
        }
        return job
      }
      let ended = try await workspace.running(program: BuiltProgram.path) { queue in try await queue.end(of: job) }
      #expect(ended.state == .finished, "stopped after line \(line): \(ended.message ?? "")")
      #expect(try Self.results(workspace) == expected, "stopped after line \(line)")
    }
  }

  @Test("that is refused says why")
  func refused() async throws {
    let workspace = try JobWorkspace()
    let study = try SmallStudy.write(to: workspace.url)
    try await workspace.running(program: BuiltProgram.path) { queue in
      let nothing = JobOrder(.run, title: "x", arguments: ["run", "nothing.json", "--out", "out"])
      let refused = try await queue.end(of: queue.submit(nothing))
      #expect(refused.state == .failed && refused.exit == 2 && !refused.isResumable)
      #expect(refused.message?.contains("nothing.json") == true, "\(refused.message ?? "")")
      let other = try await queue.end(of: queue.submit(Self.order(study)))
      #expect(other.state == .finished, "\(other.message ?? "")")
      let again = try await queue.end(of: queue.submit(Self.order(study)))
      #expect(again.state == .failed)
      #expect(again.message?.hasPrefix("out holds this run already: add --resume") == true, "\(again.message ?? "")")
    }
  }
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
