import Glibc

/// Reads a file of events line by line from some place on, as it grows. Lines that are too long are passed over, and so is
/// the end of one in the middle of which reading begins.
struct EventLines {
  /// Bytes of a line that is told.
  static let longest = 1 << 16
  /// Bytes that are read at once where lines are short.
  private static let block = 1 << 14

  /// Where the next line begins.
  private var position: Int
  /// Within a line that is passed over: how far it was read.
  private var passed: Int?
  private var isPlaced = false
  /// Lines that were read, the first at the end.
  private var ready: [JobEvent] = []

  /// Begins at a place in the file; further than its end counts as its end.
  init(from offset: Int64) { position = Int(clamping: max(0, offset)) }

  /// A line that was read.
  mutating func next() -> JobEvent? { ready.popLast() }

  /// Reads on.
  ///
  /// - Returns: whether there are lines.
  mutating func read(_ descriptor: Int32) -> Bool {
    // A line that its writer did not finish is cut off before the next one writes.
    if let start = passed, size(descriptor) < start { (passed, isPlaced) = (nil, false) }
    if !isPlaced { place(descriptor) }
    while true {
      if let start = passed {
        guard let end = Self.lineEnd(descriptor, from: start, passed: &passed) else { return false }
        (position, passed) = (end, nil)
      }
      for size in [Self.block, Self.longest + 1] {
        let bytes = Self.bytes(descriptor, size, at: position)
        guard let last = bytes.lastIndex(of: UInt8(ascii: "\n")) else {
          if bytes.count < size { return false }
          continue
        }
        take(bytes[...last])
        return true
      }
      passed = position
    }
  }

  /// Makes the place where reading begins the beginning of a line.
  private mutating func place(_ descriptor: Int32) {
    isPlaced = true
    position = min(position, size(descriptor))
    if position > 0, Self.bytes(descriptor, 1, at: position - 1) != [UInt8(ascii: "\n")] { passed = position }
  }

  private func size(_ descriptor: Int32) -> Int {
    var information = stat()
    return fstat(descriptor, &information) == 0 ? Int(information.st_size) : 0
  }

  /// Takes whole lines.
  private mutating func take(_ bytes: ArraySlice<UInt8>) {
    var lines: [JobEvent] = []
    let start = position
    for line in bytes.dropLast().split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      position = start + line.endIndex - bytes.startIndex + 1
      lines.append(JobEvent(offset: Int64(position), line: String(decoding: line, as: UTF8.self)))
    }
    ready = lines.reversed()
  }

  /// Where the line ends that holds a place; nil where it has no end yet, or was cut off.
  private static func lineEnd(_ descriptor: Int32, from start: Int, passed: inout Int?) -> Int? {
    var from = start
    while true {
      let bytes = bytes(descriptor, longest, at: from)
      if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) { return from + end + 1 }
      guard !bytes.isEmpty else { return nil }
      from += bytes.count
      passed = from
    }
  }

  /// What lies in a file; less where it ends.
  private static func bytes(_ descriptor: Int32, _ count: Int, at offset: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let more = pread(descriptor, buffer.baseAddress?.advanced(by: filled), count - filled, offset + filled)
        if more < 0, errno == EINTR { continue }
        guard more > 0 else { return }
        filled += more
      }
    }
  }
}
