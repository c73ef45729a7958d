import CGSL
import Glibc

/// The sums from which the correlation of two numbers is estimated.
package struct CorrelationSums: Sendable, Hashable {
  /// Pairs that were added.
  package private(set) var count = 0
  private var x = 0.0
  private var y = 0.0
  private var xx = 0.0
  private var yy = 0.0
  private var xy = 0.0

  /// No pairs yet.
  package init() {}

  /// Adds a pair.
  package mutating func add(_ x: Double, _ y: Double) {
    count += 1
    self.x += x
    self.y += y
    xx += x * x
    yy += y * y
    xy += x * y
  }

  /// Pearson's correlation with Fisher's interval: atanh r is normal with variance 1/(n − 3) for normal pairs.
  ///
  /// Source: Fisher (1921), Metron 1, section 3. Heavier tails and changing volatility make it too narrow. Nil of all three
  /// where one of both numbers never changes, or of fewer than four pairs.
  package func estimate(confidence: Double = Estimate.defaultConfidence) -> Estimate {
    let n = Double(count)
    let (sx, sy) = (xx - x * x / n, yy - y * y / n)
    guard count > 3, sx > 0, sy > 0, (sx * sy).isFinite else {
      return Estimate(value: nil, low: nil, high: nil, confidence: confidence, n: count, method: .fisher)
    }
    let r = min(1, max(-1, (xy - x * y / n) / (sx * sy).squareRoot()))
    guard abs(r) < 1 else {
      return Estimate(value: r, low: r, high: r, confidence: confidence, n: count, method: .fisher)
    }
    let half = gsl_cdf_ugaussian_Pinv(0.5 + confidence / 2) / (n - 3).squareRoot()
    let z = atanh(r)
    return Estimate(
      value: r, low: min(r, tanh(z - half)), high: max(r, tanh(z + half)), confidence: confidence, n: count,
      method: .fisher)
  }
}
