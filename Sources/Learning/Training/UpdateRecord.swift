/// What one update of a training did: a row of its log.
package struct UpdateRecord: Sendable, Hashable {
  /// The number of the update, from 1.
  package var update = 0
  /// Environment steps taken so far, over all copies, idle or not.
  package var steps = 0
  /// Mean reward of a step of the rollout, before any scaling. Like all means it leaves out copies that idle, and is 0 where
  /// all do.
  package var meanReward = 0.0
  /// Mean sum of rewards of the episodes that ended in the rollout; nil when none did.
  package var meanReturn: Double?
  /// How many ended.
  package var episodes = 0
  /// Mean of −min(ρA, clip(ρ)A) over the update's minibatches.
  package var policyLoss = 0.0
  /// Mean squared error of the value.
  package var valueLoss = 0.0
  /// Mean entropy of the policy, in nats.
  package var entropy = 0.0
  /// Mean of (ρ − 1) − log ρ: an estimate of the divergence of the new from the old policy that is never negative.
  /// Source: J. Schulman (2020), "Approximating KL divergence", k₃.
  package var approximateKL = 0.0
  /// Share of samples whose ratio was beyond the clip.
  package var clipFraction = 0.0
  /// 1 − Var(return − value)/Var(return) over the rollout, before learning from it: 1 is a perfect value function, 0 no
  /// better than a constant; nil when returns do not vary.
  package var explainedVariance: Double?
  /// Mean norm of the gradient before it was clipped.
  package var gradientNorm = 0.0
  /// Gradient steps taken; fewer than planned when the divergence ended the update.
  package var gradientSteps = 0
  /// Adam's step size.
  package var learningRate = 0.0
  /// The clip.
  package var clip = 0.0
  /// Environment steps a second, of this update: wall-clock, so not the same twice.
  package var stepsPerSecond = 0.0

  /// Nothing yet.
  package init() {}
}
