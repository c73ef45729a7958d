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

  /// Keys behind which names stand that the file's author gave.
  private static let holders: Set<String> = ["assets", "events", "correlations", "contagion", "betas"]

  /// "Asset AAPL", "Event crash", "Clock".
  var group: String {
    guard let first = keys.first else { return "" }
    guard keys.count > 2, Self.holders.contains(first) else { return Self.words(first, isFirst: true) }
    return first == "assets" ? "Asset \(keys[1])" : "Event \(keys[1])"
  }

  /// "process: annual volatility".
  var name: String {
    let start = keys.count > 2 && Self.holders.contains(keys[0]) ? 2 : min(1, keys.count - 1)
    let words = keys.indices.dropFirst(start).map { index in
      index > 0 && Self.holders.contains(keys[index - 1]) ? keys[index] : Self.words(keys[index])
    }
    return words.joined(separator: ": ")
  }

  /// "annual volatility" of `annualVolatility`; what is not written like a key stays as it is.
  static func words(_ key: String, isFirst: Bool = false) -> String {
    guard key.first?.isLowercase == true, key.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
      return key
    }
    var text = ""
    for character in key {
      if let last = text.last, (character.isUppercase && !last.isUppercase) || (character.isNumber && last.isLetter) {
        text += " "
      } else if let last = text.last, last.isNumber, character.isLetter {
        text += " "
      }
      text += character.lowercased()
    }
    text = text.replacing(" bps", with: ", bps")
    return isFirst ? text.prefix(1).uppercased() + text.dropFirst() : text
  }
}
