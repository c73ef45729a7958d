import Foundation
import Glibc

/// The built program, run as a user runs it.
struct StressLabProgram {
  /// Where it is run.
  let folder: TemporaryFolder

  /// It lies beside the test bundle.
  static let path: String = {
    let bundle = ProcessInfo.processInfo.arguments[0]
    let folders = [bundle, Bundle.main.executablePath ?? bundle] + Bundle.allBundles.map(\.bundlePath)
    for folder in folders {
      let candidate = URL(fileURLWithPath: folder).deletingLastPathComponent().appendingPathComponent("stresslab").path
      if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
    }
    return "stresslab"
  }()

  /// What a finished command left behind.
  struct Result {
    let code: Int32
    let output: String
    let error: String
  }

  /// Runs a command to its end.
  func run(_ arguments: String...) throws -> Result { try run(arguments) }

  /// Runs a command to its end.
  func run(_ arguments: [String]) throws -> Result {
    let running = try start(arguments)
    return try running.wait()
  }

  /// Starts a command.
  func start(_ arguments: [String]) throws -> RunningProgram {
    try RunningProgram(Self.path, arguments, in: folder.url)
  }
}

/// A program that is running, its output collected in files.
final class RunningProgram {
  private let process = Process()
  private let output: URL
  private let error: URL

  init(_ program: String, _ arguments: [String], in folder: URL) throws {
    let id = UUID().uuidString
    output = folder.appendingPathComponent(".output-\(id)")
    error = folder.appendingPathComponent(".error-\(id)")
    for file in [output, error] { try Data().write(to: file) }
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: error)
    try process.run()
  }

  /// Lines on standard error so far.
  var errorLines: [String] {
    String(decoding: (try? Data(contentsOf: error)) ?? Data(), as: UTF8.self).split(separator: "\n").map(String.init)
  }

  var isRunning: Bool { process.isRunning }

  /// Sends a signal.
  func signal(_ number: Int32) { kill(process.processIdentifier, number) }

  /// Waits until standard error has so many lines; false when the program ends before.
  func waitForErrorLines(_ count: Int) -> Bool {
    while errorLines.count < count {
      guard process.isRunning else { return errorLines.count >= count }
      usleep(500)
    }
    return true
  }

  /// Waits for the end.
  func wait() throws -> StressLabProgram.Result {
    process.waitUntilExit()
    let result = StressLabProgram.Result(
      code: process.terminationStatus, output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      error: String(decoding: try Data(contentsOf: error), as: UTF8.self))
    for file in [output, error] { try FileManager.default.removeItem(at: file) }
    return result
  }
}
