import Foundation

/// Names that stand for files in the data folder, wherever a document or a command takes the path of a file of bars:
/// `data:binance/BTC-USDT/1h` is the processed file of that name.
extension FileContents {
  /// How such names begin.
  package static let dataPrefix = "data:"

  /// The folder of market data: what `STRESSLAB_DATA` names, else `data` in the working folder.
  package static var dataFolder: String {
    ProcessInfo.processInfo.environment["STRESSLAB_DATA"].flatMap { $0.isEmpty ? nil : $0 } ?? "data"
  }

  /// Where a file lies: a name of bars becomes a path, any other path stays. Nil for a name that is none, such as one that
  /// leads out of the folder.
  package static func place(of path: String) -> String? {
    guard path.hasPrefix(dataPrefix) else { return path }
    let name = path.dropFirst(dataPrefix.count)
    return isPlain(name) ? "\(dataFolder)/processed/\(name).csv" : nil
  }

  /// Whether a name has words between its slashes, none empty and none that begins with a point.
  private static func isPlain(_ name: Substring) -> Bool {
    !name.utf8.contains(0)
      && name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") }
  }
}
