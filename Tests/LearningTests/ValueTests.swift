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
  static func values(isCut: Bool) -> [Double] {
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
    while !training.isFinished { _ = training.update() }
    let evaluator = PolicyEvaluator(training.policy(origin: "test"))
    return (0..<steps).map { taken in
      evaluator.values([isCut ? .zero : Lanes(Double(taken) * 2 / Double(steps) - 1)])[0][0]
    }
  }

  @Test("an episode that ends is worth what is still to come in it")
  func ends() {
    for (taken, value) in Self.values(isCut: false).enumerated() {
      var expected = 0.0
      for _ in taken..<Self.steps { expected = 1 + Self.discount * expected }
      #expect(abs(value - expected) < 0.05 * expected, "after \(taken) steps: \(value), expected \(expected)")
    }
  }

  @Test("an episode that is cut off is worth as much as one that goes on for ever")
  func cuts() {
    for (taken, value) in Self.values(isCut: true).enumerated() {
      let expected = 1 / (1 - Self.discount)
      #expect(abs(value - expected) < 0.05 * expected, "after \(taken) steps: \(value), expected \(expected)")
    }
  }
}
