/// How much room text takes, near enough to keep labels inside a drawing without a font at hand.
package enum TextWidth {
  /// The width of `text` in a common sans-serif face, in the unit of `size`; a little generous.
  package static func of(_ text: String, size: Double) -> Double {
    size * text.unicodeScalars.reduce(0) { $0 + width($1) }
  }

  /// The text in lines no wider than `width`, broken at blanks; a word that is too long keeps a line of its own.
  static func wrap(_ text: String, size: Double, width: Double) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ", omittingEmptySubsequences: true) {
      if let last = lines.last, of("\(last) \(word)", size: size) <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  /// The width of one character in ems.
  private static func width(_ scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "I", ".", ",", ":", ";", "'", "|", "!", "·": 0.3
    case " ", "f", "t", "r", "(", ")", "[", "]", "/", "-": 0.38
    case "m", "w", "M", "W", "%", "@", "—": 0.9
    case "A"..."Z": 0.7
    default: scalar.value < 0x2E80 ? 0.6 : 1.05
    }
  }
}
