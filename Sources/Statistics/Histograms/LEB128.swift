/// Unsigned whole numbers in as few bytes as they need: seven bits a byte, the lowest first, the top bit set where more
/// follow.
package enum LEB128 {
  /// Appends a number.
  @inlinable @inline(__always)
  package static func append(_ number: UInt64, to bytes: inout [UInt8]) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// Reads numbers one after the other; the bytes must outlive it.
  package struct Reader {
    private let bytes: UnsafeRawBufferPointer
    /// Where the next number begins.
    package private(set) var offset: Int

    /// Reads from an offset on.
    package init(_ bytes: UnsafeRawBufferPointer, from offset: Int = 0) {
      self.bytes = bytes
      self.offset = offset
    }

    /// Whether all has been read.
    var isAtEnd: Bool { offset >= bytes.count }

    /// The next number; nil where the bytes end inside it, or it does not fit into 63 bits.
    @inline(__always)
    package mutating func next() -> UInt64? {
      var number: UInt64 = 0
      var shift: UInt64 = 0
      while offset < bytes.count, shift < 63 {
        let byte = bytes[offset]
        offset += 1
        number |= UInt64(byte & 0x7F) << shift
        if byte < 0x80 { return number }
        shift += 7
      }
      return nil
    }
  }
}
