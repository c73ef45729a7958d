import CGSL

/// P(X ≤ x) of the beta law with shapes a, b > 0.
///
/// Not for two shapes above 10⁵: the library's continued fraction is cut off before it converges there, and at
/// (3·10⁶, 3·10⁶) the law jumps by a hundredth at the median.
package func betaCumulative(_ x: Double, _ a: Double, _ b: Double) -> Double {
  GSL.silenceErrors()
  return x <= 0 ? 0 : x >= 1 ? 1 : gsl_cdf_beta_P(x, a, b)
}

/// The x with P(X ≤ x) = p under the beta law with shapes a, b > 0: GSL's where it has one.
///
/// GSL's own answer is NaN or far off at very small and very large shapes, and its loop never ends at the ends of the
/// unit interval for some; so p = 0 and p = 1 never reach it, and an answer that its own cumulative law denies is found
/// anew inside a bracket.
package func betaQuantile(_ p: Double, _ a: Double, _ b: Double) -> Double {
  guard p > 0 else { return 0 }
  guard p < 1 else { return 1 }
  GSL.silenceErrors()
  // Outside these shapes the library's iteration was seen to fail or to hang.
  let isSafe = (0.2...1e4).contains(a) && (0.2...1e4).contains(b)
  return invert(
    p, in: 0...1, first: isSafe ? gsl_cdf_beta_Pinv(p, a, b) : .nan, cumulative: { betaCumulative($0, a, b) },
    density: { gsl_ran_beta_pdf($0, a, b) })
}

/// Inverts a continuous cumulative law: a first answer is kept when the law confirms it, and is mended otherwise by
/// Newton steps that never leave a bracket.
///
/// - Parameters:
///   - p: in (0, 1).
///   - support: finite.
///   - first: an answer to start from, NaN when there is none.
package func invert(
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
