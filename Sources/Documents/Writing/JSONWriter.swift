/// Writes JSON text that is the same for the same value: keys as given, shortest numbers that read back exactly.
package struct JSONWriter {
  private var text = ""
  private let indented: Bool

  /// A writer of one line, or of indented lines (two spaces; arrays of plain values stay on one line).
  package init(indented: Bool = false) { self.indented = indented }

  /// The text of a value; indented text ends with a line break.
  package static func write(_ value: JSONValue, indented: Bool = false) -> String {
    var writer = JSONWriter(indented: indented)
    writer.append(value, depth: 0)
    return indented ? writer.text + "\n" : writer.text
  }

  /// The shortest text that reads back as the same number: `1` rather than `1.0`; null when it is not finite.
  package static func number(_ value: Double) -> String {
    guard value.isFinite else { return "null" }
    if value == value.rounded(), value.magnitude < 1e15 {
      return value == 0 && value.sign == .minus ? "-0" : "\(Int(value))"
    }
    return "\(value)"
  }

  private mutating func append(_ value: JSONValue, depth: Int) {
    switch value {
    case .null: text += "null"
    case .bool(let flag): text += flag ? "true" : "false"
    case .integer(let number): text += "\(number)"
    case .number(let number): text += Self.number(number)
    case .string(let string): append(string)
    case .array(let elements):
      let open = indented && elements.contains(where: \.isContainer)
      list(elements, "[", "]", open: open, depth: depth) { $0.append($1, depth: depth + 1) }
    case .object(let members):
      list(members, "{", "}", open: indented && !members.isEmpty, depth: depth) { writer, member in
        writer.append(member.name)
        writer.text += writer.indented ? ": " : ":"
        writer.append(member.value, depth: depth + 1)
      }
    }
  }

  private mutating func list<Element>(
    _ elements: [Element], _ left: String, _ right: String, open: Bool, depth: Int,
    each: (inout JSONWriter, Element) -> Void
  ) {
    text += left
    for (index, element) in elements.enumerated() {
      if index > 0 { text += indented && !open ? ", " : "," }
      if open { text += "\n" + String(repeating: "  ", count: depth + 1) }
      each(&self, element)
    }
    if open { text += "\n" + String(repeating: "  ", count: depth) }
    text += right
  }

  private mutating func append(_ string: String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{0}"..<"\u{20}", "\u{7F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}

extension JSONValue {
  /// The value on one line.
  package var text: String { JSONWriter.write(self) }

  fileprivate var isContainer: Bool {
    switch self {
    case .array, .object: true
    default: false
    }
  }
}
