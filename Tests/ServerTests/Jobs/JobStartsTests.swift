import Server
import Testing

@Suite("Jobs that wait", .timeLimit(.minutes(2)))
struct JobStartsTests {
  /// A script that says when it begins and ends, and waits in between.
  private static func marked(_ name: String) -> String {
    "echo +\(name) >> marks; tell here; read go < gate; echo -\(name) >> marks"
  }

  /// Which ran at the same time as others, by the marks that they left: pairs of names.
  private static func overlaps(_ marks: [String]) -> (most: Int, pairs: Set<Set<String>>) {
    var now: Set<String> = []
    var most = 0
    var pairs: Set<Set<String>> = []
    for mark in marks {
      let name = String(mark.dropFirst())
      if mark.hasPrefix("+") {
        for other in now { pairs.insert([name, other]) }
        now.insert(name)
      } else {
        now.remove(name)
      }
      most = max(most, now.count)
    }
    return (most, pairs)
  }

  @Test("are started by priority, and those of one priority in the order in which they came")
  func order() async throws {
    let workspace = try JobWorkspace()
    let gate = try workspace.gate("gate")
    try await workspace.running { queue in
      let first = try await queue.submit(.script(Self.marked("first")))
      try await queue.told("here", by: first)
      var jobs: [Job] = []
      for (name, priority) in [("a", 0), ("b", 5), ("c", 0), ("d", -1), ("e", 5), ("f", 9)] {
        jobs.append(try await queue.submit(.script(Self.marked(name), priority: priority)))
      }
      gate.open(7)
      for job in jobs { #expect(try await queue.end(of: job).state == .finished) }
      let begun = workspace.lines("marks").filter { $0.hasPrefix("+") }
      #expect(begun == ["+first", "+f", "+b", "+e", "+a", "+c", "+d"])
    }
  }

  @Test("are started so many at once, and no more", arguments: [1, 2, 3])
  func atOnce(limit: Int) async throws {
    let workspace = try JobWorkspace()
    let gate = try workspace.gate("gate")
    try await workspace.running(JobLimits(running: limit)) { queue in
      var jobs: [Job] = []
      for number in 0..<7 { jobs.append(try await queue.submit(.script(Self.marked("\(number)")))) }
      for job in jobs.prefix(limit) { try await queue.told("here", by: job) }
      #expect(try queue.counts() == [.running: limit, .queued: 7 - limit])
      gate.open(7)
      for job in jobs { try await queue.end(of: job) }
      #expect(Self.overlaps(workspace.lines("marks")).most == limit)
      #expect(try queue.counts() == [.finished: 7])
    }
  }

  @Test("of one output folder, however it is written, never run at the same time; others pass them by")
  func sameOutput() async throws {
    let workspace = try JobWorkspace()
    let gate = try workspace.gate("gate")
    try await workspace.running(JobLimits(running: 3)) { queue in
      let folders = ["reports/x", "./reports//x/", "reports/x", "reports/y", "reports/xx"]
      var jobs: [Job] = []
      for (number, folder) in folders.enumerated() {
        jobs.append(try await queue.submit(.script(Self.marked("\(number)"), output: folder)))
      }
      for number in [0, 3, 4] { try await queue.told("here", by: jobs[number]) }
      #expect(try queue.job(jobs[1].id).state == .queued)
      #expect(try queue.job(jobs[2].id).state == .queued)
      gate.open(5)
      for job in jobs { try await queue.end(of: job) }
      let pairs = Self.overlaps(workspace.lines("marks")).pairs
      #expect(pairs.isDisjoint(with: [["0", "1"], ["0", "2"], ["1", "2"]]), "\(pairs)")
      #expect(pairs.isSuperset(of: [["0", "3"], ["0", "4"], ["3", "4"]]), "\(pairs)")
    }
  }

  @Test("are refused when so many wait, and taken again when one has been started or cancelled")
  func full() async throws {
    let workspace = try JobWorkspace()
    let gate = try workspace.gate("gate")
    try await workspace.running(JobLimits(queued: 2)) { queue in
      let first = try await queue.submit(.script(Self.marked("first")))
      try await queue.told("here", by: first)
      let waiting = try await queue.submit(.script("exit 0"), key: "a")
      _ = try await queue.submit(.script("exit 0"))
      await #expect(throws: JobRefusal.full(2)) { try await queue.submit(.script("exit 0")) }
      // What is there already takes no place.
      #expect(try await queue.submit(.script("exit 0"), key: "a").id == waiting.id)
      _ = try await queue.cancel(waiting.id)
      let third = try await queue.submit(.script("exit 0"))
      await #expect(throws: JobRefusal.full(2)) { try await queue.resume(waiting.id) }
      gate.open()
      try await queue.end(of: third)
      #expect(try await queue.resume(waiting.id).state == .queued)
      #expect(try await queue.end(of: waiting).state == .finished)
    }
  }
}
