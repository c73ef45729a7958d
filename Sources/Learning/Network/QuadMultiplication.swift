import Lanes

/// C = A·B where C has up to four columns: four rows of it fill a vector, of which 16 columns would leave most empty.
///
/// Each number of C is the same chain of fused multiply-adds as in `Multiplication`.
struct QuadMultiplication {
  /// a[i] starts at `a + i · aRow`; zeros follow its terms up to a multiple of 4.
  var a: UnsafePointer<Float>
  var aRow: Int
  /// b[t] starts at `b + t · bRow`, four numbers; there are zeros for the terms up to a multiple of 4.
  var b: UnsafePointer<Float>
  var bRow: Int
  /// c[i] starts at `c + i · cRow`, four numbers.
  var c: UnsafeMutablePointer<Float>
  var cRow: Int
  /// Rows of C, a multiple of 4.
  var rows: Int
  /// Terms of each sum.
  var terms: Int

  /// Computes C, 16 rows at a time: four sums in flight, or eight where registers are half as wide.
  func callAsFunction() {
    precondition(rows % 4 == 0, "Invariant: rows of a product come in fours")
    for row in stride(from: 0, to: rows, by: 16) {
      // Rows that there are not are computed as the first four, and not stored.
      let (second, third, fourth) = (
        row + 4 < rows ? row + 4 : row, row + 8 < rows ? row + 8 : row, row + 12 < rows ? row + 12 : row
      )
      var (s0, s1, s2, s3) = (FloatLanes.zero, FloatLanes.zero, FloatLanes.zero, FloatLanes.zero)
      for term in stride(from: 0, to: terms, by: 4) {
        let b = self.b + term * bRow
        let lines = (
          FloatLanes(b.quad), FloatLanes((b + bRow).quad), FloatLanes((b + 2 * bRow).quad),
          FloatLanes((b + 3 * bRow).quad)
        )
        add(row, term, lines, &s0)
        add(second, term, lines, &s1)
        add(third, term, lines, &s2)
        add(fourth, term, lines, &s3)
      }
      store(s0, row)
      if second > row { store(s1, second) }
      if third > row { store(s2, third) }
      if fourth > row { store(s3, fourth) }
    }
  }

  /// Adds four terms to the sums of four rows.
  @inline(__always)
  private func add(
    _ row: Int, _ term: Int, _ lines: (FloatLanes, FloatLanes, FloatLanes, FloatLanes), _ sum: inout FloatLanes
  ) {
    let a = self.a + row * aRow + term
    let spread = FloatLanes(a.quad, (a + aRow).quad, (a + 2 * aRow).quad, (a + 3 * aRow).quad).spread
    sum = fma(spread.0, lines.0, sum)
    sum = fma(spread.1, lines.1, sum)
    sum = fma(spread.2, lines.2, sum)
    sum = fma(spread.3, lines.3, sum)
  }

  @inline(__always)
  private func store(_ sum: FloatLanes, _ row: Int) {
    let c = self.c + row * cRow
    let quads = sum.quads
    c.quad = quads.0
    (c + cRow).quad = quads.1
    (c + 2 * cRow).quad = quads.2
    (c + 3 * cRow).quad = quads.3
  }
}

extension UnsafePointer<Float> {
  /// Four numbers from here on, which must be aligned to a quad.
  @inline(__always)
  fileprivate var quad: SIMD4<Float> { UnsafeRawPointer(self).load(as: SIMD4<Float>.self) }
}

extension UnsafeMutablePointer<Float> {
  /// Four numbers from here on, which must be aligned to a quad.
  @inline(__always)
  fileprivate var quad: SIMD4<Float> {
    get { UnsafeRawPointer(self).load(as: SIMD4<Float>.self) }
    nonmutating set { UnsafeMutableRawPointer(self).storeBytes(of: newValue, as: SIMD4<Float>.self) }
  }
}
