import Documents

/// An array of floats as NumPy's `save` writes it.
///
/// Versions 1.0 to 3.0 of the format; numbers of 8 or 4 bytes, little-endian, in C order: the last index runs fastest.
/// Source: the documentation of `numpy.lib.format`.
package struct NumPyArray: Sendable {
  /// How many elements each axis has.
  package let shape: [Int]
  /// The elements in C order; those of 4 bytes are widened, which is exact.
  package let values: [Double]

  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// Reads an array.
  ///
  /// - Throws: what is not as above, at the file as a place, with how to write it.
  package init(_ bytes: [UInt8], file: String) throws(Problems) {
    func refusal(_ message: String) -> Problems {
      Problems(Problem(position: SourcePosition(file: file), message: message))
    }
    guard bytes.count >= 10, bytes.starts(with: Self.magic) else {
      throw refusal("it does not begin as an .npy file does")
    }
    let version = bytes[6]
    guard (1...3).contains(version), bytes[7] == 0 else {
      throw refusal("it is of version \(version).\(bytes[7]) of the format; 1.0, 2.0 and 3.0 are read")
    }
    // The length of the header has two bytes in the first version, four in the others.
    let start = version == 1 ? 10 : 12
    let lengths = bytes[8..<min(start, bytes.count)]
    let length = lengths.reversed().reduce(0) { $0 << 8 | Int($1) }
    guard bytes.count >= start + length, let header = NumPyHeader(bytes[start..<(start + length)]) else {
      throw refusal("its header is cut off, or does not say \"descr\", \"fortran_order\" and \"shape\"")
    }
    let width: Int
    switch header.descr {
    case "<f8": width = 8
    case "<f4": width = 4
    case ">f8", ">f4":
      throw refusal(
        "its numbers are big-endian, \(quoted(header.descr)): write array.astype(\"<f\(header.descr.suffix(1))\")")
    default:
      throw refusal(
        "its elements are \(quoted(header.descr)), and paths are floats, \"<f8\" or \"<f4\": write array.astype(\"<f8\")"
      )
    }
    guard !header.isFortranOrder else {
      throw refusal("it is in Fortran order: write numpy.ascontiguousarray(array)")
    }
    var count = 1
    for size in header.shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: size)
      // No file is as large.
      guard !overflows, product < 1 << 48 else {
        throw refusal("its shape \(header.shapeText) is of too many elements")
      }
      count = product
    }
    let data = bytes[(start + length)...]
    guard data.count == count * width else {
      throw refusal(
        "its shape \(header.shapeText) has \(count * width) bytes of numbers, and there are \(data.count): was it cut off?"
      )
    }
    shape = header.shape
    values = data.withUnsafeBytes { raw in
      width == 8
        ? (0..<count).map {
          Double(bitPattern: UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self)))
        }
        : (0..<count).map {
          Double(Float(bitPattern: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self))))
        }
    }
  }

  /// A shape as NumPy writes it, `(200, 11)`.
  package static func text(ofShape shape: [Int]) -> String {
    "(" + shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? ",)" : ")")
  }
}

/// What the header of an `.npy` file says: a dictionary as Python writes it.
private struct NumPyHeader {
  /// The type of the elements; of records the whole list.
  let descr: String
  let isFortranOrder: Bool
  let shape: [Int]

  var shapeText: String { NumPyArray.text(ofShape: shape) }

  /// Nil where one of the three is missing or is something else.
  init?(_ bytes: ArraySlice<UInt8>) {
    let entries = Self.entries(String(decoding: bytes, as: UTF8.self))
    guard let descr = entries["descr"], let order = entries["fortran_order"], let shape = entries["shape"],
      ["True", "False"].contains(order), shape.hasPrefix("("), shape.hasSuffix(")")
    else { return nil }
    self.descr = Self.unquoted(descr)
    isFortranOrder = order == "True"
    let sizes = shape.dropFirst().dropLast().split(separator: ",").map { $0.filter { $0 != " " } }
      .filter { !$0.isEmpty }
    let numbers = sizes.compactMap { Int($0) }
    guard numbers.count == sizes.count, numbers.allSatisfy({ $0 >= 0 }) else { return nil }
    self.shape = numbers
  }

  /// The values of the dictionary by key, each as it is written; keys of what lies inside a value are not its own.
  private static func entries(_ text: String) -> [String: String] {
    var entries: [String: String] = [:]
    var (depth, part) = (0, "")
    var quote: Character?
    var key: String?
    for character in text {
      let isApart = depth == 1 && quote == nil
      if let mark = quote {
        if character == mark { quote = nil }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if "{([".contains(character) {
        depth += 1
        if depth == 1 { continue }
      } else if "})]".contains(character) {
        depth -= 1
      }
      if isApart, character == ":", key == nil {
        key = unquoted(part)
        part = ""
      } else if isApart, character == "," || depth == 0 {
        if let key { entries[key] = part }
        (key, part) = (nil, "")
      } else if !isApart || character != " " {
        part.append(character)
      }
    }
    return entries
  }

  private static func unquoted(_ text: String) -> String {
    guard text.count > 1, let mark = text.first, mark == "'" || mark == "\"", text.last == mark else { return text }
    return String(text.dropFirst().dropLast())
  }
}
