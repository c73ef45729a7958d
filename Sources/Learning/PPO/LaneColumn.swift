import Lanes

/// A column of numbers in lanes that owns its memory: read and written without the checks that arrays need.
package struct LaneColumn: ~Copyable {
  /// The first vector.
  let base: UnsafeMutablePointer<Lanes>
  /// The number of vectors.
  package let count: Int

  /// Zeros.
  package init(count: Int) {
    base = .allocate(capacity: max(1, count))
    base.initialize(repeating: .zero, count: max(1, count))
    self.count = count
  }

  deinit { base.deallocate() }

  /// One vector.
  @inline(__always)
  package subscript(index: Int) -> Lanes {
    get { base[index] }
    nonmutating set { base[index] = newValue }
  }

  /// The numbers one by one, lane after lane.
  var numbers: UnsafePointer<Double> { UnsafeRawPointer(base).assumingMemoryBound(to: Double.self) }
}
