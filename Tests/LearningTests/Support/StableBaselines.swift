import Foundation
import Testing

/// Python with the pinned Stable-Baselines3, in the `.venv` of the checkout. Where it is missing the tests say so and
/// pass, but not on a build server, which sets `CI` and must have it.
enum StableBaselines {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// What the library says of one policy, as `docs/import/example_policies.py` writes it: for each observation one row.
  struct Example: Decodable {
    /// The folder of the imported policy, below that of all examples.
    let name: String
    /// Before any normaliser.
    let observations: [[Float]]
    /// Deterministic ones, within their bounds.
    let actions: [[Double]]
    let values: [Double]
    /// Some actions before clipping, and what the logarithm of their probability or density is.
    let taken: [[Double]]
    let logProbabilities: [Double]
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Whether the library is there; if not, says so loudly, which on a build server is a failure.
  static func isThere(for what: String) -> Bool {
    // torch is the last and largest of what is installed together, and brings this command.
    if FileManager.default.isExecutableFile(atPath: root.appending(path: ".venv/bin/torchrun").path) { return true }
    if ProcessInfo.processInfo.environment["CI"] != nil {
      Issue.record("CI is set, but .venv has no Stable-Baselines3 (docs/import/requirements.txt): not checked: \(what)")
    } else {
      print("SKIPPED: no Stable-Baselines3 in .venv (docs/import/requirements.txt), so not checked: \(what)")
    }
    return false
  }

  /// What Python prints.
  @discardableResult
  static func python(_ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = root.appending(path: ".venv/bin/python")
    process.arguments = arguments
    process.currentDirectoryURL = root
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(description: text) }
    return text
  }

  /// Makes, imports and describes the examples; all, if none is named.
  static func examples(_ names: String..., in folder: URL) throws -> [Example] {
    try python(["docs/import/example_policies.py", folder.path] + names)
    return try JSONDecoder().decode([Example].self, from: Data(contentsOf: folder.appending(path: "expected.json")))
  }

  /// Gives the work a folder of its own.
  static func withFolder(_ work: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "policies-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try work(folder)
  }
}
