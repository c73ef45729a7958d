import Foundation

/// The built program.
enum Program {
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
}
