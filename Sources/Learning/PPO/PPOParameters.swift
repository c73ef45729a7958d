/// The hyper-parameters of PPO; the defaults are those of Stable-Baselines3 unless said otherwise.
package struct PPOParameters: Sendable, Hashable {
  /// Environment steps to train for, over all copies; the last rollout is completed.
  package var totalSteps = 1_000_000
  /// Copies of the environment side by side, a multiple of 8. More copies decorrelate a rollout.
  package var environments = 8
  /// Steps of each copy in a rollout. Longer rollouts see further before the value function has to guess.
  package var rolloutSteps = 256
  /// Passes over each rollout. More reuse the data harder, and move further from the policy that made it.
  package var epochs = 10
  /// Samples of one gradient step; the last of an epoch may have fewer.
  package var minibatch = 64
  /// γ: what a reward is worth one step later, 0…1. 0 where an action has no consequences beyond its own reward.
  package var discount = 0.99
  /// λ of generalised advantage estimation, 0…1: lower trusts the value function more.
  package var advantageLambda = 0.95
  /// Adam's step size at the start, above 0.
  package var learningRate = 3e-4
  /// Adam's step size at the end, reached in a straight line; the same as at the start for a constant one.
  package var finalLearningRate = 3e-4
  /// ε: how far the ratio of new to old probability may move before its gradient is cut, above 0.
  package var clip = 0.2
  /// ε at the end, reached in a straight line.
  package var finalClip = 0.2
  /// How far a value may move from the old one before its gradient is cut, above 0; nil: any distance. Off by default:
  /// it mostly hurts (Andrychowicz et al. 2021, "What matters for on-policy deep actor-critic methods?", ICLR).
  package var valueClip: Double?
  /// Weight of the entropy in the objective, at least 0: keeps the policy from settling too early.
  package var entropyCoefficient = 0.0
  /// Weight of the squared error of the value, at least 0. It acts where layers or the gradient's norm are shared.
  package var valueCoefficient = 0.5
  /// The norm that the whole gradient is scaled down to, above 0.
  package var maximumGradientNorm = 0.5
  /// Whether advantages are centred and scaled by their standard deviation in each minibatch.
  package var normalisesAdvantages = true
  /// Approximate Kullback–Leibler divergence at 1.5 times which an update ends early, above 0; nil: never.
  package var targetKL: Double?
  /// Adam's ε, 1e-30…1.
  package var adamEpsilon = 1e-5
  /// Whether observations are centred and scaled by running statistics, which are saved with the policy.
  package var normalisesObservations = false
  /// The largest size of a normalised observation, above 0.
  package var observationClip = 10.0
  /// Whether rewards are divided by the running standard deviation of the discounted return.
  package var scalesRewards = false
  /// The largest size of a scaled reward, above 0.
  package var rewardClip = 10.0
  /// Environment steps, over all copies, after which the statistics of observations and returns are frozen, at least 0;
  /// nil: never. The rollout in which they are reached still counts.
  package var statisticsSteps: Int?

  /// The defaults.
  package init() {}

  /// Samples of one rollout.
  package var rolloutSamples: Int { environments * rolloutSteps }
  /// Rollouts, and updates, of the whole training.
  package var updates: Int { (totalSteps + rolloutSamples - 1) / rolloutSamples }
}
