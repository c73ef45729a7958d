import Foundation
import Lab
import Server
import Testing

@Suite("The store of jobs", .timeLimit(.minutes(2)))
struct JobStoreTests {
  @Test("keeps a job whole, and tells it as it was when it is opened again")
  func whole() async throws {
    let workspace = try JobWorkspace()
    let order = JobOrder(
      .training, title: "a \"b\" \u{1F600}\n", documents: ["scenarios/ä.json", "x"], output: "reports/x",
      arguments: ["train", "", "--x=\u{7}"], goingOn: ["train", "--resume"], priority: -3)
    let job = try await workspace.queue().submit(order)
    #expect(job.order == order && job.state == .queued && job.attempts == 0 && job.revision == 1)
    #expect(try workspace.queue().job(job.id) == job)
  }

  @Test("makes of one key one job, however often it comes at the same time or after a restart")
  func key() async throws {
    let workspace = try JobWorkspace()
    let order = JobOrder.script("exit 0")
    var queue: JobQueue? = try workspace.queue()
    let jobs = try await withThrowingTaskGroup(of: Job.self) { [queue] group in
      for _ in 0..<50 { group.addTask { try await #require(queue).submit(order, key: "one") } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(jobs.map(\.id)).count == 1)
    queue = nil
    let again = try workspace.queue()
    #expect(try await again.submit(order, key: "one").id == jobs[0].id)
    #expect(try again.jobs().jobs.count == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: workspace.path(".stresslab/jobs")) == [jobs[0].id])
    await #expect(throws: JobRefusal.keyOfAnother(jobs[0].id)) {
      try await again.submit(.script("exit 0", priority: 1), key: "one")
    }
    #expect(try await again.submit(order, key: "two").id != jobs[0].id)
    #expect(try await again.submit(order).id != jobs[0].id)
  }

  @Test("goes by what was asked for where the order depends on what is there")
  func request() async throws {
    let workspace = try JobWorkspace()
    let queue = try workspace.queue()
    let job = try await queue.submit(.script("exit 0", output: "reports/x"), key: "k", request: "{\"x\":1}")
    #expect(try await queue.submit(.script("exit 0", output: "reports/x-2"), key: "k", request: "{\"x\":1}") == job)
    await #expect(throws: JobRefusal.keyOfAnother(job.id)) {
      try await queue.submit(.script("exit 0", output: "reports/x"), key: "k", request: "{\"x\":2}")
    }
  }

  @Test("pages through jobs from the newest on, whatever is added meanwhile", arguments: [1, 7, 24, 25, 26])
  func pages(limit: Int) async throws {
    let workspace = try JobWorkspace()
    let queue = try workspace.queue()
    var ids: [String] = []
    for _ in 0..<25 { ids.append(try await queue.submit(.script("exit 0")).id) }
    var found: [String] = []
    var place: String?
    repeat {
      let page = try queue.jobs(JobQuery(limit: limit, after: place))
      #expect(page.jobs.count <= limit)
      found += page.jobs.map(\.id)
      place = page.next
      _ = try await queue.submit(.script("exit 0"))
    } while place != nil
    #expect(found == ids.reversed())
    #expect(throws: JobRefusal.noPlace("x'; --")) { try queue.jobs(JobQuery(after: "x'; --")) }
  }

  @Test("lists jobs by state and kind")
  func filters() async throws {
    let workspace = try JobWorkspace()
    let queue = try workspace.queue()
    var jobs: [Job] = []
    for number in 0..<18 {
      let job = try await queue.submit(.script("exit 0", kind: [.run, .training, .search][number % 3]))
      jobs.append(number < 9 ? try await queue.cancel(job.id) : job)
    }
    for states: Set<JobState> in [[], [.queued], [.cancelled], [.queued, .cancelled], [.finished]] {
      for kinds: Set<JobKind> in [[], [.run], [.training, .search], [.promotion]] {
        let wanted = jobs.filter {
          (states.isEmpty || states.contains($0.state)) && (kinds.isEmpty || kinds.contains($0.order.kind))
        }
        var found: [Job] = []
        var place: String?
        repeat {
          let page = try queue.jobs(JobQuery(states: states, kinds: kinds, limit: 4, after: place))
          found += page.jobs
          place = page.next
        } while place != nil
        #expect(found == wanted.reversed(), "\(states) \(kinds)")
      }
    }
    #expect(try queue.counts() == [.queued: 9, .cancelled: 9])
  }

  @Test("forgets jobs that are over, those that ended first, with their folders; and folders that nobody knows")
  func pruning() async throws {
    let workspace = try JobWorkspace()
    let gate = try workspace.gate("gate")
    let stray = workspace.path(".stresslab/jobs/0123456789abcdef")
    try FileManager.default.createDirectory(atPath: stray, withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      atPath: workspace.path(".stresslab/jobs/mine"), withIntermediateDirectories: true)
    try await workspace.running(JobLimits(running: 2, kept: 4)) { queue in
      let slow = try await queue.submit(.script("read go < gate"))
      var ids: [String] = []
      for _ in 0..<6 { ids.append(try await queue.end(of: queue.submit(.script("exit 0"))).id) }
      gate.open()
      try await queue.end(of: slow)
      let last = try await queue.end(of: queue.submit(.script("exit 0")))
      await queue.drain()
      // The slow one came first of all, and ended late.
      let kept = [slow.id] + ids.suffix(2) + [last.id]
      #expect(try queue.jobs().jobs.map(\.id) == kept.reversed())
      let folders = try FileManager.default.contentsOfDirectory(atPath: workspace.path(".stresslab/jobs"))
      #expect(Set(folders) == Set(kept + ["mine"]))
    }
  }

  @Test("raises a job's revision with each change")
  func revisions() async throws {
    let workspace = try JobWorkspace()
    try await workspace.running { queue in
      let job = try await queue.submit(.script(.untilInterrupted))
      try await queue.told("here", by: job)
      let running = try queue.job(job.id)
      #expect(running.revision > job.revision && running.state == .running)
      let stopping = try await queue.cancel(job.id)
      #expect(stopping.revision > running.revision)
      #expect(try await queue.end(of: job).revision > stopping.revision)
    }
  }

  @Test("that cannot be written for a while is written later: nothing that was done is lost")
  func refusing() async throws {
    let workspace = try JobWorkspace()
    let gate = try workspace.gate("gate")
    try await workspace.running { queue in
      let job = try await queue.submit(.script("tell here; read go < gate; tell done; exit 1"))
      try await queue.told("here", by: job)
      try workspace.sql("create trigger full before update on jobs begin select raise(abort, 'no room'); end")
      gate.open()
      try await queue.told("done", by: job)
      await #expect(throws: JobRefusal.self) { try await queue.cancel(job.id) }
      #expect(try queue.job(job.id).state == .running)
      try workspace.sql("drop trigger full")
      #expect(try await queue.end(of: job).state == .missed)
    }
  }

  /// A file in place of the store, and what is said of it.
  private static let others: [(make: String, problem: String, kind: StoreProblem.Kind)] = [
    (
      "head -c 8192 /dev/zero | tr '\\0' x > STORE", "the store is damaged: STORE: file is not a database", .damaged
    ),
    ("sqlite3 STORE 'create table other (x)'", "STORE: a database of something else", .unfit),
    (
      "sqlite3 STORE \"create table meta (key text primary key, value text); insert into meta values ('jobsVersion', '99')\"",
      "STORE: written by another version (schema 99, this one reads up to 1)", .unfit
    ),
    (
      "sqlite3 STORE 'create table meta (key text primary key, value text)'",
      "STORE: written by another version (schema unknown, this one reads up to 1)", .unfit
    ),
    ("mkdir STORE", "STORE cannot be opened: it is no file", .system),
    ("ln -s /nowhere/at/all STORE", "STORE cannot be opened: No such file or directory", .system),
  ]

  @Test("that is none is named, and left as it is", arguments: others)
  func other(make: String, problem: String, kind: StoreProblem.Kind) throws {
    let workspace = try JobWorkspace()
    let store = workspace.path(".stresslab/jobs.sqlite")
    try workspace.run("/bin/sh", ["-c", "mkdir .stresslab; " + make.replacing("STORE", with: store)])
    let before = try? Data(contentsOf: URL(fileURLWithPath: store))
    let thrown = #expect(throws: StoreProblem.self) { _ = try workspace.queue() }
    #expect(thrown?.description == problem.replacing("STORE", with: store))
    #expect(thrown?.kind == kind)
    #expect((try? Data(contentsOf: URL(fileURLWithPath: store))) == before)
  }

  @Test("in a workspace that takes no folder is named")
  func nowhere() throws {
    let workspace = try JobWorkspace()
    try workspace.run("/bin/sh", ["-c", "touch .stresslab"])
    let thrown = #expect(throws: StoreProblem.self) { _ = try workspace.queue() }
    #expect(thrown?.description.hasPrefix("\(workspace.path(".stresslab/jobs")) cannot be made a folder: ") == true)
  }

  @Test("whose rows are damaged says so to each question")
  func damagedRow() async throws {
    let workspace = try JobWorkspace()
    let queue = try workspace.queue()
    let job = try await queue.submit(.script("exit 0"))
    for damage in ["state = 'odd'", "state = 'queued', request = '{'"] {
      try workspace.sql("update jobs set \(damage)")
      let refusal = #expect(throws: JobRefusal.self) { try queue.job(job.id) }
      #expect("\(refusal ?? .stopping)".hasPrefix("the store is damaged: "), "\(damage)")
    }
  }
}
