import Lanes

/// What the copies of the environment went through under one policy: T steps of N copies, sample number t·N + copy.
package final class Rollout {
  /// Steps.
  let steps: Int
  /// Copies.
  let copies: Int
  /// Normalised observations, a row a sample with its one at the end, and behind them those after the last step.
  package let observations: FloatMatrix
  /// Observations of episodes that were cut off, in the order in which that happened.
  let cutObservations: FloatMatrix
  /// The sample after which each of them was cut.
  var cutSamples: [Int] = []
  /// The episodes that ended, in the order in which they did.
  var ends: [EpisodeEnd] = []
  /// Actions before clipping, a row a sample.
  package let actions: FloatMatrix
  /// log p of each action, [step · groups + group], as all that follow.
  package let logProbabilities: LaneColumn
  /// Values of the observations.
  package let values: LaneColumn
  /// Rewards.
  let rewards: LaneColumn
  /// 1 where the copy was idle as the step was taken, else 0: no sample.
  package let idle: LaneColumn
  /// 1 where the step ended an episode for good, or the copy was idle, else 0.
  let terminal: LaneColumn
  /// 1 where the episode was cut off after the step, else 0.
  let truncated: LaneColumn
  /// Values of what was seen last where an episode was cut off.
  let cutValues: LaneColumn
  /// Values after the last step, [group].
  let lastValues: LaneColumn
  /// Advantages.
  package let advantages: LaneColumn
  /// Advantage and value: what the value function learns.
  package let returns: LaneColumn

  /// Room for a rollout.
  ///
  /// - Parameters:
  ///   - count: numbers of an observation.
  ///   - actionSize: numbers of an action.
  package init(steps: Int, groups: Int, observations count: Int, actionSize: Int) {
    self.steps = steps
    copies = groups * Lanes.count
    observations = FloatMatrix(rows: (steps + 1) * groups * Lanes.count, columns: count + 1)
    cutObservations = FloatMatrix(rows: steps * groups * Lanes.count, columns: count + 1)
    actions = FloatMatrix(rows: steps * groups * Lanes.count, columns: actionSize)
    for row in 0..<observations.rows { observations[row, count] = 1 }
    for row in 0..<cutObservations.rows { cutObservations[row, count] = 1 }
    let count = steps * groups
    logProbabilities = LaneColumn(count: count)
    values = LaneColumn(count: count)
    rewards = LaneColumn(count: count)
    idle = LaneColumn(count: count)
    terminal = LaneColumn(count: count)
    truncated = LaneColumn(count: count)
    cutValues = LaneColumn(count: count)
    lastValues = LaneColumn(count: groups)
    advantages = LaneColumn(count: count)
    returns = LaneColumn(count: count)
  }

  /// Groups of lanes.
  var groups: Int { copies / Lanes.count }
  /// The number of samples, those of idle copies among them.
  package var samples: Int { steps * copies }
  /// The number of samples to learn from.
  var activeSamples: Int { (0..<idle.count).reduce(0) { $0 + isActive($1).count } }

  /// Which copies had an episode, at a place in the columns.
  @inline(__always)
  func isActive(_ index: Int) -> Mask { !(idle[index] .> 0) }

  /// Lists the samples to learn from, first to last.
  func list(into order: inout [Int32]) {
    order.removeAll(keepingCapacity: true)
    for index in 0..<idle.count {
      let isActive = isActive(index)
      for lane in 0..<Lanes.count where isActive[lane] { order.append(Int32(index * Lanes.count + lane)) }
    }
  }

  /// Notes the last sights of episodes that were cut off after a step.
  ///
  /// - Parameter rows: writes the row of one lane of a group.
  func noteCuts(step: Int, group: Int, _ truncated: Mask, _ row: (Int, UnsafeMutablePointer<Float>) -> Void) {
    guard truncated.isAny else { return }
    for lane in 0..<Lanes.count where truncated[lane] {
      row(lane, cutObservations.row(cutSamples.count))
      cutSamples.append(step * copies + group * Lanes.count + lane)
    }
  }

  /// Notes episodes that ended with a step.
  ///
  /// - Parameter totals: sums of the rewards of each copy's episode.
  func noteEnds(_ index: Int, _ ended: Mask, _ totals: Lanes) {
    guard ended.isAny else { return }
    for lane in 0..<Lanes.count where ended[lane] {
      ends.append(EpisodeEnd(index: index, lane: lane, total: totals[lane]))
    }
  }

  /// 1 − Var(return − value)/Var(return), idle copies left out; nil where returns do not vary.
  package var explainedVariance: Double? {
    let count = Double(activeSamples)
    var (sum, square, errorSum, errorSquare) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
    var centre: Double?
    for index in 0..<returns.count {
      let isActive = isActive(index)
      if centre == nil { centre = isActive.first.map { returns[index][$0] } }
      let value = select(isActive, returns[index] - (centre ?? 0), .zero)
      let error = select(isActive, advantages[index], .zero)
      sum += value
      square = fma(value, value, square)
      errorSum += error
      errorSquare = fma(error, error, errorSquare)
    }
    let variance = square.sum / count - (sum.sum / count) * (sum.sum / count)
    let unexplained = errorSquare.sum / count - (errorSum.sum / count) * (errorSum.sum / count)
    return variance > 0 ? 1 - unexplained / variance : nil
  }
}
