import Lanes

/// Centres and scales observations by their running mean and variance, and clips them: (x − μ)/√(σ² + ε), within ±clip.
///
/// While it learns, the statistics move between rollouts and never within one; in the first rollout, when nothing is known,
/// observations are taken as they are. Saved with the policy, and frozen there:
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

  /// Statistics of nothing yet: mean 0, variance 1.
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
      let offset = sums.first[index].sum / sums.count
      let spread = max(0, sums.second[index].sum / sums.count - offset * offset)
      let shift = sums.centre[index] + offset - mean[index]
      variance[index] =
        (variance[index] * count + spread * sums.count + shift * shift * count * sums.count / total) / total
      mean[index] += shift * sums.count / total
    }
    count = total
  }
}

/// Sums of what a rollout saw, about the first thing that it saw: about 0 they would cancel where numbers are large and
/// vary little.
struct ObservationSums {
  /// How many of each observation.
  private(set) var count = 0.0
  /// The first of each observation, c.
  private(set) var centre: [Double]
  /// Σ (x − c).
  private(set) var first: [Lanes]
  /// Σ (x − c)².
  private(set) var second: [Lanes]

  init(observations: Int) {
    centre = Array(repeating: 0, count: observations)
    first = Array(repeating: .zero, count: observations)
    second = first
  }

  /// Adds a step's observations of all groups, but for copies that are idle, [group].
  mutating func add(_ observations: [Lanes], isIdle: [Mask]) {
    for group in isIdle.indices {
      let isActive = !isIdle[group]
      guard let lane = isActive.first else { continue }
      if count == 0 { for index in centre.indices { centre[index] = observations[group * centre.count + index][lane] } }
      for index in centre.indices {
        let distance = select(isActive, observations[group * centre.count + index] - centre[index], .zero)
        first[index] += distance
        second[index] = fma(distance, distance, second[index])
      }
      count += Double(isActive.count)
    }
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
