import Foundation
import Glibc
import Logging
import Server
import Testing

/// A workspace of its own for a test, gone when the test is over. Its jobs are small scripts: the shell stands for the program.
final class JobWorkspace: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("stresslab-jobs-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// A path in the workspace.
  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// A file's text; empty where there is none.
  func text(_ name: String) -> String { (try? String(contentsOfFile: path(name), encoding: .utf8)) ?? "" }

  /// A file's lines.
  func lines(_ name: String) -> [String] { text(name).split(separator: "\n").map(String.init) }

  /// The files of a job.
  func files(_ job: Job) -> JobFiles { JobFolders(url.path).files(of: job.id) }

  /// A queue whose program is the shell.
  func queue(
    _ limits: JobLimits = JobLimits(), program: String = "/bin/sh",
    environment: [String: String] = ProcessInfo.processInfo.environment,
    logger: Logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
  ) throws -> JobQueue {
    try JobQueue(workspace: url.path, program: program, limits: limits, environment: environment, logger: logger)
  }

  /// Lets a queue run while something is done, and drains it.
  func running<Result: Sendable>(
    _ limits: JobLimits = JobLimits(), program: String = "/bin/sh",
    logger: Logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
    _ body: (JobQueue) async throws -> Result
  ) async throws -> Result {
    let queue = try queue(limits, program: program, logger: logger)
    let run = Task { await queue.run() }
    do {
      let result = try await body(queue)
      await queue.drain()
      await run.value
      return result
    } catch {
      await queue.drain()
      throw error
    }
  }

  /// Runs statements of SQL on the store of jobs, as somebody else.
  @discardableResult
  func sql(_ statements: String) throws -> String {
    try run("/usr/bin/env", ["sqlite3", "-cmd", ".timeout 5000", path(".stresslab/jobs.sqlite"), statements]).output
  }

  /// Runs a program to its end.
  @discardableResult
  func run(_ program: String, _ arguments: [String]) throws -> (code: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = url
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  /// What holds scripts up until the test lets them go on.
  func gate(_ name: String) throws -> Gate { try Gate(path(name)) }
}

/// A pipe from which scripts read a line each before they go on, or to which they write when they are so far.
final class Gate: Sendable {
  private let descriptor: Int32

  init(_ path: String) throws {
    try #require(mkfifo(path, 0o600) == 0)
    // For both, so that nobody waits for the other end.
    descriptor = Glibc.open(path, O_RDWR | O_CLOEXEC)
    try #require(descriptor >= 0)
  }

  deinit { close(descriptor) }

  /// Lets scripts go on.
  func open(_ count: Int = 1) {
    for _ in 0..<count { _ = write(descriptor, "\n", 1) }
  }

  /// Waits until a script has written something.
  func read() -> Bool {
    var byte: UInt8 = 0
    return Glibc.read(descriptor, &byte, 1) == 1
  }
}
