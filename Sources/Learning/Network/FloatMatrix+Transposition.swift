import Lanes

extension FloatMatrix {
  /// Writes the first `rows` × `columns` numbers, transposed, into a table whose rows number at least `columns`.
  ///
  /// In squares of 16 × 16, each by four rounds that interleave row i with row i + 8.
  func transpose(rows: Int, columns: Int, into other: borrowing FloatMatrix) {
    for column in Swift.stride(from: 0, to: columns, by: 16) {
      for row in Swift.stride(from: 0, to: rows, by: 16) {
        Self.transposeSquare(
          base + row * stride + column, stride, count: min(16, rows - row),
          into: other.base + column * other.stride + row, other.stride, count: min(16, columns - column))
      }
    }
  }

  private static func transposeSquare(
    _ from: UnsafeMutablePointer<Float>, _ fromStride: Int, count: Int, into to: UnsafeMutablePointer<Float>,
    _ toStride: Int, count columns: Int
  ) {
    var square = InlineArray<16, FloatLanes>(repeating: .zero)
    for row in 0..<count { square[row] = (from + row * fromStride).vector }
    for _ in 0..<4 {
      var next = InlineArray<16, FloatLanes>(repeating: .zero)
      for row in 0..<8 {
        next[2 * row] = FloatLanes.interleavedLow(square[row], square[row + 8])
        next[2 * row + 1] = FloatLanes.interleavedHigh(square[row], square[row + 8])
      }
      square = next
    }
    for row in 0..<columns { (to + row * toStride).vector = square[row] }
  }
}
