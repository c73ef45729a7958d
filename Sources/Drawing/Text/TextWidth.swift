/// How much room text takes, near enough to keep labels inside a drawing without a font at hand.
package enum TextWidth {
  /// The width of `text` in a common sans-serif face, in the unit of `size`; a little generous.
  package static func of(_ text: String, size: Double, face: Typeface = .common) -> Double {
    size * text.unicodeScalars.reduce(0) { $0 + face.width($1) }
  }

  /// The text in lines no wider than `width`, broken at blanks; a word that is too long is broken inside, behind a hyphen
  /// or before a capital where there is one in its second half.
  package static func wrap(_ text: String, size: Double, width: Double, face: Typeface = .common) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ", omittingEmptySubsequences: true) {
      if let last = lines.last, of("\(last) \(word)", size: size, face: face) <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines += broken(String(word), size: size, width: width, face: face)
      }
    }
    return lines
  }

  /// A word in pieces no wider than `width`; one character at least in each.
  private static func broken(_ word: String, size: Double, width: Double, face: Typeface) -> [String] {
    var pieces: [String] = []
    var rest = word[...]
    while of(String(rest), size: size, face: face) > width {
      var end = rest.index(after: rest.startIndex)
      while end < rest.endIndex, of(String(rest[...end]), size: size, face: face) <= width {
        end = rest.index(after: end)
      }
      let half = rest.index(rest.startIndex, offsetBy: rest.distance(from: rest.startIndex, to: end) / 2)
      let places = rest[half..<end].indices.filter {
        $0 > rest.startIndex && isBreak(rest[rest.index(before: $0)], rest[$0])
      }
      let cut = places.last ?? end
      guard cut < rest.endIndex else { break }
      pieces.append(String(rest[..<cut]))
      rest = rest[cut...]
    }
    return pieces + [String(rest)]
  }

  private static func isBreak(_ before: Character, _ after: Character) -> Bool {
    "-_/·\u{A0}".contains(before) || (before.isLowercase && after.isUppercase)
  }

  /// The text, or where it is wider than `width` its beginning and its end around an ellipsis.
  package static func shortened(_ text: String, size: Double, width: Double) -> String {
    guard of(text, size: size) > width else { return text }
    for kept in stride(from: text.count - 1, through: 2, by: -1) {
      let short = "\(text.prefix((kept + 1) / 2))…\(text.suffix(kept / 2))"
      if of(short, size: size) <= width { return short }
    }
    return "…"
  }
}
