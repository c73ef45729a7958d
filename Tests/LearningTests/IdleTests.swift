import Lanes
import Learning
import Testing

@Suite("Copies that idle")
struct IdleTests {
  /// Lives from 1 to 12 steps on paths of 12: some copies never idle, some live for a single step.
  static let staggered: @Sendable (Int) -> Int = { $0 * 7 % 12 + 1 }

  static func training(
    _ task: MortalPaths, steps: Int, updates: Int = 1, shared: [Int] = [], threads: Int = 1,
    change: (inout PPOParameters) -> Void = { _ in }
  ) -> PPO {
    var parameters = PPOParameters()
    parameters.environments = 16
    parameters.rolloutSteps = steps
    parameters.totalSteps = updates * 16 * steps
    parameters.minibatch = 50
    parameters.epochs = 3
    parameters.normalisesObservations = true
    parameters.scalesRewards = true
    change(&parameters)
    return PPO(
      task, Architecture(observations: 2, shared: shared, policy: [12], value: [20], actions: task.actions), parameters,
      seed: 5, threads: threads)
  }

  /// What a training has learned, and what it tells of its last update but for steps and speed.
  private static func outcome(_ training: PPO) throws -> (policy: Policy, record: UpdateRecord) {
    var record = UpdateRecord()
    while !training.isFinished { record = try training.update() }
    (record.steps, record.stepsPerSecond) = (0, 0)
    return (training.policy(origin: "test"), record)
  }

  @Test("an update is that without their samples, to the last bit", arguments: [[], [12]], [1, 2])
  func leftOut(shared: [Int], threads: Int) throws {
    // All die after the rollout's first half, or after the only half there is.
    let (half, number) = (21, 1e30)
    let idling = MortalPaths(length: 2 * half, life: { _ in half }, idleNumber: number)
    let busy = MortalPaths(length: half, life: { _ in half })
    let (policy, record) = try Self.outcome(
      Self.training(idling, steps: 2 * half, shared: shared, threads: threads))
    let (expected, expectedRecord) = try Self.outcome(
      Self.training(busy, steps: half, shared: shared, threads: threads))
    #expect(policy.weights == expected.weights)
    #expect(policy.normaliser == expected.normaliser)
    #expect(record == expectedRecord)
    #expect(record.gradientSteps == 21)
  }

