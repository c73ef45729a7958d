import Documents
import Foundation
import Testing

/// The built program, as a user runs it, in a test's workspace.
enum BuiltProgram {
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

  /// What a command prints as JSON. Where records and data lie is not what this process was told: checks keep no record.
  static func json(_ arguments: String..., in workspace: JobWorkspace) throws -> JSONValue {
    let result = try workspace.run(
      "/usr/bin/env", ["-u", "STRESSLAB_TRACKING", "-u", "STRESSLAB_DATA", path] + arguments)
    try #require(result.code == 0, "\(arguments)")
    return try DocumentParser.parse(Array(result.output.utf8), file: "output").root.json
  }
}
