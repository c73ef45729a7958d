// x = 2ᵏ·m with m in [√½, √2); f = m − 1, s = f/(2 + f), and log m = f − (f²/2 − s·(f²/2 + R(s²))), with the
// polynomial R of FreeBSD's e_log.c (Sun Microsystems, 1993), error under 2⁻⁵⁸.

/// The natural logarithm to under 1 ulp over the whole range: −∞ at 0, NaN below, exactly 0 at 1.
@inlinable @inline(__always)
package func log(_ x: Lanes) -> Lanes {
  let isSubnormal = x .< 0x1p-1022
  let scaled = select(isSubnormal, x * 0x1p54, x)
  var result = logOfNormal(scaled, exponentBias: select(isSubnormal, Lanes(1023 + 54), Lanes(1023)))
  result.replace(with: x, where: x .== Double.infinity)
  result.replace(with: -Double.infinity, where: x .== 0)
  result.replace(with: Double.nan, where: !(x .>= 0))
  return result
}

/// The natural logarithm of x·2ⁿ for a positive, normal, finite x, to under 1 ulp: the cheap path for random uniforms.
@inlinable @inline(__always)
package func logOfNormal(_ x: Lanes, timesTwoTo n: Double = 0) -> Lanes {
  logOfNormal(x, exponentBias: Lanes(1023 - n))
}

/// −log(x·2ⁿ) for a positive, normal, finite x, to about 2 ulp, for draws: what can be spared is.
///
/// log m = s·(2 + s²·R(s²)) without the detour that saves the last bit; R by Remez with a coefficient less, error
/// 2⁻⁵²·⁵ of the result at most; log 2 in one part, which costs half an ulp where k is not 0 and nothing where it is.
@inlinable @inline(__always)
package func negativeLogOfNormal(_ x: Lanes, timesTwoTo n: Double = 0) -> Lanes {
  let shifted = Words(bitPattern: x) &+ Words(0x3ff0_0000_0000_0000 - 0x3fe6_a09e_667f_3bcd)
  let k = Lanes(bitPattern: (shifted &>> 52) | 0x4330_0000_0000_0000) - (0x1p52 + (1023 - n))
  let m = Lanes(bitPattern: (shifted & 0x000f_ffff_ffff_ffff) &+ Words(0x3fe6_a09e_667f_3bcd))
  let s = (m - 1) / (m + 1)
  let z = s * s
  let series = polynomial(
    z, 0.666666666665872, 0.40000000052276496, 0.2857141712932399, 0.2222337171691158, 0.18123641478221916,
    0.16819834946455017)
  return fma(-s, fma(z, series, 2), k * -0.6931471805599453)
}

/// The natural logarithm of a positive, normal, finite number whose exponent counts from `exponentBias`.
@inlinable @inline(__always)
func logOfNormal(_ x: Lanes, exponentBias: Lanes) -> Lanes {
  // Adding the distance from √½ to 1 moves the exponent up by one exactly where the mantissa is at least √2.
  let shifted = Words(bitPattern: x) &+ Words(0x3ff0_0000_0000_0000 - 0x3fe6_a09e_667f_3bcd)
  let k = Lanes(bitPattern: (shifted &>> 52) | 0x4330_0000_0000_0000) - (exponentBias + 0x1p52)
  let m = Lanes(bitPattern: (shifted & 0x000f_ffff_ffff_ffff) &+ Words(0x3fe6_a09e_667f_3bcd))
  let f = m - 1
  let s = f / (f + 2)
  let z = s * s
  let remainder =
    z
    * polynomial(
      z, 6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01, 2.222219843214978396e-01,
      1.818357216161805012e-01, 1.531383769920937332e-01, 1.479819860511658591e-01)
  let halfSquare = 0.5 * f * f
  let low = fma(s, halfSquare + remainder, k * 1.90821492927058770002e-10)
  return fma(k, 6.93147180369123816490e-01, f - (halfSquare - low))
}

/// log(1 + x) to about 2 ulp, also near 0; −∞ at −1, NaN below.
///
/// The rounding of 1 + x is put back to first order (W. Kahan's correction).
@inlinable @inline(__always)
package func log1p(_ x: Lanes) -> Lanes {
  let sum = 1 + x
  let lost = x - (sum - 1)
  let result = log(sum) + lost / sum
  return select((sum .== Double.infinity) | (sum .== 0), log(sum), result)
}

/// xʸ = exp(y·log x) for x ≥ 0; the relative error is about |y·log x| ulp. 0 to a positive power is 0, anything⁰ is 1.
@inlinable @inline(__always)
package func pow(_ x: Lanes, _ y: Lanes) -> Lanes {
  let power = exp(y * log(x))
  return select(y .== 0, .one, power)
}

/// xʸ with one exponent for all lanes.
@inlinable @inline(__always)
package func pow(_ x: Lanes, _ y: Double) -> Lanes { pow(x, Lanes(y)) }
