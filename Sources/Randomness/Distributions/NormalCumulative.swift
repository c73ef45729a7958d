import Lanes

/// P(Z ≤ x) for a standard normal Z, to about 10⁻¹⁵ relative also in the lower tail; in our own arithmetic, since draws
/// that are cut to a range start from it.
///
/// Within 1 the series ½ + φ(x)(x + x³/3 + x⁵/15 + …), beyond it the continued fraction φ(x)/(x + 1/(x + 2/(x + …))) of
/// the upper tail.
/// Source: Abramowitz & Stegun (1964), 26.2.11 and 26.2.14.
func normalCumulative(_ x: Double) -> Double {
  // Beyond 40 deviations there is no number that is not 0.
  guard abs(x) < 40 else { return x < 0 ? 0 : 1 }
  if abs(x) < 1 {
    var term = x
    var sum = x
    var divisor = 3.0
    while abs(term) > 1e-18 {
      term *= x * x / divisor
      sum += term
      divisor += 2
    }
    return 0.5 + normalDensity(x) * sum
  }
  let distance = abs(x)
  // At 1 some 350 terms give all digits, further out fewer.
  var fraction = distance
  for term in stride(from: 500.0, through: 1, by: -1) { fraction = distance + term / fraction }
  let tail = normalDensity(distance) / fraction
  return x < 0 ? tail : 1 - tail
}

/// φ(x) = e^(−x²/2) / √(2π).
private func normalDensity(_ x: Double) -> Double {
  // x² in two parts, the first exact: its rounding would be multiplied by x².
  let coarse = (x * 16).rounded() / 16
  let rest = (x - coarse) * (x + coarse)
  return exp(-0.5 * coarse * coarse) * exp(-0.5 * rest) * 0.398942280401432677939946
}
