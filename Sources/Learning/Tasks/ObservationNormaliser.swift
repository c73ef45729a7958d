import Lanes

/// Centres and scales observations by their running mean and variance, and clips them: (x − μ)/√(σ² + ε), within ±clip.
///
/// While it learns, the statistics move between rollouts and never within one. Saved with the policy, and frozen there:
/// an agent that sees raw numbers where it learned from scaled ones saturates.
package struct ObservationNormaliser: Sendable, Hashable {
  /// The number of observations that the statistics rest on.
  package private(set) var count: Double
  /// The mean of each.
  package private(set) var mean: [Double]
  /// The variance of each (with the count as divisor).
  package private(set) var variance: [Double]
  /// ε.
  package let epsilon: Double
  /// The largest size of a normalised observation.
  package let clip: Double

  /// Statistics that leave everything as it is until some are added.
  package init(observations: Int, epsilon: Double = 1e-8, clip: Double) {
    self.init(
      count: 0, mean: Array(repeating: 0, count: observations), variance: Array(repeating: 1, count: observations),
      epsilon: epsilon, clip: clip)
  }

  /// Known statistics.
  package init(count: Double, mean: [Double], variance: [Double], epsilon: Double, clip: Double) {
    self.count = count
    self.mean = mean
    self.variance = variance
    self.epsilon = epsilon
    self.clip = clip
  }

  /// 1/√(σ² + ε) of each observation.
  var scales: [Double] { variance.map { 1 / ($0 + epsilon).squareRoot() } }

  /// Adds what was seen since, by the rule for merging two samples of Chan, Golub & LeVeque (1979).
  mutating func merge(_ sums: ObservationSums) {
    guard sums.count > 0 else { return }
    let total = count + sums.count
    for index in mean.indices {
      let shift = sums.first[index].sum / sums.count
      let spread = sums.second[index].sum / sums.count - shift * shift
      variance[index] =
        (variance[index] * count + spread * sums.count + shift * shift * count * sums.count / total) / total
      mean[index] += shift * sums.count / total
    }
    count = total
  }
}

/// Sums of what a rollout saw, about the means that were known before.
struct ObservationSums {
  /// How many of each observation.
  private(set) var count = 0.0
  /// Σ (x − μ).
  private(set) var first: [Lanes]
  /// Σ (x − μ)².
  private(set) var second: [Lanes]

  init(observations: Int) {
    first = Array(repeating: .zero, count: observations)
    second = first
  }

  /// Adds a step's observations of all groups.
  mutating func add(_ observations: [Lanes], mean: [Double]) {
    let groups = observations.count / mean.count
    for group in 0..<groups {
      for index in mean.indices {
        let distance = observations[group * mean.count + index] - mean[index]
        first[index] += distance
        second[index] = fma(distance, distance, second[index])
      }
    }
    count += Double(groups * Lanes.count)
  }
}

extension Lanes {
  /// The sum of the lanes, from the first to the last.
  var sum: Double {
    var sum = 0.0
    for lane in 0..<Lanes.count { sum += self[lane] }
    return sum
  }
}
