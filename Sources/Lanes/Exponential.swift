import CLanes

// eˣ = 2ᵏ·eʳ with k the integer nearest to x/ln 2 and |r| ≤ ½ ln 2 (Cody & Waite: ln 2 in two parts, the first with
// trailing zeros so that its product with k is exact even without a fused multiply-add). eʳ = 1 + r + r²·q(r) with q
// of degree 9, interpolated at Chebyshev nodes: relative error under 2⁻⁵⁵ before rounding.

/// An argument of the exponential reduced to 2ᵏ·eʳ.
@usableFromInline
struct ReducedExponent {
  /// The integral power of two.
  @usableFromInline let k: Lanes
  /// The rest, |r| ≤ ½ ln 2.
  @usableFromInline let r: Lanes

  /// Reduces an x with |x| ≤ 1100, or NaN.
  @inlinable @inline(__always)
  init(_ x: Lanes) {
    k = fma(x, 1.4426950408889634, 0x1.8p52) - 0x1.8p52
    r = fma(k, -1.9082149292705877e-10, fma(k, -6.93147180369123816490e-01, x))
  }

  /// eʳ − 1.
  @inlinable @inline(__always)
  var expm1: Lanes {
    let q = polynomial(
      r, 0.5000000000000001, 0.16666666666666669, 0.04166666666662416, 0.008333333333330063, 0.0013888888917199863,
      0.00019841269863042963, 2.4801521317484083e-05, 2.7557268476553695e-06, 2.7620078203806394e-07,
      2.5100377619606372e-08)
    return fma(r * r, q, r)
  }
}

/// eˣ to 1.25 ulp over the whole range: +∞ above 709.78, gradual underflow to 0 below −745, exactly 1 at 0.
@inlinable @inline(__always)
package func exp(_ x: Lanes) -> Lanes {
  // NaN passes through: `min` and `max` give their second operand.
  let reduced = ReducedExponent(min(Lanes(710), max(Lanes(-746), x)))
  return Lanes(lanes_scale((1 + reduced.expm1).vector, reduced.k.vector))
}

/// 2ˣ to about 1 ulp over the whole range; exact at integers.
@inlinable @inline(__always)
package func exp2(_ x: Lanes) -> Lanes {
  let bounded = min(Lanes(1025), max(Lanes(-1076), x))
  let k = (bounded + 0x1.8p52) - 0x1.8p52
  let reduced = ReducedExponent(k: k, r: (bounded - k) * 0.6931471805599453)
  return Lanes(lanes_scale((1 + reduced.expm1).vector, k.vector))
}

/// eˣ − 1 to 2.5 ulp, also near 0; −1 below −40.
@inlinable @inline(__always)
package func expm1(_ x: Lanes) -> Lanes {
  let reduced = ReducedExponent(min(Lanes(710), max(Lanes(-40), x)))
  // 2ᵏ(eʳ − 1) + (2ᵏ − 1). At k = 1024 both parts are taken at half size.
  let k = reduced.k - 1
  let half = Lanes(lanes_scale(Lanes.one.vector, k.vector))
  return 2 * fma(half, reduced.expm1, half - 0.5)
}

/// eˣ − 1 for |x| ≤ ⅛, wrong outside, with an error under 2⁻⁵² of eˣ: half the work of `exp`, for growth by small steps.
@inlinable @inline(__always)
package func expm1OfSmall(_ x: Lanes) -> Lanes {
  let q = polynomial(
    x, 0.4999999999999986, 0.16666666666930066, 0.04166666666751567, 0.008333332454219635, 0.0013888887329443634,
    0.0001985009871617049, 2.481275475967388e-05)
  return fma(x * x, q, x)
}

extension ReducedExponent {
  @inlinable @inline(__always)
  init(k: Lanes, r: Lanes) {
    self.k = k
    self.r = r
  }
}

/// a·2ⁿ for integral n, rounded once where the result is subnormal.
@inlinable @inline(__always)
package func scaled(_ a: Lanes, byPowersOfTwo n: Lanes) -> Lanes { Lanes(lanes_scale(a.vector, n.vector)) }
