/// Hands out anchors: letters, digits and hyphens only, and never the same one twice.
package struct Anchors: Sendable {
  private var taken: Set<String> = ["theme", "hatch", "main"]

  /// No anchors yet.
  package init() {}

  /// An anchor made of the given words, which may be anything that a document holds.
  package mutating func make(_ words: String...) -> String {
    let base = words.map(Anchors.plain).filter { !$0.isEmpty }.joined(separator: "-")
    let start = base.first?.isLetter == true ? base : base.isEmpty ? "part" : "part-\(base)"
    var anchor = start
    var number = 2
    while !taken.insert(anchor).inserted {
      anchor = "\(start)-\(number)"
      number += 1
    }
    return anchor
  }

  /// Lower-case letters, digits and single hyphens of a text, at most 80.
  private static func plain(_ text: String) -> String {
    var result = ""
    for scalar in text.lowercased().unicodeScalars {
      switch scalar {
      case "a"..."z", "0"..."9": result.unicodeScalars.append(scalar)
      default: if !result.isEmpty && !result.hasSuffix("-") { result += "-" }
      }
      if result.count >= 80 { break }
    }
    while result.hasSuffix("-") { result.removeLast() }
    return result
  }
}
