/// Reads JSON (RFC 8259) that people write, and keeps the place of everything.
///
/// A mistake in the syntax ends the reading; duplicate keys, lone surrogates and numbers beyond the range of a double
/// are noted and reading goes on. A byte order mark at the start is skipped. Nesting is limited to `maximumDepth`.
package struct DocumentParser: ~Copyable {
  /// The deepest nesting of arrays and objects.
  static let maximumDepth = 128

  private let file: String
  private let bytes: [UInt8]
  private var index = 0
  private var line = 1
  private var lineStart = 0
  /// UTF-8 continuation bytes since the start of the line, which are no characters of their own.
  private var continuationBytes = 0
  private var depth = 0
  private var problems: [Problem] = []

  private init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      index = 3
      lineStart = 3
    }
  }

  /// The tree of a document, and the problems that did not end the reading.
  ///
  /// - Parameter file: the name that positions carry.
  /// - Throws: the mistake that ended the reading, with those before it.
  package static func parse(_ bytes: [UInt8], file: String) throws(Problems) -> (root: Node, problems: [Problem]) {
    var parser = DocumentParser(bytes, file: file)
    do {
      try parser.checkEncoding()
      let root = try parser.document()
      return (root, parser.problems)
    } catch {
      throw Problems(parser.problems + [error.problem])
    }
  }
}

/// The mistake that ends the reading.
private struct SyntaxFault: Error {
  let problem: Problem
}

extension DocumentParser {
  private var position: SourcePosition {
    SourcePosition(file: file, line: line, column: index - lineStart - continuationBytes + 1)
  }

  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  private func fault(_ message: String, _ path: String, at place: SourcePosition? = nil) -> SyntaxFault {
    SyntaxFault(problem: Problem(position: place ?? position, path: path, message: message))
  }

  private mutating func note(_ message: String, _ path: String, at place: SourcePosition) {
    problems.append(Problem(position: place, path: path, message: message))
  }

  /// The character at the cursor for a message.
  private var found: String {
    guard let first = next else { return "the end of the document" }
    var end = index + 1
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return first < 0x20 && first != 0x0A
      ? "a control character"
      : first == 0x0A ? "a line break" : quoted(String(decoding: bytes[index..<end], as: UTF8.self))
  }

  private mutating func skipWhitespace() {
    while let byte = next {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"): index += 1
      case UInt8(ascii: "\n"): newLine(1)
      case UInt8(ascii: "\r"): newLine(index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n") ? 2 : 1)
      default: return
      }
    }
  }

  private mutating func newLine(_ length: Int) {
    index += length
    line += 1
    lineStart = index
    continuationBytes = 0
  }

  private mutating func checkEncoding() throws(SyntaxFault) {
    guard let bad = UTF8Check.firstInvalidByte(bytes) else { return }
    while index < bad {
      switch bytes[index] {
      case UInt8(ascii: "\n"): newLine(1)
      case UInt8(ascii: "\r"): newLine(bytes[index + 1] == UInt8(ascii: "\n") && index + 1 < bad ? 2 : 1)
      default:
        if bytes[index] & 0xC0 == 0x80 { continuationBytes += 1 }
        index += 1
      }
    }
    throw fault("the byte 0x\(String(bytes[bad], radix: 16, uppercase: true)) is not UTF-8", "")
  }

  private mutating func document() throws(SyntaxFault) -> Node {
    skipWhitespace()
    if next == nil { throw fault("the document is empty", "") }
    let root = try value("")
    skipWhitespace()
    if next != nil { throw fault("expected the end of the document, found \(found)", "") }
    return root
  }
}

// MARK: Values

extension DocumentParser {
  private mutating func value(_ path: String) throws(SyntaxFault) -> Node {
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

// MARK: Strings

extension DocumentParser {
  /// The text of a string, or nil when it holds a lone surrogate, which has been noted.
  private mutating func string(_ path: String) throws(SyntaxFault) -> String? {
    let place = position
    index += 1
    var text: [UInt8] = []
    var isWhole = true
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        return isWhole ? String(decoding: text, as: UTF8.self) : nil
      case UInt8(ascii: "\\"):
        let escape = position
        if let scalar = try escaped(path) {
          text.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
        } else {
          note("a lone surrogate is not a character; write both halves of the pair", path, at: escape)
          isWhole = false
        }
      case 0..<0x20:
        let hint = byte == 0x0A || byte == 0x0D ? "a line break in a string; write \\n, or close the string" : nil
        let digits = String(byte, radix: 16, uppercase: true)
        throw fault(hint ?? "the control character U+00\(digits.count < 2 ? "0" : "")\(digits) in a string", path)
      default:
        if byte & 0xC0 == 0x80 { continuationBytes += 1 }
        text.append(byte)
        index += 1
      }
    }
    throw fault("the string that starts here has no end", path, at: place)
  }

  /// The character of an escape, or nil for a lone surrogate.
  private mutating func escaped(_ path: String) throws(SyntaxFault) -> Unicode.Scalar? {
    let place = position
    index += 1
    let letter = next
    let scalar: Unicode.Scalar
    switch letter {
    case UInt8(ascii: "\""): scalar = "\""
    case UInt8(ascii: "\\"): scalar = "\\"
    case UInt8(ascii: "/"): scalar = "/"
    case UInt8(ascii: "b"): scalar = "\u{8}"
    case UInt8(ascii: "f"): scalar = "\u{C}"
    case UInt8(ascii: "n"): scalar = "\n"
    case UInt8(ascii: "r"): scalar = "\r"
    case UInt8(ascii: "t"): scalar = "\t"
    case UInt8(ascii: "u"): return try surrogatePair(path)
    case nil: throw fault("the document ends in a string", path)
    default: throw fault("unknown escape: a backslash before \(found); write \\\\ for a backslash", path, at: place)
    }
    index += 1
    return scalar
  }

  private mutating func surrogatePair(_ path: String) throws(SyntaxFault) -> Unicode.Scalar? {
    let unit = try hexadecimal(path)
    guard (0xD800..<0xDC00).contains(unit) else { return Unicode.Scalar(unit) }
    guard index + 1 < bytes.count, next == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u") else { return nil }
    let (savedIndex, high) = (index, unit - 0xD800)
    index += 1
    let low = try hexadecimal(path)
    guard (0xDC00..<0xE000).contains(low) else {
      index = savedIndex
      return nil
    }
    return Unicode.Scalar(0x10000 + high << 10 + (low - 0xDC00))
  }

  /// Four hexadecimal digits after the `u` at the cursor.
  private mutating func hexadecimal(_ path: String) throws(SyntaxFault) -> UInt32 {
    index += 1
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw fault("expected four hexadecimal digits after \\u, found \(found)", path)
      }
      unit = unit << 4 | UInt32(digit)
      index += 1
    }
    return unit
  }
}
