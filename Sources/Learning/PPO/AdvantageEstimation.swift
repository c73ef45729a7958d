import Lanes

/// Generalised advantage estimation: Aₜ = Σₖ (γλ)ᵏ δₜ₊ₖ within an episode, with δₜ = rₜ + γ·V(sₜ₊₁) − V(sₜ).
///
/// Variants differ in what follows an episode's last step. Ours: after a terminal state nothing, V(sₜ₊₁) = 0; after a
/// cut by a time limit the value of the state that was reached; in both cases the sum over k stops there. λ = 1 gives
/// the return less the value, λ = 0 the one-step error.
/// Source: J. Schulman et al. (2016), "High-dimensional continuous control using generalized advantage estimation",
/// ICLR, eq. (16); time limits: F. Pardo et al. (2018), "Time limits in reinforcement learning", ICML.
package struct AdvantageEstimation: Sendable {
  /// γ, 0…1.
  package let discount: Double
  /// λ, 0…1.
  package let lambda: Double

  /// With γ and λ.
  package init(discount: Double, lambda: Double) {
    self.discount = discount
    self.lambda = lambda
  }

  /// The advantages of a rollout of T steps in G groups of copies; every column has T·G vectors, [step · G + group].
  ///
  /// - Parameters:
  ///   - rewards: rₜ.
  ///   - values: V(sₜ).
  ///   - lastValues: V of what is seen after the last step, [group].
  ///   - terminal: 1 where the episode ended for good with this step, else 0.
  ///   - truncated: 1 where it was cut off after this step, else 0.
  ///   - cutValues: where it was cut off, V of the state that was reached.
  ///   - advantages: where they go.
  package func advantages(
    rewards: borrowing LaneColumn, values: borrowing LaneColumn, lastValues: borrowing LaneColumn,
    terminal: borrowing LaneColumn, truncated: borrowing LaneColumn, cutValues: borrowing LaneColumn,
    into advantages: borrowing LaneColumn
  ) {
    let groups = lastValues.count
    for group in 0..<groups {
      var advantage = Lanes.zero
      var nextValue = lastValues[group]
      for index in stride(from: rewards.count - groups + group, through: 0, by: -groups) {
        let (isTerminal, isTruncated) = (terminal[index] .> 0, truncated[index] .> 0)
        let following = select(isTruncated, cutValues[index], nextValue).replacing(with: 0, where: isTerminal)
        let error = fma(following, discount, rewards[index]) - values[index]
        advantage = fma(advantage.replacing(with: 0, where: isTerminal | isTruncated), discount * lambda, error)
        advantages[index] = advantage
        nextValue = values[index]
      }
    }
  }
}
