import Foundation
import Glibc
import Testing

/// A process that another server has started for a job; it holds the job's lock. Foundation gives it a group of its own.
final class Orphan {
  private let process = Process()

  /// Starts a script, and waits until it has written the file `there`.
  init(_ script: String, holding lock: String, in workspace: JobWorkspace) throws {
    let there = try workspace.gate("there")
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    // A shell cannot trap what was ignored when it began.
    process.arguments = ["--default-signal=INT", "flock", "--no-fork", lock, "/bin/sh", "-c", script]
    process.currentDirectoryURL = workspace.url
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    try #require(there.read())
  }

  deinit {
    kill(-number, SIGKILL)
    process.waitUntilExit()
  }

  /// Its number.
  var number: Int32 { process.processIdentifier }

  /// When it was started, in ticks, as the system tells it.
  var start: UInt64 {
    let line = (try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8)) ?? ""
    let fields = line.split(separator: ")").last?.split(separator: " ") ?? []
    return fields.count > 19 ? UInt64(fields[19]) ?? 0 : 0
  }

  /// Waits for its end.
  ///
  /// - Returns: its exit code, or the signal that ended it.
  func end() -> Int32 {
    process.waitUntilExit()
    return process.terminationStatus
  }
}
