/// log(Γ(x) / (√(2π) x^(x − ½) e⁻ˣ)) for x > 0: what Stirling's formula leaves, to about 10⁻¹⁶.
///
/// From x to x + 1 it falls by (x + ½) log(1 + 1/x) − 1, which is t²/3 + t⁴/5 + t⁶/7 + … with t = 1/(2x + 1); from 16 on it is
/// Stirling's series.
/// Source: NIST Digital Library of Mathematical Functions, 5.11.1.
func logGammaStar(_ x: Double) -> Double {
  var y = x
  var sum = 0.0
  while y < 1 {
    sum += (y + 0.5) * log1p(1 / y) - 1
    y += 1
  }
  while y < 16 {
    let t = 1 / (2 * y + 1)
    let square = t * t
    var power = square
    var fall = 0.0
    var divisor = 3.0
    while power > 1e-18 {
      fall += power / divisor
      power *= square
      divisor += 2
    }
    sum += fall
    y += 1
  }
  let r = 1 / (y * y)
  let series =
    1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r * (1.0 / 1188 - r * 691.0 / 360_360))))
  return sum + series / y
}
