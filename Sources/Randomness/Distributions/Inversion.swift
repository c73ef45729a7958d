/// Inverts a continuous cumulative law: a first answer is kept when the law confirms it, and is mended otherwise by
/// Newton steps that never leave a bracket.
///
/// - Parameters:
///   - p: in (0, 1).
///   - support: finite.
///   - first: an answer to start from, NaN when there is none.
func invert(
  _ p: Double, in support: ClosedRange<Double>, first: Double, cumulative: (Double) -> Double,
  density: (Double) -> Double
) -> Double {
  var low = support.lowerBound
  var high = support.upperBound
  var x = first
  if support.contains(x), abs(cumulative(x) - p) <= 1e-13 * max(p, 1e-3) { return x }
  if !(x > low && x < high) { x = 0.5 * (low + high) }
  for _ in 0..<2000 {
    let excess = cumulative(x) - p
    if excess == 0 { return x }
    if excess > 0 { high = x } else { low = x }
    var next = x - excess / density(x)
    if !(next > low && next < high) {
      // Towards 0 by ratios, since the answer may be 1e-200; else by halves.
      next =
        low > 0 && high / low > 4 ? (low * high).squareRoot() : low == 0 && high < 1 ? high * high : 0.5 * (low + high)
      if !(next > low && next < high) { next = 0.5 * (low + high) }
    }
    if abs(next - x) <= 2 * x.ulp || next == low || next == high { return next }
    x = next
  }
  return x
}
