import Foundation
import Lanes
import Learning
import LearningTasks
import Randomness
import Testing

@Suite("Normalisation")
struct NormaliserTests {
  @Test("a saved policy sees observations as it saw them while it learned")
  func savedWithThePolicy() throws {
    let training = TrainingTests.training(threads: 1, updates: 3)
    try training.finish()
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
    try training.finish()
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
    try first.finish()
    let frozen = TrainingTests.training(threads: 1, updates: 6) { $0.statisticsSteps = 641 }
    try frozen.finish()
    let (early, late) = (
      try #require(first.policy(origin: "test").normaliser), try #require(frozen.policy(origin: "test").normaliser)
    )
    // 640 steps are too few, so the second rollout still counts.
    #expect(early.count == 1280)
    #expect(late == early)
  }

  /// Large numbers that do not vary, and large ones that vary little.
  private struct LargeNumbers: SmallTask {
    var observations: Int { 3 }
    var actions: ActionSpace { .categorical(choices: 2) }
    func begin(_ z: NormalBlock) -> TaskState { [z.z0, .zero, .zero, .zero] }
    func look(_ state: TaskState) -> [Lanes] { [Lanes(50_000.37), 1e5 + 1e-3 * state[0], 1e8 / 3 + 0 * state[0]] }
    func step(_ state: inout TaskState, _ action: Lanes, _ z: NormalBlock) -> (reward: Lanes, isTerminal: Mask) {
      state[0] = z.z0
      return (.one, .none)
    }
  }

  @Test("no variance is negative or lost where numbers are large and vary little")
  func largeNumbers() throws {
    let task = LargeNumbers()
    var parameters = PPOParameters()
    parameters.normalisesObservations = true
    parameters.totalSteps = 3 * 2048
    let training = PPO(
      task, Architecture(observations: 3, policy: [4], value: [4], actions: task.actions), parameters, seed: 1)
    try training.finish()
    let policy = training.policy(origin: "test")
    let variance = try #require(policy.normaliser).variance
    // 6,144 normals: their variance is within 10 % of 1 but for one seed in 10⁷.
    #expect(variance[0] == 0 && variance[2] == 0)
    #expect(abs(variance[1] / 1e-6 - 1) < 0.1)
    #expect(try PolicyFileTests.read(policy.files) == policy)
  }
}
