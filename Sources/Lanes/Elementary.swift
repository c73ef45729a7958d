import CLanes

// The operations that the machine has, as functions of lanes.

/// a·b + c with one rounding (two where the machine has no fused multiply-add).
@inlinable @inline(__always)
package func fma(_ a: Lanes, _ b: Lanes, _ c: Lanes) -> Lanes { Lanes(lanes_fma(a.vector, b.vector, c.vector)) }

/// a·b + c with one multiplier for all lanes.
@inlinable @inline(__always)
package func fma(_ a: Lanes, _ b: Double, _ c: Lanes) -> Lanes { fma(a, Lanes(b), c) }

/// a·b + c with one summand for all lanes.
@inlinable @inline(__always)
package func fma(_ a: Lanes, _ b: Lanes, _ c: Double) -> Lanes { fma(a, b, Lanes(c)) }

/// a·b + c with one multiplier and one summand for all lanes.
@inlinable @inline(__always)
package func fma(_ a: Lanes, _ b: Double, _ c: Double) -> Lanes { fma(a, Lanes(b), Lanes(c)) }

/// The square root; NaN below zero.
@inlinable @inline(__always)
package func sqrt(_ a: Lanes) -> Lanes { Lanes(lanes_square_root(a.vector)) }

/// The absolute value.
@inlinable @inline(__always)
package func abs(_ a: Lanes) -> Lanes { Lanes(lanes_absolute(a.vector)) }

/// The largest integer that is not above the number.
@inlinable @inline(__always)
package func floor(_ a: Lanes) -> Lanes { Lanes(lanes_floor(a.vector)) }

/// The smaller of the two; `b` where either is NaN.
@inlinable @inline(__always)
package func min(_ a: Lanes, _ b: Lanes) -> Lanes { Lanes(lanes_minimum(a.vector, b.vector)) }

/// The smaller of the lane and one number for all.
@inlinable @inline(__always)
package func min(_ a: Lanes, _ b: Double) -> Lanes { min(a, Lanes(b)) }

/// The larger of the two; `b` where either is NaN.
@inlinable @inline(__always)
package func max(_ a: Lanes, _ b: Lanes) -> Lanes { Lanes(lanes_maximum(a.vector, b.vector)) }

/// The larger of the lane and one number for all.
@inlinable @inline(__always)
package func max(_ a: Lanes, _ b: Double) -> Lanes { max(a, Lanes(b)) }

/// The magnitude of `magnitude` with the sign of `sign`: how long and short share one code path.
@inlinable @inline(__always)
package func copySign(of sign: Lanes, to magnitude: Lanes) -> Lanes {
  let signBit: UInt64 = 1 << 63
  return Lanes(bitPattern: (Words(bitPattern: sign) & signBit) | (Words(bitPattern: magnitude) & ~signBit))
}

/// `a` with its sign turned in the lanes where `sign` is negative.
@inlinable @inline(__always)
package func flipSign(of a: Lanes, by sign: Lanes) -> Lanes {
  Lanes(bitPattern: Words(bitPattern: a) ^ (Words(bitPattern: sign) & (1 << 63)))
}
