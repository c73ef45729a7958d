/// Reads JSON (RFC 8259) that people write, and keeps the place of everything.
///
/// A mistake in the syntax ends the reading; duplicate keys, lone surrogates and numbers beyond the range of a double
/// are noted and reading goes on. A byte order mark at the start is skipped. Nesting is limited to `maximumDepth`.
package struct DocumentParser: ~Copyable {
  /// The deepest nesting of arrays and objects.
  static let maximumDepth = 128

  let file: String
  let bytes: [UInt8]
  var index = 0
  var line = 1
  var lineStart = 0
  /// UTF-8 continuation bytes since the start of the line, which are no characters of their own.
  var continuationBytes = 0
  var depth = 0
  var problems: [Problem] = []

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
struct SyntaxFault: Error {
  let problem: Problem
}

extension DocumentParser {
  var position: SourcePosition {
    SourcePosition(file: file, line: line, column: index - lineStart - continuationBytes + 1)
  }

  var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  func fault(_ message: String, _ path: String, at place: SourcePosition? = nil) -> SyntaxFault {
    SyntaxFault(problem: Problem(position: place ?? position, path: path, message: message))
  }

  mutating func note(_ message: String, _ path: String, at place: SourcePosition) {
    problems.append(Problem(position: place, path: path, message: message))
  }

  /// The character at the cursor for a message.
  var found: String {
    guard let first = next else { return "the end of the document" }
    var end = index + 1
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return first < 0x20 && first != 0x0A
      ? "a control character"
      : first == 0x0A ? "a line break" : quoted(String(decoding: bytes[index..<end], as: UTF8.self))
  }

  mutating func skipWhitespace() {
    while let byte = next {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"): index += 1
      case UInt8(ascii: "\n"): newLine(1)
      case UInt8(ascii: "\r"): newLine(index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n") ? 2 : 1)
      default: return
      }
    }
  }

  mutating func newLine(_ length: Int) {
    index += length
    line += 1
    lineStart = index
    continuationBytes = 0
  }

  mutating func checkEncoding() throws(SyntaxFault) {
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

  mutating func document() throws(SyntaxFault) -> Node {
    skipWhitespace()
    if next == nil { throw fault("the document is empty", "") }
    let root = try value("")
    skipWhitespace()
    if next != nil { throw fault("expected the end of the document, found \(found)", "") }
    return root
  }
}
