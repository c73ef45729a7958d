import Foundation

/// Names that stand for files in the stores of the program, wherever a document or a command takes the path of a file.
///
/// `data:binance/BTC-USDT/1h` is the file of bars that the data folder has under that name; `agents:calm@champion` is the
/// folder of the agent that bears the alias, `agents:calm:3` that of a version, and `agents:calm` the champion.
extension FileContents {
  /// How names of bars begin.
  package static let dataPrefix = "data:"
  /// How names of agents begin.
  package static let agentsPrefix = "agents:"
  /// The alias that an agent's name alone stands for.
  package static let champion = "champion"

  /// The folder of market data: what `STRESSLAB_DATA` names, else `data` in the working folder.
  package static var dataFolder: String { folder("STRESSLAB_DATA", or: "data") }
  /// The folder of runs on record and of agents: what `STRESSLAB_TRACKING` names, else `tracking` in the working folder.
  package static var trackingFolder: String { folder("STRESSLAB_TRACKING", or: "tracking") }

  /// Whether a path is a name of something in a store.
  package static func isStored(_ path: String) -> Bool {
    path.hasPrefix(dataPrefix) || path.hasPrefix(agentsPrefix)
  }

  /// Where a file lies: a name of something in a store becomes a path, any other path stays. Nil for a name that is none,
  /// such as one that leads out of the store.
  package static func place(of path: String) -> String? {
    if path.hasPrefix(dataPrefix) {
      let name = path.dropFirst(dataPrefix.count)
      return isPlain(name) ? "\(dataFolder)/processed/\(name).csv" : nil
    }
    guard path.hasPrefix(agentsPrefix) else { return path }
    // The agent's name, then what lies in its folder.
    let parts = path.dropFirst(agentsPrefix.count).split(
      separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let words = parts[0].split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "@" || $0 == ":" }
    let which = words.count == 2 ? words[1] : champion[...]
    guard isPlain(words[0]), isPlain(which), parts.count == 1 || isPlain(parts[1]) else { return nil }
    return (["\(trackingFolder)/models/\(words[0])/\(which)"] + parts.dropFirst().map(String.init)).joined(
      separator: "/")
  }

  /// Whether a name has words between its slashes, none empty and none that begins with a point.
  private static func isPlain(_ name: Substring) -> Bool {
    name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") }
      && !name.utf8.contains(0)
  }

  private static func folder(_ variable: String, or usual: String) -> String {
    ProcessInfo.processInfo.environment[variable].flatMap { $0.isEmpty ? nil : $0 } ?? usual
  }
}
