import CLanes

// Sixteen numbers as four quads: where there are no more than four of something, four rows fill a vector.
extension FloatLanes {
  /// Four quads.
  @inlinable @inline(__always)
  package init(_ a: SIMD4<Float>, _ b: SIMD4<Float>, _ c: SIMD4<Float>, _ d: SIMD4<Float>) {
    self.init(floats_of_quads(a, b, c, d))
  }

  /// The same quad four times.
  @inlinable @inline(__always)
  package init(_ quad: SIMD4<Float>) { self.init(quad, quad, quad, quad) }

  /// Each quad's first number, four times; then its second, third and fourth.
  @inlinable @inline(__always)
  package var spread: (FloatLanes, FloatLanes, FloatLanes, FloatLanes) {
    (
      FloatLanes(floats_spread_0(vector)), FloatLanes(floats_spread_1(vector)), FloatLanes(floats_spread_2(vector)),
      FloatLanes(floats_spread_3(vector))
    )
  }

  /// The four quads.
  @inlinable @inline(__always)
  package var quads: (SIMD4<Float>, SIMD4<Float>, SIMD4<Float>, SIMD4<Float>) {
    (vector.lowHalf.lowHalf, vector.lowHalf.highHalf, vector.highHalf.lowHalf, vector.highHalf.highHalf)
  }
}
