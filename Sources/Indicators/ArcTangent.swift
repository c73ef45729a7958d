/// The arc tangent of a quotient a/b in radians, in −π/2…π/2, to about 2 ulp; the same bits in one lane and in many.
///
/// The smaller of |a| and |b| over the larger is at most 1, and π/2 less its angle is that of the larger over the smaller;
/// above tan(π/8) it is π/4 + atan((s − l)/(s + l)). There the arc tangent is odd polynomial, interpolated at Chebyshev
/// nodes with an error under 2⁻⁵³: one division in all.
struct ArcTangent<Number: IndicatorNumber> {
  /// The angle.
  let angle: Number

  /// The arc tangent of a/b.
  @inline(__always)
  init(_ a: Number, over b: Number) {
    let (height, width) = (abs(a), abs(b))
    let (small, large) = (min(height, width), max(height, width))
    let isMiddling = small .> large * 0.4142135623730950
    let over = select(isMiddling, small - large, small)
    let under = select(isMiddling, small + large, large)
    let start = select(isMiddling, Number(Double.pi / 4), .zero)
    let x = over / under
    let z = x * x
    let w = z * z
    let even4 = (w * 0.03796804446072121 + 0.058469120557551456) * w + 0.0769204586601617
    let even = ((even4 * w + 0.11111110746243497) * w + 0.1999999999994122) * w + 1
    let odd4 = (w * -0.017807904375039502 - 0.050352327925831185) * w - 0.06662957154556114
    let odd = ((odd4 * w - 0.0909089684302893) * w - 0.1428571427927976) * w - 0.3333333333333312
    let size = (odd * z + even) * x + start
    let turned = select(height .> width, Number(Double.pi / 2) - size, size)
    angle = turned * select((a * b) .< 0, Number(-1), Number(1))
  }
}
