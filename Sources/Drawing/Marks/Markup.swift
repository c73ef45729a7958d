/// A piece of a page or a drawing: an element with attributes and children, or text.
///
/// Everything that comes from a document or a user enters as `text` or as an attribute's value and is escaped when it
/// is written; only constants of this module (style sheets, the script) enter as `verbatim`.
package indirect enum Markup: Sendable, Hashable {
  /// An element; attributes keep their order, so that the same report has the same bytes.
  case element(String, [Attribute], [Markup])
  /// Text, escaped when written.
  case text(String)
  /// Text that is written as it is: a constant style sheet or script of ours, never anything that was read.
  case verbatim(String)
  /// A part of the page that is written apart and put here, by its number.
  case part(Int)

  /// One attribute of an element; its value is escaped when written.
  package struct Attribute: Sendable, Hashable {
    /// The attribute's name.
    package let name: String
    /// The attribute's value, unescaped.
    package let value: String

    /// An attribute with its value as it should read.
    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// An element with attributes and children, written as `Markup("p", ["class": "note"]) { … }` without the braces.
  package init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ children: [Markup] = []) {
    self = .element(name, attributes.map { Attribute($0.key, $0.value) }, children)
  }

  /// An element that holds nothing but text.
  package init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String) {
    self.init(name, attributes, [.text(text)])
  }

  /// The element with one more attribute; text stays as it is.
  package func with(_ name: String, _ value: String) -> Markup {
    guard case .element(let element, let attributes, let children) = self else { return self }
    return .element(element, attributes + [Attribute(name, value)], children)
  }

  /// The element with one more child behind the others; text stays as it is.
  package func adding(_ child: Markup) -> Markup {
    guard case .element(let element, let attributes, let children) = self else { return self }
    return .element(element, attributes, children + [child])
  }
}

extension Markup {
  /// Elements without an end tag: HTML's void elements, and the shapes of SVG.
  private static let childless: Set<String> = [
    "meta", "br", "hr", "link", "input", "col", "path", "rect", "line", "circle", "polygon", "polyline", "use", "stop",
  ]

  /// The markup as text that is well-formed XML and valid HTML 5 alike.
  package var rendered: String {
    var output = ""
    write(to: &output)
    return output
  }

  /// Appends the markup to `output`.
  ///
  /// - Parameter parts: the markup of the parts that were written apart, by their numbers.
  package func write(to output: inout String, parts: [String] = []) {
    switch self {
    case .text(let text): Markup.escape(text, into: &output)
    case .verbatim(let text): output += text
    case .part(let number): output += parts[number]
    case .element(let name, let attributes, let children):
      output += "<"
      output += name
      for attribute in attributes {
        output += " "
        output += attribute.name
        output += "=\""
        if attribute.isForPrograms {
          Markup.escapeExactly(attribute.value, into: &output)
        } else {
          Markup.escape(attribute.value, into: &output)
        }
        output += "\""
      }
      if children.isEmpty && Markup.childless.contains(name) {
        output += "/>"
        return
      }
      output += ">"
      for child in children { child.write(to: &output, parts: parts) }
      output += "</"
      output += name
      output += ">"
    }
  }

  /// Escapes the five characters that mean something in markup, drops control characters that XML cannot hold, and isolates
  /// what runs from right to left.
  package static func escape(_ text: String, into output: inout String) {
    guard text.utf8.contains(where: mayNeedEscape) else {
      output += text
      return
    }
    for scalar in Isolation.isolated(text).unicodeScalars {
      switch scalar {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "\"": output += "&quot;"
      case "'": output += "&#39;"
      case "\n", "\t": output.unicodeScalars.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{7F}", "\u{FFFE}", "\u{FFFF}": output += "\u{FFFD}"
      default: output.unicodeScalars.append(scalar)
      }
    }
  }

  /// Whether a byte of UTF-8 may belong to a character that `escape` changes; U+FFFE is among those that concern direction.
  private static func mayNeedEscape(_ byte: UInt8) -> Bool {
    switch byte {
    case 0..<0x20, UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"), 0x7F:
      true
    default: Isolation.mayConcern(byte)
    }
  }
}
