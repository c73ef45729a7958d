import CLanes

// Newton's iterations from an integer guess: 1.1 ns a vector where a division takes 6.3, and 2.5 ns where a square root
// takes 4.3 (AVX-512, Emerald Rapids). They give the same bits on every machine with a fused multiply-add, which the
// instructions for approximate reciprocals do not.

/// 1/a to 3 ulp, for a from 1e-37 to 1e37.
@inlinable @inline(__always)
package func reciprocal(_ a: FloatLanes) -> FloatLanes {
  // The relative error e of a guess: 0.12 at first, cubed by the first step and squared by the second.
  let guess = FloatLanes(floats_guess_reciprocal(a.vector))
  let e = fma(-a, guess, FloatLanes(1))
  let better = fma(guess, fma(e, e, e), guess)
  return fma(better, fma(-a, better, FloatLanes(1)), better)
}

/// √a to 3 ulp for a from 1e-37 to 1e37; 0 for 0. Below 1e-37, at most 4e-19.
@inlinable @inline(__always)
package func squareRoot(_ a: FloatLanes) -> FloatLanes {
  var y = FloatLanes(floats_guess_reciprocal_root(a.vector))
  let minusHalf = FloatLanes(-0.5) * a
  for _ in 0..<3 { y = fma(y, fma(minusHalf * y, y, FloatLanes(0.5)), y) }
  return a * y
}

/// The hyperbolic tangent to 5e-7, odd; its size may pass 1 by that much.
///
/// A quotient of polynomials of degree 13 and 6 in x; constant beyond ±7.9, where tanh is 1 in single precision.
/// Source of the coefficients: Eigen 3.4, `generic_fast_tanh_float`.
@inlinable @inline(__always)
package func tanh(_ x: FloatLanes) -> FloatLanes {
  let bounded = min(FloatLanes(7.90531110763549805), max(FloatLanes(-7.90531110763549805), x))
  let z = bounded * bounded
  var p = fma(z, FloatLanes(-2.76076847742355e-16), FloatLanes(2.00018790482477e-13))
  p = fma(z, p, FloatLanes(-8.60467152213735e-11))
  p = fma(z, p, FloatLanes(5.12229709037114e-08))
  p = fma(z, p, FloatLanes(1.48572235717979e-05))
  p = fma(z, p, FloatLanes(6.37261928875436e-04))
  p = fma(z, p, FloatLanes(4.89352455891786e-03))
  var q = fma(z, FloatLanes(1.19825839466702e-06), FloatLanes(1.18534705686654e-04))
  q = fma(z, q, FloatLanes(2.26843463243900e-03))
  q = fma(z, q, FloatLanes(4.89352518554385e-03))
  return bounded * p * reciprocal(q)
}
