import Foundation

/// Names that stand for files in the data folder, wherever a document or a command takes the path of a file of bars:
/// `data:binance/BTC-USDT/1h` is the processed file of that name.
extension FileContents {
  /// How such names begin.
  package static let dataPrefix = "data:"
  /// How readers are asked for the manifest beside such a file.
  package static let dataManifestPrefix = "data-manifest:"

  /// The folder of market data: what `STRESSLAB_DATA` names, else `data` in the working folder.
  package static var dataFolder: String {
    ProcessInfo.processInfo.environment["STRESSLAB_DATA"].flatMap { $0.isEmpty ? nil : $0 } ?? "data"
  }

  /// Whether a path is a name of a file in the data folder.
  package static func isStored(_ path: String) -> Bool {
    path.hasPrefix(dataPrefix) || path.hasPrefix(dataManifestPrefix)
  }

  /// Where a file lies: a name of bars becomes a path, any other path stays. Nil for a name that is none, such as one that
  /// leads out of the folder.
  package static func place(of path: String) -> String? {
    for (prefix, ending) in [(dataPrefix, "csv"), (dataManifestPrefix, "json")] where path.hasPrefix(prefix) {
      let name = path.dropFirst(prefix.count)
      return isPlain(name) ? "\(dataFolder)/processed/\(name).\(ending)" : nil
    }
    return path
  }

  /// Whether a name has words between its slashes, none empty and none that begins with a point.
  private static func isPlain(_ name: Substring) -> Bool {
    !name.utf8.contains(0)
      && name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") }
  }
}
