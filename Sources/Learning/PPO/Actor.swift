import Lanes
import Randomness

/// Lets a policy act in all copies of an environment, with the noise of exploration.
struct Actor {
  /// What the environment gets: actions after clipping, [group · size + index].
  private(set) var clippedActions: [Lanes]
  private let network: Network
  private var distribution: any ActionDistribution
  /// Uniforms of group and pair, [group · pairs + pair]; drawn at (copy, step).
  private let noise: [DenseStream]
  private let pairs: Int
  private let space: ActionSpace
  private var action: [Lanes]

  init(_ network: Network, groups: Int, streams: RandomStreams) {
    self.network = network
    space = network.architecture.actions
    distribution = network.distribution
    let pairs = (space.size + 1) / 2
    self.pairs = pairs
    let key = streams.key("learner/exploration")
    noise = (0..<groups * pairs).map { index in
      DenseStream(
        key, PathGroup(firstPath: UInt64(index / pairs * Lanes.count)), block: UInt32(index % pairs))
    }
    clippedActions = Array(repeating: .zero, count: groups * space.size)
    action = Array(repeating: .zero, count: space.size)
  }

  /// Draws the actions of one step of a rollout and notes them.
  ///
  /// - Parameter clock: the number of the step in the whole training.
  mutating func act(_ rollout: Rollout, step: Int, clock: Int32) {
    let (groups, size) = (rollout.groups, space.size)
    let (noise, pairs) = (noise, pairs)
    let head = network.policy.head
    for block in stride(from: 0, to: rollout.copies, by: network.block) {
      let samples = min(network.block, rollout.copies - block)
      let first = step * rollout.copies + block
      network.forwardPolicy(rollout.observations.row(first), stride: rollout.observations.stride, samples: samples)
      for offset in stride(from: 0, to: samples, by: Lanes.count) {
        let group = (block + offset) / Lanes.count
        let y = head.row(offset)
        distribution.sample(
          y, stride: head.stride, uniforms: { noise[group * pairs + $0].uniforms52(step: clock) }, into: &action)
        for index in 0..<size {
          // What is learned from is what is stored: in single precision.
          action[index].write(rollout.actions.row(first + offset), stride: rollout.actions.stride, column: index)
          action[index] = Lanes(
            rollout.actions.row(first + offset), stride: rollout.actions.stride, column: index)
        }
        rollout.logProbabilities[step * groups + group] =
          distribution.evaluate(y, stride: head.stride, actions: action).logProbability
        for index in 0..<size { clippedActions[group * size + index] = space.clipped(action[index], index) }
      }
    }
  }
}

extension ActionSpace {
  /// What reaches an environment: a choice as it is, a number within its bounds.
  @inline(__always)
  func clipped(_ action: Lanes, _ index: Int) -> Lanes {
    switch self {
    case .categorical: action
    case .gaussian(let low, let high): max(min(action, high[index]), low[index])
    }
  }
}
