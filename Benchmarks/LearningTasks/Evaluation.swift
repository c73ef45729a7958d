import Lanes
import Learning
import Randomness

/// What a deterministic policy earns, on draws that no training has seen.
package struct Evaluation {
  /// Mean reward of a step.
  package let mean: Double
  /// Its standard error, from the means of the copies.
  package let standardError: Double
  /// Least-squares slope of the action on the first observation, through the origin.
  package let slope: Double

  /// Lets a rule act in some copies of a task.
  ///
  /// - Parameter act: fills the actions given the observations.
  package init(
    _ task: any Environment, copies: Int = 512, steps: Int = 1000, seed: UInt64 = 99,
    act: ([Lanes], inout [Lanes]) -> Void
  ) {
    let groups = copies / Lanes.count
    let tile = task.makeTile(groups: groups, streams: RandomStreams(seed: seed, namespace: .test))
    var step = EnvironmentStep(groups: groups, observations: task.observations)
    var actions = Array(repeating: Lanes.zero, count: groups * task.actions.size)
    var sums = Array(repeating: Lanes.zero, count: groups)
    var (product, square) = (0.0, 0.0)
    tile.begin(&step.observations)
    for _ in 0..<steps {
      act(step.observations, &actions)
      for group in 0..<groups {
        for lane in 0..<Lanes.count {
          let x = step.observations[group * task.observations][lane]
          product += x * actions[group * task.actions.size][lane]
          square += x * x
        }
      }
      tile.advance(actions, &step)
      for group in 0..<groups { sums[group] += step.reward[group] }
    }
    let means = sums.flatMap { lanes in (0..<Lanes.count).map { lanes[$0] / Double(steps) } }
    let mean = means.reduce(0, +) / Double(copies)
    let squares = means.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
    self.mean = mean
    standardError = (squares / Double(copies - 1) / Double(copies)).squareRoot()
    slope = product / square
  }

  /// Lets a policy act, on draws that go with the seed it was trained with.
  package init(_ task: any Environment, _ policy: Policy, copies: Int = 512, steps: Int = 1000) {
    let evaluator = PolicyEvaluator(policy)
    self.init(task, copies: copies, steps: steps, seed: 1_000 + (policy.seed ?? 0)) { evaluator.act($0, into: &$1) }
  }
}
