import Lanes

/// A table of single-precision numbers, one row after the other, each row padded to whole vectors.
///
/// Owns its memory, which is aligned to a vector and starts as zeros. What lies between the last column and the end of
/// a row stays zero, so kernels may read and write whole vectors.
package struct FloatMatrix: ~Copyable {
  /// The number of rows.
  package let rows: Int
  /// The numbers that mean something in each row.
  package let columns: Int
  /// Numbers from one row to the next, a multiple of 16.
  package let stride: Int
  /// The first number.
  package let base: UnsafeMutablePointer<Float>

  /// A table of zeros.
  package init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    stride = Self.padded(columns)
    let bytes = max(1, rows * stride) * MemoryLayout<Float>.stride
    base = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: MemoryLayout<FloatLanes>.alignment)
      .bindMemory(to: Float.self, capacity: max(1, rows * stride))
    base.update(repeating: 0, count: max(1, rows * stride))
  }

  deinit { base.deallocate() }

  /// The next multiple of 16.
  package static func padded(_ columns: Int) -> Int {
    (columns + FloatLanes.count - 1) / FloatLanes.count * FloatLanes.count
  }

  /// All numbers, padding included.
  package var count: Int { rows * stride }

  /// Where a row starts.
  @inline(__always)
  package func row(_ index: Int) -> UnsafeMutablePointer<Float> { base + index * stride }

  /// One number.
  @inline(__always)
  package subscript(row: Int, column: Int) -> Float {
    get { base[row * stride + column] }
    nonmutating set { base[row * stride + column] = newValue }
  }

  /// Sets every number to zero, padding included.
  func clear() { base.update(repeating: 0, count: count) }
}

/// Rows that are read: where the first starts, and how far apart they are.
package struct Rows {
  /// The first number of the first row.
  package let base: UnsafePointer<Float>
  /// Numbers from one row to the next.
  package let stride: Int

  /// Where a row starts.
  @inline(__always)
  package func row(_ index: Int) -> UnsafePointer<Float> { base + index * stride }
}

extension UnsafePointer<Float> {
  /// Sixteen numbers from here on, which must be aligned to a vector.
  @inline(__always)
  var vector: FloatLanes { UnsafeRawPointer(self).load(as: FloatLanes.self) }
}

extension UnsafeMutablePointer<Float> {
  /// Sixteen numbers from here on, which must be aligned to a vector.
  @inline(__always)
  var vector: FloatLanes {
    get { UnsafeRawPointer(self).load(as: FloatLanes.self) }
    nonmutating set { UnsafeMutableRawPointer(self).storeBytes(of: newValue, as: FloatLanes.self) }
  }
}
