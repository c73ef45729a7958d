import Server
import Testing

@Suite("What becomes of a job", .timeLimit(.minutes(2)))
struct JobOutcomeTests {
  /// How a process ends, and what that means.
  struct Case: Sendable, CustomTestStringConvertible {
    let script: String
    let state: JobState
    let exit: Int32?
    let message: String?
    let isResumable: Bool

    init(_ script: String, _ state: JobState, _ exit: Int32?, _ message: String?, isResumable: Bool) {
      (self.script, self.state, self.exit, self.message, self.isResumable) = (script, state, exit, message, isResumable)
    }

    var testDescription: String { script }
  }

  private static let said = "echo 'stresslab: first' >&2; echo 'stresslab: no room\t here' >&2; echo >&2;"
  private static let cases = [
    Case("exit 0", .finished, 0, nil, isResumable: false),
    Case("\(said) exit 0", .finished, 0, nil, isResumable: false),
    Case("exit 1", .missed, 1, "a criterion or a gate was missed", isResumable: false),
    Case("\(said) exit 1", .missed, 1, "no room\\u0009 here", isResumable: false),
    Case("\(said) exit 2", .failed, 2, "no room\\u0009 here", isResumable: false),
    Case("exit 2", .failed, 2, "its input was wrong", isResumable: false),
    Case("\(said) exit 74", .failed, 74, "no room\\u0009 here", isResumable: true),
    Case("exit 74", .failed, 74, "the system failed", isResumable: true),
    Case("\(said) exit 70", .failed, 70, "a fault of the program: no room\\u0009 here", isResumable: true),
    Case("exit 70", .failed, 70, "a fault of the program", isResumable: true),
    Case("exit 9", .failed, 9, "its process ended with exit code 9", isResumable: true),
    Case("exit 130", .interrupted, 130, "its process was asked to stop by somebody else", isResumable: true),
    Case("kill -INT $$", .interrupted, nil, "its process was asked to stop by somebody else", isResumable: true),
    Case("kill -TERM $$", .interrupted, nil, "its process was asked to stop by somebody else", isResumable: true),
    Case(
      "kill -KILL $$", .failed, nil,
      "its process was killed from outside (SIGKILL), as the system does where memory runs out", isResumable: true),
    Case(
      "kill -SEGV $$", .failed, nil, "a fault of the program: its process was ended by SIGSEGV", isResumable: true),
    Case(
      "kill -ABRT $$", .failed, nil, "a fault of the program: its process was ended by SIGABRT", isResumable: true),
  ]

  @Test("follows from how its process ends", arguments: cases)
  func outcome(of wanted: Case) async throws {
    let workspace = try JobWorkspace()
    try await workspace.running { queue in
      let job = try await queue.end(of: queue.submit(.script(wanted.script)))
      #expect(job.state == wanted.state)
      #expect(job.exit == wanted.exit)
      #expect(job.message == wanted.message)
      #expect(job.isResumable == wanted.isResumable)
      #expect(job.attempts == 1)
      #expect(!job.isStopping)
      #expect(try #require(job.started) >= job.created)
      #expect(try #require(job.ended) >= #require(job.started))
      if wanted.isResumable {
        #expect(try await queue.resume(job.id).state == .queued)
      } else {
        await #expect(throws: JobRefusal.notResumable(wanted.state)) { try await queue.resume(job.id) }
      }
    }
  }

  @Test("that cannot be started says why, and is one to go on with")
  func nowhere() async throws {
    let workspace = try JobWorkspace()
    try await workspace.running(program: "/nowhere/stresslab") { queue in
      let job = try await queue.end(of: queue.submit(.script("exit 0")))
      #expect(job.state == .failed)
      #expect(job.message == "its process could not be started: No such file or directory")
      #expect(job.isResumable)
    }
  }

  @Test("is told of in the last line of this start, not of an earlier one")
  func laterStart() async throws {
    let workspace = try JobWorkspace()
    try await workspace.running { queue in
      let order = JobOrder.script(
        "mkdir out; touch out/x; echo earlier >&2; exit 74", goingOn: "exit 74", output: "out")
      let job = try await queue.end(of: queue.submit(order))
      #expect(job.message == "earlier")
      _ = try await queue.resume(job.id)
      let again = try await queue.job(job) { $0.attempts == 2 && $0.state.isOver }
      #expect(again.message == "the system failed")
    }
  }
}
