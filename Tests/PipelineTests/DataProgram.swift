import Foundation

/// The program as it was built, run as people run it: in the working folder of a test.
enum DataProgram {
  /// What a command left behind.
  struct Result {
    let code: Int32
    let output, error: String
  }

  private static let path: String = {
    let bundle = ProcessInfo.processInfo.arguments[0]
    return ([bundle, Bundle.main.executablePath ?? bundle] + Bundle.allBundles.map(\.bundlePath))
      .map { URL(fileURLWithPath: $0).deletingLastPathComponent().appendingPathComponent("stresslab").path }
      .first { FileManager.default.isExecutableFile(atPath: $0) } ?? "stresslab"
  }()

  /// Runs it; its process number is in the file `pid` before it begins. Data and records lie in the folder, whatever this process
  /// was told.
  static func run(
    _ arguments: [String], in data: TemporaryData, _ environment: [String: String] = [:]
  ) throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "echo $$ > pid && exec \"$0\" \"$@\"", path] + arguments
    process.currentDirectoryURL = data.url
    process.environment = ProcessInfo.processInfo.environment
      .merging(["STRESSLAB_DATA": "", "STRESSLAB_TRACKING": ""]) { $1 }.merging(environment) { $1 }
    let files = ["output", "error"].map { data.url.appendingPathComponent("\($0)-\(UUID().uuidString)") }
    for file in files { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    process.waitUntilExit()
    return Result(
      code: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      output: String(decoding: try Data(contentsOf: files[0]), as: UTF8.self),
      error: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self))
  }
}
