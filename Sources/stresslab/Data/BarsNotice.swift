import Lab
import Pipeline

/// What is said on standard error of bars of the data folder before something is computed from them.
enum BarsNotice {
  /// Says it of files, each once; of those that lie elsewhere nothing is known.
  static func say(of files: [String]) throws(Refusal) {
    for warning in try DataFolder.chosen(nil).warnings(of: files) { Output.error("stresslab: \(warning)") }
  }
}
