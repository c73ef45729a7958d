// Values: words, numbers, arrays and objects.

extension DocumentParser {
  mutating func value(_ path: String) throws(SyntaxFault) -> Node {
    let place = position
    switch next {
    case nil: throw fault("the document ends where a value should be", path)
    case UInt8(ascii: "{"): return Node(.object(try object(path)), position: place, path: path)
    case UInt8(ascii: "["): return Node(.array(try array(path)), position: place, path: path)
    case UInt8(ascii: "\""): return Node(try string(path).map { .string($0) } ?? .invalid, position: place, path: path)
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
      return Node(try number(path), position: place, path: path)
    case let byte where Self.isDigit(byte): return Node(try number(path), position: place, path: path)
    case UInt8(ascii: "'"): throw fault("strings stand in double quotes, found \"'\"", path)
    case UInt8(ascii: "/"), UInt8(ascii: "#"):
      throw fault("expected a value, found \(found); JSON has no comments", path)
    default: return Node(try word(path), position: place, path: path)
    }
  }

  private mutating func word(_ path: String) throws(SyntaxFault) -> Node.Content {
    let place = position
    let start = index
    while let byte = next, Self.isLetter(byte) { index += 1 }
    let word = String(decoding: bytes[start..<index], as: UTF8.self)
    switch word {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .null
    case "": throw fault("expected a value, found \(found)", path)
    case "NaN", "Infinity", "nan", "inf", "Inf", "infinity":
      throw fault("\(word) is not a number in JSON", path, at: place)
    default:
      let known = word == "None" ? "null" : Suggestion.nearest(to: word, among: ["true", "false", "null"])
      let hint = known.map { "; did you mean \($0)?" } ?? "; strings stand in double quotes"
      throw fault("unknown word \(quoted(word))\(hint)", path, at: place)
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
    default: false
    }
  }

  private static func isDigit(_ byte: UInt8?) -> Bool {
    byte.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
  }

  private mutating func digits() -> Int {
    let start = index
    while Self.isDigit(next) { index += 1 }
    return index - start
  }

  private mutating func number(_ path: String) throws(SyntaxFault) -> Node.Content {
    let place = position
    let start = index
    if next == UInt8(ascii: "+") { throw fault("a number must not start with \"+\"", path) }
    if next == UInt8(ascii: ".") { throw fault("a number must have a digit before the decimal point", path) }
    if next == UInt8(ascii: "-") {
      index += 1
      if let byte = next, Self.isLetter(byte) {
        while let byte = next, Self.isLetter(byte) { index += 1 }
        throw fault("\(String(decoding: bytes[start..<index], as: UTF8.self)) is not a number in JSON", path, at: place)
      }
    }
    let zero = next == UInt8(ascii: "0")
    let whole = digits()
    if whole == 0 { throw fault("expected a digit after \"-\", found \(found)", path) }
    if zero, whole > 1 { throw fault("a number must not start with a superfluous 0", path, at: place) }
    if next == UInt8(ascii: ".") {
      index += 1
      if digits() == 0 { throw fault("expected a digit after the decimal point, found \(found)", path) }
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      index += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { index += 1 }
      if digits() == 0 { throw fault("expected a digit in the exponent, found \(found)", path) }
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    guard let value = Double(text), value.isFinite else {
      let shown = text.utf8.count > 40 ? text.prefix(37) + "…" : text[...]
      note("\(shown) is beyond the range of numbers (about ±1.8e308)", path, at: place)
      return .invalid
    }
    return .number(value, text: text)
  }

  private mutating func enter(_ path: String) throws(SyntaxFault) {
    depth += 1
    if depth > Self.maximumDepth { throw fault("nested more than \(Self.maximumDepth) levels deep", path) }
    index += 1
    skipWhitespace()
  }

  private mutating func leave() {
    index += 1
    depth -= 1
  }

  private mutating func array(_ path: String) throws(SyntaxFault) -> [Node] {
    try enter(path)
    var elements: [Node] = []
    while true {
      if next == UInt8(ascii: "]"), elements.isEmpty { break }
      elements.append(try value("\(path)/\(elements.count)"))
      skipWhitespace()
      if next == UInt8(ascii: "]") { break }
      try comma(before: "]", path)
    }
    leave()
    return elements
  }

  private mutating func object(_ path: String) throws(SyntaxFault) -> [Node.Member] {
    try enter(path)
    var members: [Node.Member] = []
    var lines: [String: Int] = [:]
    while true {
      if next == UInt8(ascii: "}"), lines.isEmpty { break }
      let place = position
      guard next == UInt8(ascii: "\"") else {
        throw fault("expected a key in double quotes, found \(found)", path)
      }
      // A key with a lone surrogate has been reported; it keeps a name that no field has.
      let name = try string(path) ?? "\u{FFFD}"
      let memberPath = path + "/" + JSONPointer.escape(name)
      skipWhitespace()
      guard next == UInt8(ascii: ":") else {
        throw fault("expected \":\" after the key \(quoted(name)), found \(found)", path)
      }
      index += 1
      skipWhitespace()
      let node = try value(memberPath)
      if let line = lines[name] {
        note("duplicate key \(quoted(name)), first on line \(line)", memberPath, at: place)
      } else {
        lines[name] = place.line
        members.append(Node.Member(name: name, position: place, value: node))
      }
      skipWhitespace()
      if next == UInt8(ascii: "}") { break }
      try comma(before: "}", path)
    }
    leave()
    return members
  }

  private mutating func comma(before end: String, _ path: String) throws(SyntaxFault) {
    guard next == UInt8(ascii: ",") else {
      throw fault("expected \",\" or \"\(end)\", found \(found)", path)
    }
    let place = position
    index += 1
    skipWhitespace()
    if next == end.utf8.first { throw fault("a comma must not stand before \"\(end)\"", path, at: place) }
  }
}
