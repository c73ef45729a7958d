import Lanes

/// Two independent standard normals from a 64-bit word: R·cos 2πV and R·sin 2πV with R = √(−2 log U), U the centred
/// uniform of the word's high 40 bits and V that of its low 24. So |Z| < 7.54; to about 3 ulp of the larger of the two.
///
/// Source: Box & Muller (1958), Annals of Mathematical Statistics 29(2).
@inlinable @inline(__always)
package func boxMuller(_ word: Words) -> (Lanes, Lanes) {
  boxMuller(word, squaredRadius: halfSquaredRadius(ofHigh40Bits: word))
}

/// The two normals of a word whose −log U is made.
@inlinable @inline(__always)
func boxMuller(_ word: Words, squaredRadius: Lanes) -> (Lanes, Lanes) {
  let radius = sqrt(squaredRadius)
  let (sine, cosine) = sinCosTimesRootTwo(ofLow24Bits: word)
  return (radius * cosine, radius * sine)
}

/// −log U, with U the centred uniform of a word's high 40 bits: half the squared radius.
@inlinable @inline(__always)
func halfSquaredRadius(ofHigh40Bits word: Words) -> Lanes {
  // U·2⁴⁰, exact; the power of two is taken off in the logarithm.
  let uniform = Lanes(bitPattern: (word &>> 24) | 0x4330_0000_0000_0000) - (0x1p52 - 0.5)
  return negativeLogOfNormal(uniform, timesTwoTo: -40)
}

/// √2·sin 2πV and √2·cos 2πV, with V the centred uniform of a word's low 24 bits; the √2 is that of the radius.
///
/// The nearest quarter turn and the rest |r| ≤ ⅛ are read off the bits: half a quarter is added, so the quarter is the
/// two bits on top. The polynomials are Remez', errors under 2⁻⁵⁴ of √2.
@inlinable @inline(__always)
func sinCosTimesRootTwo(ofLow24Bits word: Words) -> (sin: Lanes, cos: Lanes) {
  let shifted = word &+ Words(1 << 21)
  let rest = Lanes(bitPattern: (shifted & 0x3f_ffff) | 0x4330_0000_0000_0000) - (0x1p52 + 0x1p21)
  let r = fma(rest, 0x1p-24, 0x1p-25)
  let z = r * r
  let sine =
    r
    * polynomial(
      z, 8.885765876316732, -58.465995999963326, 115.40725028687793, -108.47846710591566, 59.47996260397294,
      -21.34585313347784, 5.3467540805537945)
  let cosine = polynomial(
    z, 1.4142135623730951, -27.915456798555102, 91.8381717587197, -120.85418972647814, 85.1987587955057,
    -37.36954324138095, 11.045431506606613)
  let sign: UInt64 = 1 << 63
  let isEven = (shifted & (1 << 22)) .== Words(0)
  // The upper bit of the quarter turns the sine's sign, that of the next quarter the cosine's.
  let sineSign = (shifted &<< 40) & sign
  let cosineSign = ((shifted &+ Words(1 << 22)) &<< 40) & sign
  return (
    Lanes(bitPattern: Words(bitPattern: select(isEven, sine, cosine)) ^ sineSign),
    Lanes(bitPattern: Words(bitPattern: select(isEven, cosine, sine)) ^ cosineSign)
  )
}
