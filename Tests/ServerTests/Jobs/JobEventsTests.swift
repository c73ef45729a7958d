import Foundation
import Glibc
import Server
import Testing

@Suite("What a job tells", .timeLimit(.minutes(2)))
struct JobEventsTests {
  /// Follows to the end.
  private static func all(_ events: JobEvents) async -> [JobEvent] {
    await events.reduce(into: []) { $0.append($1) }
  }

  /// The lines of a text that begin at an offset or later, with where the next one begins; found byte by byte.
  private static func lines(_ bytes: [UInt8], from offset: Int) -> [JobEvent] {
    var lines: [JobEvent] = []
    var line: [UInt8] = []
    var start = 0
    for (place, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "\n") {
        if start >= offset, line.count <= 65536 {
          lines.append(JobEvent(offset: Int64(place + 1), line: String(decoding: line, as: UTF8.self)))
        }
        (line, start) = ([], place + 1)
      } else {
        line.append(byte)
      }
    }
    return lines
  }

  /// A job that is over, whose file of events holds some text.
  private static func job(_ workspace: JobWorkspace, _ queue: JobQueue, telling bytes: [UInt8]) async throws -> Job {
    let job = try await queue.end(of: queue.submit(.script("exit 0")))
    try Data(bytes).write(to: URL(fileURLWithPath: workspace.files(job).events))
    return job
  }

  @Test("is followed from any byte: the lines that begin there or later, each with where the next one begins")
  func anyOffset() async throws {
    let workspace = try JobWorkspace()
    try await workspace.running { queue in
      let text = "{\"event\":\"begun\"}\n\nä\u{1F600}\n" + String(repeating: "x", count: 50) + "\n{}\nunfinished"
      let bytes = Array(text.utf8)
      let job = try await Self.job(workspace, queue, telling: bytes)
      for offset in 0...(bytes.count + 3) {
        let found = await Self.all(try queue.events(of: job.id, from: Int64(offset)))
        #expect(found == Self.lines(bytes, from: offset), "from \(offset)")
      }
      let beyond = await Self.all(try queue.events(of: job.id, from: .max))
      #expect(beyond.isEmpty)
      let before = await Self.all(try queue.events(of: job.id, from: -5))
      #expect(before.count == 5)
      #expect(before[0].name == "begun" && before[1].name == nil && before[4].name == nil)
    }
  }

  @Test("has lines of up to 64 KiB; longer ones are passed over, wherever blocks of the file end")
  func longLines() async throws {
    let workspace = try JobWorkspace()
    try await workspace.running { queue in
      let lengths = [
        1, 16383, 16384, 16385, 0, 65535, 65536, 65537, 3, 131_071, 131_072, 131_073, 5, 65536, 300_000, 65537, 65538,
        7,
      ]
      let bytes = lengths.flatMap { [UInt8](repeating: 97, count: $0) + [10] }
      let job = try await Self.job(workspace, queue, telling: bytes)
      var offsets = [0]
      for length in lengths { offsets.append((offsets.last ?? 0) + length + 1) }
      for offset in offsets + [2, 70_000, 300_000, bytes.count - 4] {
        let found = await Self.all(try queue.events(of: job.id, from: Int64(offset)))
        #expect(found == Self.lines(bytes, from: offset), "from \(offset)")
      }
    }
  }

  @Test("comes as it is written, in whole lines, and ends with the job")
  func live() async throws {
    let workspace = try JobWorkspace()
    let gate = try workspace.gate("gate")
    try await workspace.running { queue in
      let script = """
        tell a; read go < gate; printf '{"event":' >> $events; read go < gate; printf '"b"}\\n{"event":"c"}\\n{"ev' >> $events
        read go < gate; printf 'ent":"d"}\\nrest' >> $events
        """
      let job = try await queue.submit(.script(script))
      var events = try queue.events(of: job.id).makeAsyncIterator()
      for (name, opened) in [("a", 2), ("b", 0), ("c", 1), ("d", 0)] {
        #expect(await events.next()?.name == name)
        gate.open(opened)
      }
      #expect(await events.next() == nil)
      #expect(try queue.job(job.id).state == .finished)
    }
  }

  @Test("can be followed before the job is started, through its starts, and after it is over")
  func throughStarts() async throws {
    let workspace = try JobWorkspace()
    let queue = try workspace.queue()
    let job = try await queue.submit(
      .script("mkdir out; touch out/some; tell first; exit 74", goingOn: "tell second", output: "out"))
    let early = try queue.events(of: job.id)
    let follower = Task { await Self.all(early).compactMap(\.name) }
    let run = Task { await queue.run() }
    #expect(await follower.value == ["first"])
    _ = try await queue.resume(job.id)
    #expect(await Self.all(try queue.events(of: job.id)).compactMap(\.name) == ["first", "second"])
    #expect(await Self.all(try queue.events(of: job.id)).compactMap(\.name) == ["first", "second"])
    await queue.drain()
    await run.value
  }

  @Test("that a killed process did not finish is cut off before the next one tells more; nobody hears of it")
  func unfinished() async throws {
    let workspace = try JobWorkspace()
    try await workspace.running { queue in
      let long = "head -c 70000 /dev/zero | tr '\\0' x >> $events; kill -KILL $$"
      let job = try await queue.end(
        of: queue.submit(.script("tell first; printf '{\"event\":\"hal' >> $events; kill -KILL $$", goingOn: long)))
      _ = try await queue.resume(job.id)
      try await queue.job(job) { $0.attempts == 2 && $0.state.isOver }
      #expect(workspace.text(".stresslab/jobs/\(job.id)/events.jsonl").count == 18 + 70_000)
      // Who has read into the long line goes on at its beginning.
      let events = try queue.events(of: job.id, from: 40)
      var iterator = events.makeAsyncIterator()
      #expect(await iterator.next() == nil)
      try workspace.sql("update jobs set request = json_set(request, '$.goingOn[1]', '')")
      _ = try await queue.resume(job.id)
      try await queue.job(job) { $0.attempts == 3 && $0.state.isOver }
      #expect(workspace.text(".stresslab/jobs/\(job.id)/events.jsonl") == "{\"event\":\"first\"}\n")
    }
  }

  @Test("to a thousand followers is read through one open file and one watch, and all hear all of it")
  func thousand() async throws {
    let workspace = try JobWorkspace()
    let gate = try workspace.gate("gate")
    try await workspace.running { queue in
      let job = try await queue.submit(
        .script("for n in $(seq 200); do tell a; done; read go < gate; for n in $(seq 200); do tell b; done"))
      let path = workspace.files(job).events
      try await queue.told("a", 200, by: job)
      let counts = try await withThrowingTaskGroup(of: (Int, Int64).self) { group in
        for number in 0..<1000 {
          let events = try queue.events(of: job.id, from: Int64(number % 200) * 14)
          group.addTask {
            var (count, last) = (0, Int64(0))
            for await event in events { (count, last) = (count + 1, event.offset) }
            return (count, last)
          }
        }
        #expect(try Self.opened(path) == 1)
        #expect(try Self.watches(of: path) == 1)
        gate.open()
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(counts.allSatisfy { $0.1 == 400 * 14 })
      let isRight = counts.map(\.0).sorted() == (0..<1000).map { 400 - $0 % 200 }.sorted()
      #expect(isRight)
      // And none when they are gone.
      #expect(try Self.opened(path) == 0)
      #expect(try Self.watches(of: path) == 0)
    }
  }

  /// How often this process has a file open.
  private static func opened(_ path: String) throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count { name in
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(name)")) == path
    }
  }

  /// How many watches this process has on a file, as the kernel tells it.
  private static func watches(of path: String) throws -> Int {
    var information = stat()
    try #require(stat(path, &information) == 0)
    let inode = " ino:\(String(information.st_ino, radix: 16)) "
    return try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fdinfo").map { name in
      let text = (try? String(contentsOfFile: "/proc/self/fdinfo/\(name)", encoding: .utf8)) ?? ""
      return text.split(separator: "\n").count { $0.hasPrefix("inotify ") && $0.contains(inode) }
    }.reduce(0, +)
  }

  @Test("is not waited for by a follower whose task is cancelled")
  func cancelled() async throws {
    let workspace = try JobWorkspace()
    let queue = try workspace.queue()
    let job = try await queue.submit(.script("exit 0"))
    let events = try queue.events(of: job.id)
    let followers = (0..<50).map { _ in Task { await Self.all(events).count } }
    for follower in followers {
      follower.cancel()
      #expect(await follower.value == 0)
    }
  }

  @Test("in its log is shown from its end, in whole lines")
  func log() async throws {
    let workspace = try JobWorkspace()
    try await workspace.running { queue in
      let job = try await queue.end(of: queue.submit(.script("printf 'one\\ntwo\\nthree' >&2")))
      let whole = "one\ntwo\nthree"
      for bytes in 0...20 {
        let wanted = ["three", "two\nthree", whole].last { $0.utf8.count <= bytes } ?? ""
        #expect(try queue.log(of: job.id, last: bytes) == wanted, "\(bytes)")
      }
      let quiet = try await queue.submit(.script("exit 0"))
      try await queue.end(of: quiet)
      #expect(try queue.log(of: quiet.id).isEmpty)
    }
  }
}
