import Learning

/// The closed-form gates.
///
/// Thresholds of B1 to B3: a learner in 200 lines of numpy passes them on five seeds of five, and a policy that has not
/// learned earns about 0. Those of B4 and B5 were set between what a correct learner reaches and what a broken one does:
/// one that looks only at the next reward earns 88 % of the best in B4; in B5 selling evenly costs a tenth more than
/// the best schedule.
package enum Gates {
  /// All of them.
  package static let all: [Gate] = [
    autoregressiveReturns, revertingPrice, kellyBet, costlySignal, liquidation, martingale,
  ]

  /// Sixty-four copies, and rewards that are immediate: errors of the optimiser show apart from those of credit.
  private static func immediate(steps: Int) -> PPOParameters {
    var parameters = PPOParameters()
    parameters.totalSteps = steps
    parameters.environments = 64
    parameters.rolloutSteps = 64
    parameters.minibatch = 512
    parameters.epochs = 6
    parameters.learningRate = 3e-3
    parameters.finalLearningRate = 0
    parameters.discount = 0
    return parameters
  }

  /// A gate for a task whose best position is a multiple of the one number that is seen.
  private static func linear(_ name: String, _ title: String, _ task: any Environment, slope: Double, best: Double)
    -> Gate
  {
    Gate(
      name: name, title: title, task: task, parameters: immediate(steps: 614_400),
      criteria: [
        .init("J/J*", median: 0.95...1.05, each: 0.9...1.1), .init("slope/slope*", median: 0.85...1.15),
      ], untrainedFails: true, best: best
    ) { policy in
      let evaluation = Evaluation(task, policy)
      return [evaluation.mean / best, evaluation.slope / slope]
    }
  }

  static let autoregressiveReturns: Gate = {
    let task = AutoregressiveReturns()
    return linear("B1", "returns with memory, mean–variance", task, slope: task.slope, best: task.best)
  }()

  static let revertingPrice: Gate = {
    let task = RevertingPrice()
    return linear("B2", "a price that reverts", task, slope: task.slope, best: task.best)
  }()

  static let kellyBet: Gate = {
    let task = KellyBet()
    return Gate(
      name: "B3", title: "Kelly's bet", task: task, parameters: immediate(steps: 1_228_800),
      criteria: [.init("fraction", median: 1.04...1.44, each: 1.04...1.44)], untrainedFails: true, best: nil
    ) { policy in [Evaluation(task, policy, copies: 8, steps: 1).slope] }
  }()

  static let costlySignal: Gate = {
    let task = CostlySignal()
    var parameters = immediate(steps: 1_228_800)
    parameters.discount = 1 - task.impatience
    parameters.scalesRewards = true
    return Gate(
      name: "B4", title: "a fading signal at a cost", task: task, parameters: parameters,
      criteria: [.init("J/J*", median: 0.96...1.01, each: 0.93...1.02)], untrainedFails: true, best: nil
    ) { policy in
      let best = Evaluation(task, seed: 1_000 + (policy.seed ?? 0)) { task.best($0, &$1) }
      return [Evaluation(task, policy).mean / best.mean]
    }
  }()

  static let liquidation: Gate = {
    let task = Liquidation()
    var parameters = immediate(steps: 614_400)
    parameters.discount = 1
    return Gate(
      name: "B5", title: "selling a position in five days", task: task, parameters: parameters,
      criteria: [
        .init("cost/cost*", median: 1...1.02, each: 1...1.04),
        .init("largest distance from x*", median: 0...0.05, each: 0...0.1),
      ], untrainedFails: true, isEpisodic: true, best: task.reward(task.bestSchedule)
    ) { policy in
      let (schedule, best) = (task.schedule(policy), task.bestSchedule)
      let distance = zip(schedule, best).map { abs($0 - $1) }.max() ?? .infinity
      return [task.reward(schedule) / task.reward(best), distance]
    }
  }()

  /// Nothing can be earned on a martingale: what is learned there is noise. One seed in 370 would be further than three
  /// standard errors from 0 by chance.
  static let martingale: Gate = {
    let task = AutoregressiveReturns(memory: 0, aversion: 0, limit: 1)
    return Gate(
      name: "B0", title: "a martingale", task: task, parameters: immediate(steps: 204_800),
      criteria: [.init("profit in standard errors", median: -3...3, each: -3...3)], untrainedFails: false, best: 0
    ) { policy in
      let evaluation = Evaluation(task, policy)
      return [evaluation.standardError > 0 ? evaluation.mean / evaluation.standardError : 0]
    }
  }()
}
