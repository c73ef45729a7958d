// Strings and their escapes.

extension DocumentParser {
  /// The text of a string, or nil when it holds a lone surrogate, which has been noted.
  mutating func string(_ path: String) throws(SyntaxFault) -> String? {
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
