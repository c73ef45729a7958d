import Foundation
import Glibc
import Server
import Testing

@Suite("A job's process", .timeLimit(.minutes(2)))
struct JobProcessTests {
  /// Runs a script that begins when the server has done all that it does with a new process, to its end.
  private static func output(
    of script: String, _ workspace: JobWorkspace, _ limits: JobLimits = JobLimits(),
    environment: [String: String] = ["PATH": "/usr/bin:/bin"]
  ) async throws -> (job: Job, lines: [String]) {
    let gate = try workspace.gate("gate")
    let queue = try workspace.queue(limits, environment: environment)
    let run = Task { await queue.run() }
    let job = try await queue.submit(.script("read go < gate; \(script)"))
    try await queue.job(job) { $0.state == .running }
    gate.open()
    let ended = try await queue.end(of: job)
    await queue.drain()
    await run.value
    let log = try queue.log(of: job.id)
    #expect(ended.state == .finished, "\(log)")
    return (ended, workspace.lines(".stresslab/jobs/\(job.id)/out"))
  }

  @Test("sees of the environment what the program looks at, and who its parent is")
  func environment() async throws {
    let workspace = try JobWorkspace()
    let environment = [
      "PATH": "/usr/bin:/bin", "HOME": "/home/somebody", "LC_ALL": "C", "TZ": "UTC", "STRESSLAB_DATA": "bars",
      "STRESSLAB_TOKEN": "secret", "MLFLOW_TRACKING_URI": "http://127.0.0.1:1", "LD_PRELOAD": "/nowhere.so",
      "AWS_SECRET_ACCESS_KEY": "secret", "STRESSLAB_PARENT": "1", "XSTRESSLAB_Y": "1",
    ]
    let lines = try await Self.output(of: "env", workspace, environment: environment).lines
    let allowed = ["PATH", "HOME", "LC_ALL", "TZ", "STRESSLAB_DATA", "MLFLOW_TRACKING_URI"]
    let wanted = allowed.map { "\($0)=\(environment[$0] ?? "")" } + ["STRESSLAB_PARENT=\(getpid())"]
    // The shell adds where it is.
    #expect(Set(lines.filter { !$0.hasPrefix("PWD=") }) == Set(wanted))
  }

  @Test("has none of the server's files but its own and its lock, is in a group of its own, and hears all signals")
  func surroundings() async throws {
    let workspace = try JobWorkspace()
    // Files that somebody has opened without a word about children.
    let open = (0..<20).map { _ in Glibc.open("/dev/null", O_RDONLY) }
    defer { for descriptor in open { close(descriptor) } }
    // The shell itself reads what it blocks: for a moment it blocks all when it starts something.
    let script = """
      while read -r line; do case "$line" in SigBlk*|SigIgn*) echo "$line"; esac; done < /proc/$$/status
      cut -d ' ' -f 1,5 /proc/$$/stat; ls -l /proc/$$/fd
      """
    let (job, lines) = try await Self.output(of: script, workspace)
    let folder = URL(fileURLWithPath: workspace.files(job).folder).resolvingSymlinksInPath().path
    try #require(lines.count >= 3, "\(lines)")
    let numbers = lines[2].split(separator: " ")
    #expect(numbers.count == 2 && numbers[0] == numbers[1], "\(lines)")
    #expect(lines[0].hasSuffix("0000000000000000"), "\(lines)")
    // But two that the C library keeps to itself.
    #expect(lines[1].hasSuffix("0000000180000000"), "\(lines)")
    let files = lines[3...].filter { $0.contains(" -> ") }.compactMap { $0.components(separatedBy: " -> ").last }
    #expect(files == ["/dev/null", "\(folder)/out", "\(folder)/log", "\(folder)/lock"], "\(lines)")
  }

  @Test("runs in the workspace, at a lower priority than the server, with the memory that it may have")
  func limits() async throws {
    let workspace = try JobWorkspace()
    let (_, lines) = try await Self.output(
      of: "pwd -P; nice; ulimit -v", workspace, JobLimits(memory: 1 << 30, niceness: 7))
    let here = getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0)
    #expect(
      lines == [workspace.url.resolvingSymlinksInPath().path, "\(min(19, here + 7))", "\(1 << 20)"])
  }

  @Test("gets its arguments as they are, and its file of events before two dashes or at the end")
  func arguments() async throws {
    let workspace = try JobWorkspace()
    try await workspace.running { queue in
      let print = "for word; do printf '<%s>' \"$word\"; done"
      let words = ["run", "$(touch a)", "a b;c", "", "ö\n'", "--", "-x"]
      for (kind, hasEvents) in [(JobKind.run, true), (.collection, true), (.promotion, false)] {
        let job = try await queue.end(
          of: queue.submit(JobOrder(kind, title: "x", arguments: ["-c", print] + words)))
        let events = hasEvents ? "<--events><.stresslab/jobs/\(job.id)/events.jsonl>" : ""
        #expect(
          workspace.text(".stresslab/jobs/\(job.id)/out") == "<$(touch a)><a b;c><><ö\n'>\(events)<--><-x>", "\(kind)")
      }
      let plain = try await queue.end(
        of: queue.submit(JobOrder(.training, title: "x", arguments: ["-c", print, "train"])))
      #expect(
        workspace.text(".stresslab/jobs/\(plain.id)/out") == "<--events><.stresslab/jobs/\(plain.id)/events.jsonl>")
      #expect(!FileManager.default.fileExists(atPath: workspace.path("a")))
    }
  }

  @Test("takes with it what it has left in its group, and so nothing holds its lock")
  func group() async throws {
    let workspace = try JobWorkspace()
    try await workspace.running { queue in
      let job = try await queue.end(of: queue.submit(.script("sleep 100000 & exit 0")))
      #expect(job.state == .finished)
      #expect(
        try workspace.run("/usr/bin/env", ["flock", "-n", "\(workspace.files(job).folder)/lock", "true"]).code == 0)
    }
  }

  @Test("of somebody else in the server's process is not waited for by jobs")
  func others() async throws {
    let workspace = try JobWorkspace()
    try await workspace.running { queue in
      for code: Int32 in 3..<8 {
        let job = try await queue.submit(.script("exit 0"))
        #expect(try workspace.run("/bin/sh", ["-c", "exit \(code)"]).code == code)
        #expect(try await queue.end(of: job).state == .finished)
      }
    }
  }
}
