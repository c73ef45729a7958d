import Randomness

/// The mean of differences with the bootstrap's interval, bias-corrected and accelerated (BCa).
///
/// Paths are drawn with replacement, a resample as large as the sample. With z₀ the normal quantile of the share of resampled
/// means under the mean (half of those at it), a = g/(6√n) the acceleration, the ends are the resamples' quantiles at
/// Φ(z₀ + (z₀ ± z)/(1 − a(z₀ ± z))), interpolated between order statistics: scipy's `bootstrap(method="BCa")`.
/// It makes no use of a law for the mean, and so it checks ``Moments/estimate(confidence:)`` by another way.
/// Source: Efron (1987), J. American Statistical Association 82(397).
package struct BootstrapMean: Sendable {
  /// Resampled means.
  package static let defaultResamples = 2000

  private let moments: Moments
  /// Resampled means, sorted; none where there is nothing to make an interval from.
  private let means: [Double]

  /// Draws the resamples.
  ///
  /// - Parameter key: of the stream that draws them.
  /// - Complexity: O(resamples · n).
  package init(_ differences: [Double], resamples: Int = BootstrapMean.defaultResamples, key: StreamKey) {
    moments = Moments(differences)
    // What is too few for Hall's interval is too few to be drawn again and again.
    guard moments.estimate().low != nil else {
      means = []
      return
    }
    // Its draws are many and cheap: a counter with a finaliser, started by the stream's key.
    let random = SplitMix64(seed: UInt64(key.k1) << 32 | UInt64(key.k0))
    means = Self.means(differences, resamples: resamples, random).sorted()
  }

  /// The means of resamples that are drawn one after the other. Four are summed side by side, since an addition waits for
  /// the one before it.
  private static func means(_ values: [Double], resamples: Int, _ random: SplitMix64) -> [Double] {
    let count = UInt64(values.count)
    var means: [Double] = []
    means.reserveCapacity(resamples + 3)
    for first in stride(from: 0, to: resamples, by: 4) {
      var one = random.advanced(by: UInt64(first) * count)
      var two = one.advanced(by: count)
      var three = two.advanced(by: count)
      var four = three.advanced(by: count)
      var sums = (0.0, 0.0, 0.0, 0.0)
      for _ in 0..<values.count {
        sums.0 += values[Int(one.next().multipliedFullWidth(by: count).high)]
        sums.1 += values[Int(two.next().multipliedFullWidth(by: count).high)]
        sums.2 += values[Int(three.next().multipliedFullWidth(by: count).high)]
        sums.3 += values[Int(four.next().multipliedFullWidth(by: count).high)]
      }
      for sum in [sums.0, sums.1, sums.2, sums.3].prefix(resamples - first) { means.append(sum / Double(count)) }
    }
    return means
  }

  /// The mean with its interval; without bounds where ``Moments/estimate(confidence:)`` has none.
  package func estimate(confidence: Double = Estimate.defaultConfidence) -> Estimate {
    let plain = moments.estimate(confidence: confidence)
    let below = Double(means.count { $0 < moments.mean }) + Double(means.count { $0 == moments.mean }) / 2
    let z0 = NormalLaw.quantile(below / Double(max(means.count, 1)))
    guard let value = plain.value, !means.isEmpty, z0.isFinite else {
      return Estimate(
        value: plain.value, low: nil, high: nil, confidence: confidence, n: plain.n, method: .bootstrap,
        evidence: plain.evidence)
    }
    let acceleration = moments.skewness / 6
    func end(_ z: Double) -> Double {
      quantile(NormalLaw.cumulative(z0 + (z0 + z) / (1 - acceleration * (z0 + z))))
    }
    let z = CriticalValue.normal(confidence)
    return .computed(
      value: value, low: min(value, end(-z)), high: max(value, end(z)), confidence: confidence, n: plain.n,
      method: .bootstrap)
  }

  /// The quantile of the resampled means, interpolated at 1 + (B − 1)·level (Hyndman and Fan's seventh).
  private func quantile(_ level: Double) -> Double {
    let place = level * Double(means.count - 1)
    let index = min(Int(place), means.count - 2)
    return means[index] + (place - Double(index)) * (means[index + 1] - means[index])
  }
}
