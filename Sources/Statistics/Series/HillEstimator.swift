import Glibc

/// The exponent of a law's tail, P(X > x) ~ x^{−α}, by Hill's estimator on the k largest values.
///
/// Source: B. Hill (1975), Annals of Statistics 3(5).
package enum HillEstimator {
  /// 1 over the mean of log X₍ᵢ₎ − log X₍ₖ₊₁₎ over the k largest; NaN where fewer than k + 1 values are above 0, or all are alike.
  package static func exponent(_ values: [Double], largest k: Int) -> Double {
    let sorted = values.filter { $0 > 0 }.sorted(by: >)
    guard k >= 1, sorted.count > k else { return .nan }
    let threshold = log(sorted[k])
    let mean = sorted[..<k].reduce(0) { $0 + log($1) - threshold } / Double(k)
    return mean > 0 ? 1 / mean : .nan
  }
}
