import Lanes

/// Two independent standard normals from a 64-bit word: R·cos 2πV and R·sin 2πV with R = √(−2 log U), U the centred
/// uniform of the word's high 40 bits and V that of its low 24. So |Z| < 7.54.
///
/// Source: Box & Muller (1958), Annals of Mathematical Statistics 29(2).
@inlinable @inline(__always)
package func boxMuller(_ word: Words) -> (Lanes, Lanes) {
  // U·2⁴⁰, exact; the power of two is taken off in the logarithm.
  let radiusBits = Lanes(bitPattern: (word &>> 24) | 0x4330_0000_0000_0000) - (0x1p52 - 0.5)
  let angle = (Lanes(bitPattern: (word & 0xff_ffff) | 0x4330_0000_0000_0000) - (0x1p52 - 0.5)) * 0x1p-24
  let radius = sqrt(-2 * logOfNormal(radiusBits, timesTwoTo: -40))
  let (sine, cosine) = sinCosTurns(angle)
  return (radius * cosine, radius * sine)
}
