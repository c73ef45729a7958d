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
    LEB128.append(UInt64(bins.count), to: &bytes)
    var previous = -1
    for (bin, count) in counts.enumerated() where count > 0 {
      LEB128.append(UInt64(bin - previous), to: &bytes)
      LEB128.append(UInt64(count), to: &bytes)
      previous = bin
    }
    return bytes
  }

  /// Reads ``bytes`` back, on the bins they were made on.
  package init(bytes: some Collection<UInt8>, bins: HistogramBins = .standard) throws(HistogramBytesError) {
    // A closure that throws loses the type of what it throws.
    let read = Array(bytes).withUnsafeBytes { bytes in
      Result { () throws(HistogramBytesError) in try Histogram.counts(in: bytes, bins: bins) }
    }
    self.init(bins: bins, counts: try read.get())
  }

  private static func counts(
    in bytes: UnsafeRawBufferPointer, bins: HistogramBins
  ) throws(HistogramBytesError) -> [UInt32] {
    guard let version = bytes.first else { throw .damaged(offset: 0) }
    guard version == Histogram.version else { throw .unknownVersion(version) }
    var numbers = LEB128.Reader(bytes, from: 1)
    guard let found = numbers.next() else { throw .damaged(offset: 1) }
    guard found == UInt64(bins.count) else { throw .differentBins(expected: bins.count, found: found) }
    var counts = [UInt32](repeating: 0, count: bins.count)
    var previous = -1
    while !numbers.isAtEnd {
      let start = numbers.offset
      guard let distance = numbers.next() else { throw .damaged(offset: start) }
      let second = numbers.offset
      guard let count = numbers.next() else { throw .damaged(offset: second) }
      guard distance >= 1, distance <= UInt64(bins.count - 1 - previous), count >= 1,
        let small = UInt32(exactly: count)
      else { throw .damaged(offset: start) }
      previous += Int(distance)
      counts[previous] = small
    }
    return counts
  }
}
