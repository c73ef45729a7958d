extension Markup {
  /// Text to the last character, for what is edited and given back: it is escaped, but nothing is put around what runs from
  /// right to left, and nothing left out that changes directions, as in text that is only read.
  package static func exact(_ text: String) -> Markup {
    var output = ""
    escapeExactly(text, into: &output)
    return .verbatim(output)
  }

  /// Appends a text as a reader of the markup gets it again, but for characters that XML has no word for.
  static func escapeExactly(_ text: String, into output: inout String) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "\"": output += "&quot;"
      case "'": output += "&#39;"
      case "\n", "\t", "\r": output.unicodeScalars.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{7F}", "\u{FFFE}", "\u{FFFF}": output += "\u{FFFD}"
      default: output.unicodeScalars.append(scalar)
      }
    }
  }
}

extension Markup.Attribute {
  /// Whether programs read the value, and nobody sees it: a name or an address has to come back as it is.
  var isForPrograms: Bool {
    switch name {
    case "value", "href", "src", "action", "id", "for", "name": true
    default: name.hasPrefix("data-") && name != "data-label"
    }
  }
}
