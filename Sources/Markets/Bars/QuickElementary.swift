import Lanes

// Logarithm and exponential for extremes and noisy volume, where nine digits are more than the law needs and the
// machine's divider is what everything waits for. Both are exact where exactness matters: log 1 = 0 and e⁰ = 1.

/// The natural logarithm of a positive, normal number to a relative error of 2e-9, without a division.
///
/// x = 2ᵏ(1 + f) with 1 + f in [√½, √2), and log(1 + f) = f − f²·q(f) with q of degree 9, interpolated at Chebyshev
/// nodes.
@inline(__always)
func quickLog(_ x: Lanes) -> Lanes {
  let shifted = Words(bitPattern: x) &+ Words(0x3ff0_0000_0000_0000 - 0x3fe6_a09e_667f_3bcd)
  let k = Lanes(bitPattern: (shifted &>> 52) | 0x4330_0000_0000_0000) - (0x1p52 + 1023)
  let f = Lanes(bitPattern: (shifted & 0x000f_ffff_ffff_ffff) &+ Words(0x3fe6_a09e_667f_3bcd)) - 1
  let q = polynomial(
    f, 0.4999999994349637, -0.333333227936071, 0.25000010940100675, -0.2000144672220023, 0.16667536772428632,
    -0.1423231785955222, 0.12420814467908906, -0.1181213614232965, 0.11557287882015821, -0.06769024113816001)
  return fma(k, 0.6931471805599453, fma(f * f, -q, f))
}

/// eˣ to a relative error of 3e-10, for |x| < 700.
///
/// x = k·ln 2 + r with |r| ≤ ½ ln 2, and eʳ = 1 + r + r²·q(r) with q of degree 5, interpolated at Chebyshev nodes.
@inline(__always)
func quickExp(_ x: Lanes) -> Lanes {
  let k = fma(x, 1.4426950408889634, 0x1.8p52) - 0x1.8p52
  let r = fma(k, -0.6931471805599453, x)
  let square = r * r
  let even = fma(fma(square, 0.0013933641031986701, 0.04166646500604005), square, 0.5000000013457727)
  let odd = fma(fma(square, 0.00019890980869750327, 0.008333310934448869), square, 0.16666666681614256)
  return scaled(fma(fma(odd, r, even), square, r) + 1, byPowersOfTwo: k)
}
