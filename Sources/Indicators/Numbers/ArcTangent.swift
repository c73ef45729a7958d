/// The arc tangent of a quotient a/b in radians, in −π/2…π/2, to about 1 ulp; the same bits in one lane and in many.
///
/// |a/b| > tan(3π/8) by π/2 − atan(b/a), |a/b| > 0.66 by π/4 + atan((a − b)/(a + b)), then a rational function; so there is
/// one division before it, whatever the quotient.
/// Source: Moshier, Cephes Mathematical Library, atan.c.
struct ArcTangent<Number: IndicatorNumber> {
  private let start, x, p, q: Number
  private let sign: Number

  /// The arc tangent of a/b.
  @inline(__always)
  init(_ a: Number, over b: Number) {
    let (height, width) = (abs(a), abs(b))
    let isLarge = height .> width * 2.414213562373095
    let isMiddling = height .> width * 0.66
    let over = select(isLarge, -width, select(isMiddling, height - width, height))
    let under = select(isLarge, height, select(isMiddling, height + width, width))
    start = select(isLarge, Number(Double.pi / 2), select(isMiddling, Number(Double.pi / 4), .zero))
    x = over / under
    let z = x * x
    let p0 = z * -8.750608600031904122785e-1 - 1.615753718733365076637e1
    let p1 = (p0 * z - 7.500855792314704667340e1) * z - 1.228866684490136173410e2
    p = (p1 * z - 6.485021904942025371773e1) * z * x
    let q0 = (z + 2.485846490142306297962e1) * z + 1.650270098316988542046e2
    let q1 = (q0 * z + 4.328810604912902668951e2) * z + 4.853903996359136964868e2
    q = q1 * z + 1.945506571482613964425e2
    sign = select((a * b) .< 0, Number(-1), Number(1))
  }

  /// The angle.
  @inline(__always)
  var angle: Number {
    (start + (p / q + x)) * sign
  }

  /// A number over the angle, with one division for both.
  @inline(__always)
  func dividing(_ number: Double) -> Number {
    q * number / ((start + x) * q + p) * sign
  }
}
