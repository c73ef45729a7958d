import Lanes

/// Divides rewards by the running standard deviation of the discounted return, and clips them.
///
/// The return of each copy is Rₜ = γ·Rₜ₋₁ + rₜ, from 0 after each episode. A rollout's rewards are scaled after it, with
/// its own returns among the statistics; the mean is not taken off, since that would change the task.
/// Source: L. Engstrom et al. (2020), "Implementation matters in deep policy gradients", ICLR, appendix A.2.
package struct RewardScaler {
  /// The largest size of a scaled reward.
  let clip: Double
  /// The number of returns that the variance rests on.
  private(set) var count = 0.0
  /// Their mean.
  private(set) var mean = 0.0
  /// Their variance (with the count as divisor).
  package private(set) var variance = 1.0
  /// The running return of each copy, [group].
  private(set) var returns: [Lanes]

  /// Statistics of nothing yet: rewards are as they are until some are seen.
  package init(groups: Int, clip: Double) {
    self.clip = clip
    returns = Array(repeating: .zero, count: groups)
  }

  /// Statistics and running returns as numbers.
  var state: [Double] { [count, mean, variance] + returns.flatMap { lanes in (0..<Lanes.count).map { lanes[$0] } } }

  /// Takes up what `state` gave.
  mutating func restore(_ state: [Double]) throws(UnfitState) {
    guard state.count == 3 + returns.count * Lanes.count else { throw UnfitState() }
    (count, mean, variance) = (state[0], state[1], state[2])
    for group in returns.indices { returns[group] = Lanes { state[3 + group * Lanes.count + $0] } }
  }

  /// Learns from a rollout's rewards and scales them, [step · groups + group].
  ///
  /// - Parameters:
  ///   - learns: whether the statistics take the rollout in; else they stand still.
  ///   - terminal: 1 where an episode ended for good, or there was none, else 0.
  ///   - truncated: 1 where it was cut off, else 0.
  ///   - idle: 1 where there was no episode, and the reward is 0; else 0. The statistics leave these out.
  package mutating func scale(
    _ rewards: borrowing LaneColumn, learns: Bool, terminal: borrowing LaneColumn, truncated: borrowing LaneColumn,
    idle: borrowing LaneColumn, discount: Double
  ) {
    let groups = returns.count
    // About the first return: about 0 the sums would cancel where returns are large and vary little.
    var centre: Double?
    var (first, second, count) = (Lanes.zero, Lanes.zero, 0)
    for index in 0..<rewards.count {
      let group = index % groups
      let value = fma(returns[group], discount, rewards[index])
      let isActive = !(idle[index] .> 0)
      if centre == nil { centre = isActive.first.map { value[$0] } }
      let distance = select(isActive, value - (centre ?? 0), .zero)
      count += isActive.count
      first += distance
      second = fma(distance, distance, second)
      returns[group] = value.replacing(with: 0, where: terminal[index] + truncated[index] .> 0)
    }
    if learns, let centre { merge(about: centre, first.sum, second.sum, of: Double(count)) }
    let scale = 1 / (variance + 1e-8).squareRoot()
    for index in 0..<rewards.count { rewards[index] = max(min(rewards[index] * scale, clip), -clip) }
  }

  /// Adds returns to the statistics, given the sums of their distances from a number and of the squares of those.
  private mutating func merge(about centre: Double, _ first: Double, _ second: Double, of added: Double) {
    let total = count + added
    let offset = first / added
    let spread = max(0, second / added - offset * offset)
    let shift = centre + offset - mean
    variance = (variance * count + spread * added + shift * shift * count * added / total) / total
    mean += shift * added / total
    count = total
  }
}
