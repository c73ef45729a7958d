import CLanes

/// Sixteen numbers in single precision: the unit in which networks compute.
///
/// Money is never counted in these. Operations are elementwise; where the machine has no fused multiply-add, `fma`
/// rounds twice. Division is left out on purpose: it costs several times a `reciprocal` (measured beside that).
@frozen @usableFromInline
package struct FloatLanes: Sendable, Equatable {
  /// The sixteen numbers, as one vector register (or two, or four, where registers are narrower).
  @usableFromInline package var vector: SIMD16<Float>

  /// The number of lanes: sixteen everywhere.
  @inlinable @inline(__always)
  package static var count: Int { 16 }

  /// Wraps a vector.
  @inlinable @inline(__always)
  package init(_ vector: SIMD16<Float>) { self.vector = vector }

  /// The same number in every lane.
  @inlinable @inline(__always)
  package init(_ x: Float) { vector = floats_broadcast(x) }

  /// 0 in every lane.
  @inlinable @inline(__always)
  package static var zero: FloatLanes { FloatLanes(0) }

  /// The number in one lane, 0…15.
  @inlinable @inline(__always)
  package subscript(lane: Int) -> Float {
    get { vector[lane] }
    set { vector[lane] = newValue }
  }

  /// Sum, lane by lane.
  @inlinable @inline(__always)
  package static func + (a: FloatLanes, b: FloatLanes) -> FloatLanes { FloatLanes(floats_add(a.vector, b.vector)) }

  /// Difference, lane by lane.
  @inlinable @inline(__always)
  package static func - (a: FloatLanes, b: FloatLanes) -> FloatLanes {
    FloatLanes(floats_subtract(a.vector, b.vector))
  }

  /// The number with its sign turned, lane by lane.
  @inlinable @inline(__always)
  package static prefix func - (a: FloatLanes) -> FloatLanes { FloatLanes(floats_negate(a.vector)) }

  /// Product, lane by lane.
  @inlinable @inline(__always)
  package static func * (a: FloatLanes, b: FloatLanes) -> FloatLanes {
    FloatLanes(floats_multiply(a.vector, b.vector))
  }

  /// Product of one number for all lanes and each lane.
  @inlinable @inline(__always)
  package static func * (a: Float, b: FloatLanes) -> FloatLanes { FloatLanes(a) * b }

  /// The numbers where `sign` is above 0, and 0 elsewhere.
  @inlinable @inline(__always)
  package func kept(wherePositive sign: FloatLanes) -> FloatLanes {
    FloatLanes(floats_where_positive(sign.vector, vector))
  }

  /// The sum of the sixteen numbers, halves first: always in the same order.
  @inlinable @inline(__always)
  package var sum: Float {
    let eight = vector.lowHalf + vector.highHalf
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
  }
}

/// a·b + c with one rounding (two where the machine has no fused multiply-add).
@inlinable @inline(__always)
package func fma(_ a: FloatLanes, _ b: FloatLanes, _ c: FloatLanes) -> FloatLanes {
  FloatLanes(floats_fma(a.vector, b.vector, c.vector))
}

/// a·b + c with one multiplier for all lanes.
@inlinable @inline(__always)
package func fma(_ a: Float, _ b: FloatLanes, _ c: FloatLanes) -> FloatLanes { fma(FloatLanes(a), b, c) }

/// The smaller of the two; `b` where either is NaN.
@inlinable @inline(__always)
package func min(_ a: FloatLanes, _ b: FloatLanes) -> FloatLanes { FloatLanes(floats_minimum(a.vector, b.vector)) }

/// The larger of the two; `b` where either is NaN.
@inlinable @inline(__always)
package func max(_ a: FloatLanes, _ b: FloatLanes) -> FloatLanes { FloatLanes(floats_maximum(a.vector, b.vector)) }

extension FloatLanes {
  /// a₀ b₀ a₁ b₁ … a₇ b₇.
  @inlinable @inline(__always)
  package static func interleavedLow(_ a: FloatLanes, _ b: FloatLanes) -> FloatLanes {
    FloatLanes(floats_interleave_low(a.vector, b.vector))
  }

  /// a₈ b₈ a₉ b₉ … a₁₅ b₁₅.
  @inlinable @inline(__always)
  package static func interleavedHigh(_ a: FloatLanes, _ b: FloatLanes) -> FloatLanes {
    FloatLanes(floats_interleave_high(a.vector, b.vector))
  }
}
