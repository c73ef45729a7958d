/// Arrays for NumPy, written as its `save` writes them: version 1.0 of the format, little-endian, in C order.
///
/// A file is `header` and then its elements, in any blocks. Source: the documentation of `numpy.lib.format`.
package enum NumPyFile {
  /// What the elements are.
  package enum Element: String, Sendable, Hashable {
    /// Doubles.
    case number = "<f8"
    /// Whole numbers of 64 bits.
    case integer = "<i8"
    /// Whole numbers of 32 bits.
    case shortInteger = "<i4"
  }

  /// How a file begins whose array has a shape; the elements come after it, the last index runs fastest.
  package static func header(of element: Element, shape: [Int]) -> [UInt8] {
    var text =
      "{'descr': '\(element.rawValue)', 'fortran_order': False, 'shape': \(NumPyArray.text(ofShape: shape)), }"
    // Ten bytes come before it, a line ends it, and the elements begin at a multiple of 64.
    text += String(repeating: " ", count: 63 - (10 + text.utf8.count) % 64) + "\n"
    let length = UInt16(text.utf8.count)
    return NumPyArray.magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)] + Array(text.utf8)
  }

  /// Elements as bytes.
  package static func bytes(_ integers: some Collection<Int64>) -> [UInt8] { little(integers) }

  /// Likewise, of 32 bits.
  package static func bytes(_ integers: some Collection<Int32>) -> [UInt8] { little(integers) }

  private static func little<Integer: FixedWidthInteger>(_ integers: some Collection<Integer>) -> [UInt8] {
    let width = MemoryLayout<Integer>.size
    return [UInt8](unsafeUninitializedCapacity: integers.count * width) { bytes, filled in
      for (index, integer) in integers.enumerated() {
        UnsafeMutableRawBufferPointer(bytes).storeBytes(
          of: integer.littleEndian, toByteOffset: index * width, as: Integer.self)
      }
      filled = integers.count * width
    }
  }
}
