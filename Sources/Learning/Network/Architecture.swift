/// The shape of a policy and its value function: what `policy.json` calls `architecture`.
package struct Architecture: Sendable, Hashable {
  /// The number of observations, at least 1.
  package let observations: Int
  /// Widths of the hidden layers that policy and value share; mostly none.
  package let shared: [Int]
  /// Widths of the policy's own hidden layers.
  package let policy: [Int]
  /// Widths of the value function's own hidden layers.
  package let value: [Int]
  /// What follows every hidden layer.
  package let activation: Activation
  /// What the policy decides.
  package let actions: ActionSpace

  /// A shape; all widths at least 1.
  package init(
    observations: Int, shared: [Int] = [], policy: [Int] = [64, 64], value: [Int] = [64, 64],
    activation: Activation = .tanh, actions: ActionSpace
  ) {
    self.observations = observations
    self.shared = shared
    self.policy = policy
    self.value = value
    self.activation = activation
    self.actions = actions
  }
}
