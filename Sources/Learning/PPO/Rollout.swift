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
  /// Actions before clipping, a row a sample.
  package let actions: FloatMatrix
  /// log p of each action, [step · groups + group], as all that follow.
  package let logProbabilities: LaneColumn
  /// Values of the observations.
  package let values: LaneColumn
  /// Rewards.
  let rewards: LaneColumn
  /// 1 where the step ended an episode for good, else 0.
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
    terminal = LaneColumn(count: count)
    truncated = LaneColumn(count: count)
    cutValues = LaneColumn(count: count)
    lastValues = LaneColumn(count: groups)
    advantages = LaneColumn(count: count)
    returns = LaneColumn(count: count)
  }

  /// Groups of lanes.
  var groups: Int { copies / Lanes.count }
  /// The number of samples.
  package var samples: Int { steps * copies }

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

  /// 1 − Var(return − value)/Var(return); nil where returns do not vary.
  package var explainedVariance: Double? {
    let count = Double(samples)
    var (sum, square, errorSum, errorSquare) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
    let centre = Lanes(returns[0][0])
    for index in 0..<returns.count {
      let value = returns[index] - centre
      sum += value
      square = fma(value, value, square)
      errorSum += advantages[index]
      errorSquare = fma(advantages[index], advantages[index], errorSquare)
    }
    let variance = square.sum / count - (sum.sum / count) * (sum.sum / count)
    let unexplained = errorSquare.sum / count - (errorSum.sum / count) * (errorSum.sum / count)
    return variance > 0 ? 1 - unexplained / variance : nil
  }
}
