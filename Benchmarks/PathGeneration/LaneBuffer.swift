import Lanes

/// Lanes in memory, each on a cache line of its own: an array's storage starts half-way through one, and a vector that
/// straddles two costs twice.
struct LaneBuffer: ~Copyable {
  let lanes: UnsafeMutableBufferPointer<Lanes>

  init(repeating value: Lanes, count: Int) {
    let start = UnsafeMutableRawPointer.allocate(
      byteCount: count * MemoryLayout<Lanes>.stride, alignment: 64
    ).bindMemory(to: Lanes.self, capacity: count)
    lanes = UnsafeMutableBufferPointer(start: start, count: count)
    lanes.initialize(repeating: value)
  }

  deinit { lanes.deallocate() }
}
