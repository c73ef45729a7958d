/// A fixed number of records that one worker owns: an array without copy-on-write.
///
/// Writing to an array's element asks first whether the array is shared; the question is a call, and a call in a loop over
/// lanes sends every register to memory and back. Here a write is a store. An array's elements begin anywhere; these begin
/// where a line of the cache does, so that no vector lies across two. Whoever holds the reference sees the writes.
final class Records<Record: Sendable> {
  private let base: UnsafeMutablePointer<Record>
  /// How many there are.
  let count: Int

  /// The same record `count` times.
  init(repeating record: Record, count: Int) {
    self.count = count
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, count) * MemoryLayout<Record>.stride, alignment: Self.cacheLine)
    base = memory.initializeMemory(as: Record.self, repeating: record, count: count)
  }

  /// Bytes of a line of the cache.
  private static var cacheLine: Int { 64 }

  deinit {
    base.deinitialize(count: count)
    base.deallocate()
  }

  /// The record at a place, 0 ..< `count`.
  subscript(index: Int) -> Record {
    @inline(__always) unsafeAddress {
      precondition(index >= 0 && index < count, "Invariant: records are asked for by their places")
      return UnsafePointer(base + index)
    }
    @inline(__always) unsafeMutableAddress {
      precondition(index >= 0 && index < count, "Invariant: records are asked for by their places")
      return base + index
    }
  }

  /// The places of the records.
  var indices: Range<Int> { 0..<count }

  /// Sets every record to the same.
  func fill(_ record: Record) { base.update(repeating: record, count: count) }

  /// The records to look at, not to write; valid while they live.
  var view: UnsafeBufferPointer<Record> { UnsafeBufferPointer(start: base, count: count) }
}
