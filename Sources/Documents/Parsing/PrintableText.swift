/// Text as it may stand in a message or on a terminal: what a name from a file could steer a terminal with, or forge another
/// line with, is written as an escape.
package enum PrintableText {
  /// The text with every character that controls something written as `\u001b`: control characters, line and paragraph
  /// separators, and what turns the direction of writing.
  ///
  /// - Parameter keepingLines: line feeds stay, for text of several lines whose parts were escaped one by one.
  package static func escaped(_ text: String, keepingLines: Bool = false) -> String {
    func controls(_ scalar: Unicode.Scalar) -> Bool { Self.controls(scalar) && !(keepingLines && scalar == "\n") }
    guard text.unicodeScalars.contains(where: controls) else { return text }
    return text.unicodeScalars.reduce(into: "") { escaped, scalar in
      guard controls(scalar) else { return escaped.unicodeScalars.append(scalar) }
      let digits = String(scalar.value, radix: 16)
      escaped += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
  }

  /// Whether a character steers a terminal, ends a line or turns the direction of writing.
  static func controls(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }
}
