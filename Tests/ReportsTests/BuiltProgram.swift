import Foundation

/// The built program, which lies beside the test bundle.
enum BuiltProgram {
  private static let url: URL? = {
    let bundle = ProcessInfo.processInfo.arguments[0]
    return ([bundle, Bundle.main.executablePath ?? bundle] + Bundle.allBundles.map(\.bundlePath))
      .map { URL(fileURLWithPath: $0).deletingLastPathComponent().appendingPathComponent("stresslab") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }()

  /// Runs a command and returns its exit code.
  static func run(_ arguments: String...) throws -> Int32 {
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
