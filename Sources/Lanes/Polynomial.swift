// Polynomials are unrolled by hand, even and odd powers apart: half the latency of Horner's rule for one product more.
// The order of operations is fixed, so that results are the same bits on every machine with a fused multiply-add.

/// c₀ + c₁x + … + c₅x⁵.
@inlinable @inline(__always)
package func polynomial(
  _ x: Lanes, _ c0: Double, _ c1: Double, _ c2: Double, _ c3: Double, _ c4: Double, _ c5: Double
) -> Lanes {
  let square = x * x
  let even = fma(fma(square, c4, c2), square, c0)
  let odd = fma(fma(square, c5, c3), square, c1)
  return fma(odd, x, even)
}

/// c₀ + c₁x + … + c₆x⁶.
@inlinable @inline(__always)
package func polynomial(
  _ x: Lanes, _ c0: Double, _ c1: Double, _ c2: Double, _ c3: Double, _ c4: Double, _ c5: Double, _ c6: Double
) -> Lanes {
  let square = x * x
  let even = fma(fma(fma(square, c6, c4), square, c2), square, c0)
  let odd = fma(fma(square, c5, c3), square, c1)
  return fma(odd, x, even)
}

/// c₀ + c₁x + … + c₇x⁷.
@inlinable @inline(__always)
package func polynomial(
  _ x: Lanes, _ c0: Double, _ c1: Double, _ c2: Double, _ c3: Double, _ c4: Double, _ c5: Double, _ c6: Double,
  _ c7: Double
) -> Lanes {
  let square = x * x
  let even = fma(fma(fma(square, c6, c4), square, c2), square, c0)
  let odd = fma(fma(fma(square, c7, c5), square, c3), square, c1)
  return fma(odd, x, even)
}

/// c₀ + c₁x + … + c₉x⁹.
@inlinable @inline(__always)
package func polynomial(
  _ x: Lanes, _ c0: Double, _ c1: Double, _ c2: Double, _ c3: Double, _ c4: Double, _ c5: Double, _ c6: Double,
  _ c7: Double, _ c8: Double, _ c9: Double
) -> Lanes {
  let square = x * x
  let even = fma(fma(fma(fma(square, c8, c6), square, c4), square, c2), square, c0)
  let odd = fma(fma(fma(fma(square, c9, c7), square, c5), square, c3), square, c1)
  return fma(odd, x, even)
}
