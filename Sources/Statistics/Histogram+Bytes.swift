/// Why bytes are not a histogram.
package enum HistogramBytesError: Error, Sendable, Hashable {
  /// The first byte names a format that is not known here.
  case unknownVersion(UInt8)
  /// The bytes were made on bins of another number.
  case differentBins(expected: Int, found: UInt64)
  /// The bytes end inside a number, go on after the last, or name a bin or a count that cannot be.
  case damaged(offset: Int)
}

extension Histogram {
  private static let version: UInt8 = 1

  /// The histogram in a few bytes: only bins with a count, so its size follows the spread of the numbers.
  ///
  /// The version (1), then unsigned LEB128 numbers: the number of bins, then for each bin that counted anything the
  /// distance from the one before (the first from −1) and its count. Equal histograms have equal bytes.
  package var bytes: [UInt8] {
    var bytes = [Histogram.version]
    Histogram.append(UInt64(bins.count), to: &bytes)
    var previous = -1
    for (bin, count) in counts.enumerated() where count > 0 {
      Histogram.append(UInt64(bin - previous), to: &bytes)
      Histogram.append(UInt64(count), to: &bytes)
      previous = bin
    }
    return bytes
  }

  /// Reads ``bytes`` back, on the bins they were made on.
  package init(bytes: some Collection<UInt8>, bins: HistogramBins = .standard) throws(HistogramBytesError) {
    let bytes = Array(bytes)
    guard let version = bytes.first else { throw .damaged(offset: 0) }
    guard version == Histogram.version else { throw .unknownVersion(version) }
    var offset = 1
    let found = try Histogram.number(in: bytes, at: &offset)
    guard found == UInt64(bins.count) else { throw .differentBins(expected: bins.count, found: found) }
    var counts = [UInt32](repeating: 0, count: bins.count)
    var previous = -1
    while offset < bytes.count {
      let start = offset
      let distance = try Histogram.number(in: bytes, at: &offset)
      let count = try Histogram.number(in: bytes, at: &offset)
      guard distance >= 1, distance <= UInt64(bins.count - 1 - previous), count >= 1,
        let small = UInt32(exactly: count)
      else { throw .damaged(offset: start) }
      previous += Int(distance)
      counts[previous] = small
    }
    self.init(bins: bins, counts: counts)
  }

  private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private static func number(in bytes: [UInt8], at offset: inout Int) throws(HistogramBytesError) -> UInt64 {
    let start = offset
    var number: UInt64 = 0
    var shift: UInt64 = 0
    while offset < bytes.count, shift < 63 {
      let byte = bytes[offset]
      offset += 1
      number |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return number }
      shift += 7
    }
    throw .damaged(offset: start)
  }
}
