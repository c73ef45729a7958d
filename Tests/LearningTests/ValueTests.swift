import Lanes
import Learning
import LearningTasks
import Randomness
import Testing

/// A reward of 1 at every step has a value in closed form, which tells ends from cuts.
@Suite("Values of a steady income")
struct ValueTests {
  static let discount = 0.8
  static let steps = 5

  /// What a training believes its observations are worth, by steps taken in the episode.
  static func values(isCut: Bool) throws -> [Double] {
    let task = SteadyIncome(steps: steps, isCut: isCut)
    var parameters = PPOParameters()
    parameters.totalSteps = 200 * 512
    parameters.environments = 16
    parameters.rolloutSteps = 32
    parameters.minibatch = 128
    parameters.epochs = 8
    parameters.discount = discount
    parameters.learningRate = 3e-3
    parameters.finalLearningRate = 0
    parameters.maximumGradientNorm = 10
    let training = PPO(
      task, Architecture(observations: 1, policy: [8], value: [32, 32], actions: task.actions), parameters, seed: 1)
    try training.finish()
    let evaluator = PolicyEvaluator(training.policy(origin: "test"))
    return (0..<steps).map { taken in
      evaluator.values([isCut ? .zero : Lanes(Double(taken) * 2 / Double(steps) - 1)])[0][0]
    }
  }

  @Test("an episode that ends is worth what is still to come in it")
  func ends() throws {
    for (taken, value) in try Self.values(isCut: false).enumerated() {
      var expected = 0.0
      for _ in taken..<Self.steps { expected = 1 + Self.discount * expected }
      #expect(abs(value - expected) < 0.05 * expected, "after \(taken) steps: \(value), expected \(expected)")
    }
  }

  @Test("an episode that is cut off is worth as much as one that goes on for ever")
  func cuts() throws {
    for (taken, value) in try Self.values(isCut: true).enumerated() {
      let expected = 1 / (1 - Self.discount)
      #expect(abs(value - expected) < 0.05 * expected, "after \(taken) steps: \(value), expected \(expected)")
    }
  }

  @Test("where episodes are cut at ages of their own, each counts the value of its own last state")
  func levels() throws {
    let task = LevelIncome()
    var parameters = PPOParameters()
    parameters.totalSteps = 300 * 1024
    parameters.environments = 32
    parameters.rolloutSteps = 32
    parameters.minibatch = 256
    parameters.epochs = 8
    parameters.discount = Self.discount
    parameters.learningRate = 3e-3
    parameters.finalLearningRate = 0
    parameters.maximumGradientNorm = 10
    let training = PPO(
      task, Architecture(observations: 1, policy: [8], value: [32, 32], actions: task.actions), parameters, seed: 1)
    try training.finish()
    let evaluator = PolicyEvaluator(training.policy(origin: "test"))
    for level in [-1.5, -0.5, 0, 0.5, 1.5] {
      let value = evaluator.values([Lanes(level)])[0][0]
      let expected = level / (1 - Self.discount)
      #expect(abs(value - expected) < 0.35, "level \(level): \(value), expected \(expected)")
    }
  }
}
