// Angles in turns reduce exactly: u = k/4 + r with |r| ≤ ⅛. sin 2πr = r·S(r²) and cos 2πr = 1 + r²·C(r²), with S and C
// interpolated at Chebyshev nodes, errors under 2⁻⁵⁴. The quadrant k swaps the two and sets the signs.

/// The sine and cosine of 2πu to about 1 ulp of the larger, for |u| < 2⁴⁹ turns.
@inlinable @inline(__always)
package func sinCosTurns(_ u: Lanes) -> (sin: Lanes, cos: Lanes) {
  let shifted = fma(u, 4, 0x1.8p52)
  let quadrant = Words(bitPattern: shifted)
  let r = fma(shifted - 0x1.8p52, -0.25, u)
  let z = r * r
  let sine =
    r
    * polynomial(
      z, 6.283185307179586, -41.341702240399634, 81.60524927594804, -76.70585970427454, 42.058685020160894,
      -15.093804209987114, 3.7808689593022957)
  let cosine = fma(
    z,
    polynomial(
      z, -19.739208802178716, 64.93939402266824, -85.4568172066438, 60.24464135270201, -26.426253275854723,
      7.903206911569678, -1.6990343940660637), 1)
  let swapped = (quadrant & 1) .== Words(1)
  // The second bit of k turns the sine's sign, that of k + 1 the cosine's.
  let sineSign = (quadrant & 2) &<< 62
  let cosineSign = ((quadrant &+ Words(1)) & 2) &<< 62
  return (
    Lanes(bitPattern: Words(bitPattern: select(swapped, cosine, sine)) ^ sineSign),
    Lanes(bitPattern: Words(bitPattern: select(swapped, sine, cosine)) ^ cosineSign)
  )
}
