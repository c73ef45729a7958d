import Dispatch
import Lanes
import Randomness

/// Proximal policy optimisation with a clipped ratio, from top to bottom: a rollout, its advantages, some epochs of
/// minibatches.
///
/// Variants differ in details that decide whether it learns. Ours: orthogonal initial weights with a small policy head;
/// bootstrapping after time limits and not after terminal states; advantages normalised in each minibatch; both towers
/// under one clipped gradient norm; statistics of observations that move between rollouts only; a Gaussian's standard
/// deviation that depends on no state; actions clipped outside the density; an update that ends early when the policy
/// has moved far; nothing learned from copies that idle. What is computed is the same bits on one thread and on two.
/// Sources: J. Schulman et al. (2017), "Proximal policy optimization algorithms", arXiv:1707.06347; S. Huang et al.
/// (2022), "The 37 implementation details of proximal policy optimization", ICLR blog track.
package final class PPO {
  /// The hyper-parameters.
  package let parameters: PPOParameters
  /// Everything that is drawn follows from it.
  package let seed: UInt64
  /// What the task's draws are for.
  package let namespace: Namespace
  /// What is made of the returns of episodes.
  package let objective: EpisodeObjective
  /// The task, in the words of its `identity`.
  package let task: String
  /// Updates done.
  package internal(set) var updates = 0

  /// What is learned.
  package let network: Network
  let environment: any EnvironmentTile
  var normaliser: ObservationNormaliser?
  var rewardScaler: RewardScaler?
  /// Gradient steps done.
  var gradientSteps = 0
  /// The last step of the environment: what is seen now stands in it.
  var current: EnvironmentStep
  /// Rewards of each copy's episode so far, [group].
  var episodeReturns: [Lanes]

  private let rollout: Rollout
  private var actor: Actor
  private let gradient: MinibatchGradient
  private let minibatchKey: StreamKey
  private let pair: WorkerPair
  /// The samples in the order of the last epoch, without those of idle copies.
  package private(set) var order: [Int32]

  /// A training at its beginning.
  ///
  /// - Parameters:
  ///   - task: what is learned.
  ///   - architecture: the network; its observations and actions are the task's.
  ///   - namespace: what the task's draws are for.
  ///   - objective: what is made of the returns of episodes.
  ///   - threads: with two or more, two towers without shared layers are computed side by side.
  package init(
    _ task: any Environment, _ architecture: Architecture, _ parameters: PPOParameters, seed: UInt64,
    namespace: Namespace = .train, objective: EpisodeObjective = .mean, threads: Int = 2
  ) {
    precondition(parameters.violations.isEmpty, "Invariant: hyper-parameters are legal")
    precondition(
      architecture.observations == task.observations && architecture.actions == task.actions,
      "Invariant: the network is that of the task")
    self.parameters = parameters
    self.seed = seed
    self.namespace = namespace
    self.objective = objective
    self.task = task.identity
    let groups = parameters.environments / Lanes.count
    let streams = RandomStreams(seed: seed, namespace: namespace)
    network = Network(architecture, block: 64)
    network.initialise(streams)
    environment = task.makeTile(groups: groups, streams: streams)
    current = EnvironmentStep(groups: groups, observations: task.observations)
    environment.begin(&current.observations)
    episodeReturns = Array(repeating: .zero, count: groups)
    normaliser =
      parameters.normalisesObservations
      ? ObservationNormaliser(observations: task.observations, clip: parameters.observationClip) : nil
    rewardScaler = parameters.scalesRewards ? RewardScaler(groups: groups, clip: parameters.rewardClip) : nil
    rollout = Rollout(
      steps: parameters.rolloutSteps, groups: groups, observations: task.observations, actionSize: task.actions.size)
    actor = Actor(network, groups: groups, streams: streams)
    minibatchKey = streams.key("learner/minibatches")
    pair = WorkerPair(isSplit: threads >= 2 && network.shared == nil)
    gradient = MinibatchGradient(network, pair)
    order = (0..<Int32(parameters.rolloutSamples)).map { $0 }
  }

  /// Whether all steps have been taken.
  package var isFinished: Bool { updates >= parameters.updates }

  /// One update: a rollout, and some epochs of learning from it.
  ///
  /// - Throws: when the gradient is no finite number any more; the training is then of no more use.
  package func update() throws(DivergedTraining) -> UpdateRecord {
    precondition(!isFinished, "Invariant: a training ends with its last update")
    let start = DispatchTime.now().uptimeNanoseconds
    var record = UpdateRecord()
    let remaining = 1 - Double(updates) / Double(parameters.updates)
    record.learningRate =
      parameters.finalLearningRate + (parameters.learningRate - parameters.finalLearningRate) * remaining
    record.clip = parameters.finalClip + (parameters.clip - parameters.finalClip) * remaining

    collect(&record)
    estimateAdvantages()
    record.explainedVariance = rollout.explainedVariance
    try learn(&record)

    updates += 1
    record.update = updates
    record.steps = updates * parameters.rolloutSamples
    let elapsed = Double(max(1, DispatchTime.now().uptimeNanoseconds - start)) * 1e-9
    record.stepsPerSecond = Double(parameters.rolloutSamples) / elapsed
    return record
  }

  /// Whether the statistics of observations and returns stand still in this update.
  private var statisticsAreFrozen: Bool {
    parameters.statisticsSteps.map { updates * parameters.rolloutSamples >= $0 } ?? false
  }

  // MARK: The rollout

  /// Lets the policy act for a rollout. With two threads the values are computed behind it, by the other.
  private func collect(_ record: inout UpdateRecord) {
    rollout.cutSamples.removeAll(keepingCapacity: true)
    rollout.ends.removeAll(keepingCapacity: true)
    let progress = RowProgress()
    var statistics = EpisodeStatistics()
    pair.run {
      act(progress, &statistics)
    } and: {
      computeValues(progress)
    }
    record.meanReward = statistics.reward.sum / Double(max(1, rollout.activeSamples))
    record.episodes = statistics.episodes
    record.meanReturn = statistics.episodes > 0 ? statistics.returns / Double(statistics.episodes) : nil
  }

  private func act(_ progress: RowProgress, _ statistics: inout EpisodeStatistics) {
    var sums = ObservationSums(observations: network.architecture.observations)
    let known = normaliser.flatMap { $0.count > 0 ? $0 : nil }
    let scaling = RowScaling(known, observations: network.architecture.observations)
    let (groups, copies) = (rollout.groups, rollout.copies)
    for step in 0..<rollout.steps {
      scaling.write(current.observations, groups: groups, into: rollout.observations, firstRow: step * copies)
      if normaliser != nil { sums.add(current.observations, isIdle: current.isIdle) }
      for group in 0..<groups { rollout.idle[step * groups + group] = select(current.isIdle[group], .one, .zero) }
      progress.publish(rows: (step + 1) * copies)

      let clock = Int32(truncatingIfNeeded: updates * rollout.steps + step)
      actor.act(rollout, step: step, clock: clock)
      environment.advance(actor.clippedActions, &current)
      current.hideIdle()

      for group in 0..<groups {
        let index = step * groups + group
        let isActive = rollout.isActive(index)
        // An idle copy earns nothing and has nothing before it; who is ruined as the time runs out is ruined.
        let reward = select(isActive, current.reward[group], .zero)
        let limit = objective.endsAtLimits ? current.isTruncated[group] : .none
        let terminal = current.isTerminal[group] | limit | !isActive
        let truncated = current.isTruncated[group] & !terminal
        precondition(
          (current.isIdle[group] & !(terminal | truncated)).isNone, "Invariant: who idles has ended an episode")
        rollout.rewards[index] = reward
        rollout.terminal[index] = select(terminal, .one, .zero)
        rollout.truncated[index] = select(truncated, .one, .zero)
        rollout.noteCuts(step: step, group: group, truncated) { lane, row in
          scaling.write(current.finalObservations, group: group, lane: lane, into: row)
        }
        episodeReturns[group] += reward
        let ended = (terminal | truncated) & isActive
        rollout.noteEnds(index, ended, episodeReturns[group])
        statistics.note(reward, ended: ended, &episodeReturns[group])
      }
    }
    scaling.write(
      current.observations, groups: groups, into: rollout.observations, firstRow: rollout.steps * copies)
    progress.publish(rows: (rollout.steps + 1) * copies)
    if !statisticsAreFrozen { normaliser?.merge(sums) }
  }

  /// Values of everything that was seen, following the rollout.
  private func computeValues(_ progress: RowProgress) {
    let groups = rollout.groups
    let rows = rollout.observations.rows
    var row = 0
    while row < rows {
      let count = min(network.block, rows - row)
      progress.wait(rows: row + count)
      values(rollout.observations, firstRow: row, count: count) { offset, value in
        let group = (row + offset) / Lanes.count
        if group < rollout.steps * groups {
          rollout.values[group] = value
        } else {
          rollout.lastValues[group - rollout.steps * groups] = value
        }
      }
      row += count
    }
    for first in stride(from: 0, to: rollout.cutSamples.count, by: network.block) {
      let count = min(network.block, rollout.cutSamples.count - first)
      values(rollout.cutObservations, firstRow: first, count: count) { offset, value in
        for lane in 0..<min(Lanes.count, count - offset) {
          let sample = rollout.cutSamples[first + offset + lane]
          rollout.cutValues[sample / Lanes.count][sample % Lanes.count] = value[lane]
        }
      }
    }
  }

  private func values(
    _ observations: borrowing FloatMatrix, firstRow: Int, count: Int, _ take: (Int, Lanes) -> Void
  ) {
    network.forwardValue(observations.row(firstRow), stride: observations.stride, samples: count)
    let output = network.value.head
    for offset in stride(from: 0, to: count, by: Lanes.count) {
      take(offset, Lanes(output.row(offset), stride: output.stride, column: 0))
    }
  }

  // MARK: Advantages

  private func estimateAdvantages() {
    objective.cut(rollout.rewards, rollout.ends)
    rewardScaler?.scale(
      rollout.rewards, learns: !statisticsAreFrozen, terminal: rollout.terminal, truncated: rollout.truncated,
      idle: rollout.idle, discount: parameters.discount)
    let estimation = AdvantageEstimation(discount: parameters.discount, lambda: parameters.advantageLambda)
    estimation.advantages(
      rewards: rollout.rewards, values: rollout.values, lastValues: rollout.lastValues, terminal: rollout.terminal,
      truncated: rollout.truncated, cutValues: rollout.cutValues, into: rollout.advantages)
    for index in 0..<rollout.returns.count {
      rollout.returns[index] = rollout.advantages[index] + rollout.values[index]
    }
  }

  // MARK: Learning

  private func learn(_ record: inout UpdateRecord) throws(DivergedTraining) {
    var (policySums, valueSum, normSum) = (PolicySums(), 0.0, 0.0)
    epochs: for epoch in 0..<parameters.epochs {
      shuffle(epoch)
      for first in stride(from: 0, to: order.count, by: parameters.minibatch) {
        let batch = Minibatch(
          rollout, order, first..<min(first + parameters.minibatch, order.count), parameters, clip: record.clip)
        let (policyPart, valuePart) = gradient.compute(batch)
        policySums.add(policyPart)
        valueSum += valuePart
        if let target = parameters.targetKL, policyPart.kl > 1.5 * target * Double(batch.count) {
          break epochs
        }

        gradientSteps += 1
        record.gradientSteps += 1
        let norm = network.gradientNorm
        guard norm.isFinite else { throw DivergedTraining(update: updates + 1) }
        normSum += norm
        let step = AdamStep(
          count: gradientSteps, learningRate: record.learningRate, epsilon: parameters.adamEpsilon,
          gradientScale: norm > parameters.maximumGradientNorm ? parameters.maximumGradientNorm / norm : 1)
        network.shared?.update(step)
        pair.run {
          network.policy.update(step)
          network.logDeviation.update(step)
        } and: {
          network.value.update(step)
        }
      }
    }
    policySums.describe(&record)
    record.valueLoss = valueSum / max(1, policySums.samples)
    record.gradientNorm = normSum / Double(max(1, record.gradientSteps))
  }

  /// A new order of the samples (Fisher & Yates), drawn at (update, epoch).
  private func shuffle(_ epoch: Int) {
    var stream = SparseStream(minibatchKey, path: UInt64(epoch), lastWord: Int32(truncatingIfNeeded: updates))
    rollout.list(into: &order)
    for index in order.indices.dropFirst().reversed() {
      order.swapAt(index, Int(stream.uniform() * Double(index + 1)))
    }
  }
}

/// A training has come to numbers that are not finite: its steps are too large, or its rewards are no numbers.
package struct DivergedTraining: Error, Hashable, CustomStringConvertible {
  /// The number of the update, from 1.
  package let update: Int

  package var description: String {
    "the training diverged in update \(update): the gradient is no finite number; take a smaller learning rate, or look "
      + "at the rewards"
  }
}
