import CSpawn
import Documents
import Foundation
import Glibc
import Lab
import NIOPosix

/// Commands of this program that answer at once, such as a preview or a replay: child processes, within limits of time, memory and
/// number, so that a crash or a monster of a document harms nobody else.
package actor HelperPrograms {
  /// What a command came to.
  package struct Result: Sendable {
    /// Its exit code.
    package let code: Int32
    /// What it said on standard output.
    package let output: [UInt8]
    /// What it said on standard error.
    package let error: String
  }

  /// Bytes of an output at most.
  private static let mostOutput = 1 << 27

  private let program: String
  private let workspace: String
  private let limits: ServerSettings.Limits
  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// Commands of a program in a workspace.
  package init(program: String, workspace: Workspace, limits: ServerSettings.Limits) {
    (self.program, self.workspace, self.limits) = (program, workspace.path, limits)
    free = limits.helpers
  }

  /// Runs a command to its end.
  ///
  /// - Parameter input: what it reads on standard input.
  /// - Throws: a `Failure` where it took too long or could not be started.
  package func run(_ arguments: [String], input: [UInt8] = []) async throws -> Result {
    // More than a few in a row are not worth waiting for.
    guard waiting.count < 32 else {
      throw Failure(
        .serviceUnavailable, "busy", "too many previews and replays wait already", headers: [(.retryAfter, "2")])
    }
    if free > 0 { free -= 1 } else { await withCheckedContinuation { waiting.append($0) } }
    defer { if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() } }
    return try await finish(arguments, input)
  }

  private func finish(_ arguments: [String], _ input: [UInt8]) async throws -> Result {
    let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("stresslab-helper-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: scratch, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: scratch) }
    let files = try ["in", "out", "error"].map { name -> FileHandle in
      let file = scratch.appendingPathComponent(name)
      try Data(name == "in" ? input : []).write(to: file)
      return name == "in" ? try FileHandle(forReadingFrom: file) : try FileHandle(forWritingTo: file)
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: workspace)
    process.standardInput = files[0]
    process.standardOutput = files[1]
    process.standardError = files[2]
    process.environment = JobEnvironment.filtered(ProcessInfo.processInfo.environment, parent: getpid())
    let seconds = limits.previewSeconds
    let ended: Bool = try await withThrowingTaskGroup(of: Bool.self) { group in
      let (ends, end) = AsyncStream.makeStream(of: Void.self)
      process.terminationHandler = { _ in end.finish() }
      do { try process.run() } catch {
        throw Failure(
          .serviceUnavailable, "systemFailed", "a process cannot be started: \(SystemFault.words(of: error))")
      }
      _ = limit_address_space(process.processIdentifier, UInt64(limits.jobBytes))
      group.addTask {
        for await _ in ends {}
        return true
      }
      group.addTask {
        try await Task.sleep(for: .seconds(seconds))
        return false
      }
      defer { group.cancelAll() }
      return try await group.next() ?? false
    }
    if !ended || process.isRunning {
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    guard ended else {
      throw Failure(
        .serviceUnavailable, "tooLong", "it takes longer than \(seconds) s: fewer paths, or a shorter clock")
    }
    let output = try FileContents.readOwn(scratch.appendingPathComponent("out").path) ?? []
    let error = try FileContents.readOwn(scratch.appendingPathComponent("error").path) ?? []
    guard output.count <= Self.mostOutput else {
      throw Failure(.serviceUnavailable, "tooLarge", "the answer has more than \(Self.mostOutput) bytes")
    }
    return Result(
      code: process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus,
      output: output, error: String(decoding: error.prefix(1 << 16), as: UTF8.self))
  }
}

extension HelperPrograms.Result {
  /// The output as JSON, where the command took what it was given.
  ///
  /// - Throws: a `Failure` with what the command said.
  package func json() throws(Failure) -> JSONValue {
    try check()
    guard let (root, _) = try? DocumentParser.parse(output, file: "output") else {
      throw Failure(.internalServerError, "ourFault", "a command's answer is no JSON")
    }
    return root.json
  }

  /// Sees that the command took what it was given.
  ///
  /// - Throws: a `Failure` with what the command said.
  package func check() throws(Failure) {
    switch code {
    case 0, 1: return
    case 2: throw Failure(.unprocessableContent, "refused", words)
    case 74: throw Failure(.serviceUnavailable, "systemFailed", words)
    default: throw Failure(.internalServerError, "ourFault", "a command failed: \(words)")
    }
  }

  private var words: String {
    let text = error.trimmingCharacters(in: .whitespacesAndNewlines)
    return text.hasPrefix("stresslab: ") ? String(text.dropFirst(11)) : text
  }
}
