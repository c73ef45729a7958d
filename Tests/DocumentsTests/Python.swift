import Documents
import Foundation

/// Python as a second opinion; tests that need it are skipped, with a word, where it is missing.
enum Python {
  /// Whether a module of Python's can be imported.
  static func has(_ module: String) -> Bool {
    (try? run("import \(module)", input: [])) != nil
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// What a script prints, given some bytes on its standard input.
  static func run(_ script: String, input: [UInt8]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script]
    // A file instead of a pipe: a long input and a long output can't wait for each other.
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("input-\(UUID().uuidString)")
    try Data(input).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    process.standardInput = try FileHandle(forReadingFrom: file)
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(description: text) }
    return text
  }
}

/// A generator of test inputs that is the same everywhere (PCG multiplier, upper bits).
struct TestGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A number below a limit.
  mutating func below(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(limit))
  }
}
