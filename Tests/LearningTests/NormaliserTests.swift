import Foundation
import Lanes
import Learning
import LearningTasks
import Testing

@Suite("Normalisation")
struct NormaliserTests {
  @Test("a saved policy sees observations as it saw them while it learned")
  func savedWithThePolicy() throws {
    let training = TrainingTests.training(threads: 1, updates: 3)
    while !training.isFinished { _ = training.update() }
    let policy = training.policy(origin: "test")
    let normaliser = try #require(policy.normaliser)
    // Of 3 × 640 observations the signal is seen at half its size: deviation 1.15, and no more than that.
    #expect(normaliser.count == 1920)
    #expect(normaliser.variance[0] > 0.3 && normaliser.variance[0] < 3)
    let raw = [Lanes(0.7), Lanes(-0.2)]
    let scaled = zip(raw, zip(normaliser.mean, normaliser.variance)).map { value, statistics in
      (value - statistics.0) * (1 / (statistics.1 + normaliser.epsilon).squareRoot())
    }
    let bare = Policy(
      architecture: policy.architecture, normaliser: nil, weights: policy.weights, parameters: nil, seed: nil,
      origin: "test")
    var (withStatistics, without) = ([Lanes.zero], [Lanes.zero])
    PolicyEvaluator(policy).act(raw, into: &withStatistics)
    PolicyEvaluator(bare).act(scaled, into: &without)
    #expect(withStatistics == without)
    PolicyEvaluator(bare).act(raw, into: &without)
    #expect(withStatistics != without)
  }

  @Test("its statistics are the mean and variance of all that was seen, rollout by rollout")
  func statistics() throws {
    // Rewards do not matter here: the learning rate is too small to move anything.
    let training = TrainingTests.training(threads: 1, updates: 4) { $0.learningRate = 1e-12 }
    var seen: [[Double]] = [[], []]
    let task = CostlySignal()
    // The same task under a policy that stands still sees the same signals: those do not depend on actions.
    while !training.isFinished { _ = training.update() }
    let tile = task.makeTile(groups: 2, streams: .init(seed: 1, namespace: .train))
    var step = EnvironmentStep(groups: 2, observations: 2)
    tile.begin(&step.observations)
    for _ in 0..<160 {
      for group in 0..<2 { seen[0] += (0..<8).map { step.observations[group * 2][$0] } }
      tile.advance([.zero, .zero], &step)
    }
    let normaliser = try #require(training.policy(origin: "test").normaliser)
    let n = Double(seen[0].count)
    let mean: Double = seen[0].reduce(0, +) / n
    let variance: Double = seen[0].map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / n
    #expect(normaliser.count == n)
    #expect(abs(normaliser.mean[0] - mean) < 1e-12)
    #expect(abs(normaliser.variance[0] - variance) < 1e-12 * variance + 1e-12)
  }

  @Test("statistics that are frozen stand still, and those before them are kept")
  func frozen() throws {
    let first = TrainingTests.training(threads: 1, updates: 2) { $0.statisticsSteps = 641 }
    while !first.isFinished { _ = first.update() }
    let frozen = TrainingTests.training(threads: 1, updates: 6) { $0.statisticsSteps = 641 }
    while !frozen.isFinished { _ = frozen.update() }
    let (early, late) = (
      try #require(first.policy(origin: "test").normaliser), try #require(frozen.policy(origin: "test").normaliser)
    )
    // 640 steps are too few, so the second rollout still counts.
    #expect(early.count == 1280)
    #expect(late == early)
  }
}
