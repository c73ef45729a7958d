/// The arc tangent in radians, in −π/2…π/2, to about 1 ulp; the same bits in one lane and in many.
///
/// |t| > tan(3π/8) by π/2 − atan(1/t), |t| > 0.66 by π/4 + atan((t − 1)/(t + 1)), then a rational function.
/// Source: Moshier, Cephes Mathematical Library, atan.c.
@inline(__always)
func arcTangent<Number: IndicatorNumber>(_ t: Number) -> Number {
  let size = abs(t)
  let isLarge = size .> 2.414213562373095
  let isMiddling = size .> 0.66
  let over = select(isLarge, Number(-1), select(isMiddling, size - 1, size))
  let under = select(isLarge, size, select(isMiddling, size + 1, Number(1)))
  let x = over / under
  let z = x * x
  let p0 = z * -8.750608600031904122785e-1 - 1.615753718733365076637e1
  let p1 = (p0 * z - 7.500855792314704667340e1) * z - 1.228866684490136173410e2
  let p = p1 * z - 6.485021904942025371773e1
  let q0 = (z + 2.485846490142306297962e1) * z + 1.650270098316988542046e2
  let q1 = (q0 * z + 4.328810604912902668951e2) * z + 4.853903996359136964868e2
  let q = q1 * z + 1.945506571482613964425e2
  let start = select(isLarge, Number(Double.pi / 2), select(isMiddling, Number(Double.pi / 4), .zero))
  let angle = start + (x * z * p / q + x)
  return select(t .< 0, -angle, angle)
}
