import Documents
import Lab

/// What a parameter is called: the group that it stands in, and its full name in words.
struct ParameterName: Sendable {
  private let keys: [String]

  /// The name of a parameter.
  init(_ line: ParameterLine) {
    keys =
      line.keys
      ?? line.path.split(separator: "/").map { String($0).replacing("~1", with: "/").replacing("~0", with: "~") }
  }

  /// What is called by the name that stands behind such a key at the root.
  private static let titles = ["assets": "Asset", "events": "Event", "risk": "Risk profile", "panel": "Agent"]

  /// "Asset AAPL", "Event crash", "Clock".
  var group: String {
    guard let first = keys.first else { return "" }
    guard keys.count > 2, let title = Self.titles[first] else { return PlainWords.key(first, isFirst: true) }
    return "\(title) \(keys[1])"
  }

  /// "process: annual volatility".
  var name: String {
    let start = keys.count > 2 && Self.titles[keys[0]] != nil ? 2 : min(1, keys.count - 1)
    return PlainWords.keys(keys).dropFirst(start).joined(separator: ": ")
  }
}