  @Test(
    "nothing that they show, earn or say reaches anything, on one thread or two",
    arguments: [-1e30, .infinity, .nan], [[], [12]])
  func meaningless(number: Double, shared: [Int]) throws {
    func bytes(_ number: Double, ends: Bool, threads: Int) throws -> [UInt8] {
      let task = MortalPaths(
        length: 12, life: Self.staggered, cutsOdd: true, idleNumber: number, idleEnds: ends)
      return try TrainingTests.bytes(Self.training(task, steps: 31, updates: 4, shared: shared, threads: threads))
    }
    let expected = try bytes(0, ends: false, threads: 1)
    for threads in [1, 2] { #expect(try bytes(number, ends: true, threads: threads) == expected) }
  }

  @Test("each sample of a living copy is learned from in each epoch, and no other")
  func order() throws {
    let training = Self.training(MortalPaths(length: 12, life: Self.staggered), steps: 31, updates: 4)
    for update in 0..<4 {
      _ = try training.update()
      let expected = (0..<(31 * 16)).filter { (update * 31 + $0 / 16) % 12 < Self.staggered($0 % 16) }
      #expect(training.order.map { Int($0) }.sorted() == expected)
    }
  }

  @Test("one that stops while copies idle goes on in the same bytes", arguments: [1, 2, 3])
  func resumes(after updates: Int) throws {
    func training(threads: Int) -> PPO {
      Self.training(
        MortalPaths(length: 12, life: Self.staggered, cutsOdd: true, idleNumber: .nan), steps: 31, updates: 4,
        threads: threads)
    }
    let first = training(threads: 2)
    for _ in 0..<updates { _ = try first.update() }
    let second = training(threads: 1)
    try second.restore(first.checkpoint, file: "checkpoint")
    #expect(try TrainingTests.bytes(second) == TrainingTests.bytes(training(threads: 1)))
  }

  @Test("a rollout in which all idle changes nothing and is no mistake")
  func allIdle() throws {
    let training = Self.training(MortalPaths(length: 93, life: { _ in 9 }, idleNumber: .nan), steps: 31, updates: 4)
    let first = try training.update()
    let weights = training.policy(origin: "test").weights
    for update in 2...3 {
      let record = try training.update()
      #expect(record.steps == update * 31 * 16)
      #expect(record.gradientSteps == 0)
      #expect(record.meanReward == 0 && record.valueLoss == 0 && record.policyLoss == 0 && record.entropy == 0)
      #expect(record.meanReturn == nil && record.explainedVariance == nil && record.episodes == 0)
      #expect(TrainingLog.record(TrainingLog.row(record)) == record)
      #expect(training.policy(origin: "test").weights == weights)
    }
    let last = try training.update()
    #expect(last.gradientSteps == first.gradientSteps)
    #expect(training.policy(origin: "test").weights != weights)
  }

  @Test("what is logged and what observations are scaled by is of living copies alone")
  func statistics() throws {
    let task = MortalPaths(length: 12, life: Self.staggered, stake: 0, idleNumber: 1e30)
    let training = Self.training(task, steps: 36, updates: 2)
    var left: [Double] = []
    for copy in 0..<16 {
      for age in 0..<Self.staggered(copy) { left.append(MortalPaths.look(left: Self.staggered(copy) - age, z: 0)[0]) }
    }
    for _ in 0..<2 {
      let record = try training.update()
      #expect(record.meanReward == 1)
      // Three paths end in a rollout, each worth its life to each copy.
      #expect(record.episodes == 48)
      #expect(record.meanReturn == Double(left.count) / 16)
    }
    let normaliser = try #require(training.policy(origin: "test").normaliser)
    let mean = left.reduce(0, +) / Double(left.count)
    let variance = left.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(left.count)
    #expect(normaliser.count == Double(6 * left.count))
    #expect(abs(normaliser.mean[0] - mean) < 1e-12)
    #expect(abs(normaliser.variance[0] - variance) < 1e-12)
    // z has a mean of 0 and a variance of 1, each within 5 standard errors but for one seed in 10⁶.
    let error = 1 / normaliser.count.squareRoot()
    #expect(abs(normaliser.mean[1]) < 5 * error && abs(normaliser.variance[1] - 1) < 5 * 2.0.squareRoot() * error)
  }

  @Test("the explained variance is that of living copies alone")
  func explainedVariance() throws {
    let rollout = Rollout(steps: 2, groups: 1, observations: 1, actionSize: 1)
    for sample in 0..<16 {
      // Of the even samples, which idle, nothing counts.
      let isIdle = sample % 2 == 0
      rollout.idle[sample / 8][sample % 8] = isIdle ? 1 : 0
      rollout.returns[sample / 8][sample % 8] = isIdle ? .nan : 100 + Double(sample / 2)
      rollout.advantages[sample / 8][sample % 8] = isIdle ? 1e30 : 3 * Double(sample / 2 % 2)
    }
    // Of 0…7 the variance is (8² − 1)/12, of 0 and 3 by turns 9/4.
    #expect(abs(try #require(rollout.explainedVariance) - (1 - 2.25 / 5.25)) < 1e-12)
    for index in 0..<2 { rollout.idle[index] = .one }
    #expect(rollout.explainedVariance == nil)
  }

  @Test("a step of a steady income is worth what is still to come in its copy's life")
  func values() throws {
    let (discount, longest) = (0.8, 5)
    let task = MortalPaths(length: 9, life: { $0 % longest + 1 }, stake: 0, idleNumber: 1e30)
    let training = Self.training(task, steps: 36, updates: 300) {
      $0.normalisesObservations = false
      $0.scalesRewards = false
      $0.minibatch = 128
      $0.epochs = 8
      $0.discount = discount
      $0.learningRate = 3e-3
      $0.finalLearningRate = 0
      $0.maximumGradientNorm = 10
    }
    while !training.isFinished { _ = try training.update() }
    let evaluator = PolicyEvaluator(training.policy(origin: "test"))
    var expected = 0.0
    for left in 1...longest {
      expected = 1 + discount * expected
      let value = evaluator.values(MortalPaths.look(left: left, z: 0).map { Lanes($0) })[0][0]
      #expect(abs(value - expected) < 0.05 * expected, "\(left) steps to live: \(value), expected \(expected)")
    }
  }
}
