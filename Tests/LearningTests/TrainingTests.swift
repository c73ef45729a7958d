import Documents
import Foundation
import Learning
import LearningTasks
import Testing

@Suite("A training")
struct TrainingTests {
  /// A short training; every part of the algorithm takes part in it.
  static func training(
    seed: UInt64 = 1, threads: Int, shared: [Int] = [], updates: Int = 6,
    change: (inout PPOParameters) -> Void = { _ in }
  ) -> PPO {
    let task = CostlySignal()
    var parameters = PPOParameters()
    parameters.environments = 16
    parameters.rolloutSteps = 40
    parameters.totalSteps = updates * 640
    parameters.minibatch = 100
    parameters.epochs = 3
    parameters.finalLearningRate = 1e-4
    parameters.finalClip = 0.1
    parameters.normalisesObservations = true
    parameters.scalesRewards = true
    change(&parameters)
    return PPO(
      task,
      Architecture(
        observations: task.observations, shared: shared, policy: [24, 24], value: [20], actions: task.actions),
      parameters, seed: seed, threads: threads)
  }

  static func bytes(_ training: PPO) throws -> [UInt8] {
    try training.finish()
    let files = training.policy(origin: "test").files
    return files.document + files.weights + training.checkpoint
  }

  @Test("two trainings give the same bytes, on one thread and on two", arguments: [[], [12]])
  func deterministic(shared: [Int]) throws {
    let first = try Self.bytes(Self.training(threads: 1, shared: shared))
    #expect(try first == Self.bytes(Self.training(threads: 1, shared: shared)))
    #expect(try first == Self.bytes(Self.training(threads: 2, shared: shared)))
    #expect(try first == Self.bytes(Self.training(threads: 2, shared: shared)))
    #expect(try first != Self.bytes(Self.training(seed: 2, threads: 1, shared: shared)))
  }

  @Test("in the first minibatch every ratio is 1 and the divergence is 0, to the last bit", arguments: [[], [12]])
  func firstMinibatch(shared: [Int]) throws {
    // One minibatch of all samples: nothing has moved yet when it is measured.
    let training = Self.training(threads: 2, shared: shared) {
      $0.epochs = 1
      $0.minibatch = 640
    }
    for _ in 0..<3 {
      let record = try training.update()
      #expect(record.approximateKL == 0)
      #expect(record.clipFraction == 0)
      #expect(record.gradientSteps == 1)
      // Advantages are centred, and ρ = 1: their mean is the objective.
      #expect(abs(record.policyLoss) < 1e-12)
    }
  }

  @Test("an update ends when the policy has moved by more than 1.5 times the target")
  func endsEarly() throws {
    let free = Self.training(threads: 1) { $0.learningRate = 0.01 }
    let held = Self.training(threads: 1) {
      $0.learningRate = 0.01
      $0.targetKL = 0.001
    }
    let (freeRecord, heldRecord) = (try free.update(), try held.update())
    #expect(freeRecord.gradientSteps == 21)
    #expect(heldRecord.gradientSteps < 21)
    #expect(heldRecord.approximateKL < freeRecord.approximateKL)
  }

  @Test("learning rate and clip go to their ends in a straight line")
  func schedules() throws {
    let training = Self.training(threads: 1, updates: 4)
    let records = try (0..<4).map { _ in try training.update() }
    let rates: [Double] = [3e-4, 2.5e-4, 2e-4, 1.5e-4]
    let clips: [Double] = [0.2, 0.175, 0.15, 0.125]
    for (record, expected) in zip(records, zip(rates, clips)) {
      #expect(abs(record.learningRate - expected.0) < 1e-15)
      #expect(abs(record.clip - expected.1) < 1e-12)
    }
  }

  @Test("the scheduled learning rate and clip are those that are used")
  func schedulesAct() throws {
    func bytes(_ updates: Int, _ change: (inout PPOParameters) -> Void) throws -> [UInt8] {
      let training = Self.training(threads: 1, updates: 4) {
        // Fast enough for ratios to reach the clip.
        $0.learningRate = 0.01
        change(&$0)
      }
      for _ in 0..<updates { _ = try training.update() }
      return training.policy(origin: "test").files.weights
    }
    let changes: [(inout PPOParameters) -> Void] = [{ $0.finalLearningRate = 0.01 }, { $0.finalClip = 1e-3 }]
    for change in changes {
      // The first update is before any of the way to the end, the second after a quarter of it.
      #expect(try bytes(1, change) == bytes(1, { _ in }))
      #expect(try bytes(2, change) != bytes(2, { _ in }))
    }
  }

  @Test("each epoch and each update learn from the samples in another order")
  func shuffled() throws {
    var orders: Set<[Int32]> = []
    for epochs in 1...3 {
      let training = Self.training(threads: 1, updates: 3) { $0.epochs = epochs }
      for _ in 0..<3 {
        _ = try training.update()
        #expect(training.order.sorted() == (0..<640).map { Int32($0) })
        orders.insert(training.order)
      }
    }
    // The last orders of epochs 1, 2 and 3 in each of three updates.
    #expect(orders.count == 9)
  }

  @Test("a training whose rewards are no numbers ends with an error, not with a policy")
  func diverges() {
    let task = AutoregressiveReturns(aversion: .nan)
    let training = PPO(
      task, Architecture(observations: 1, policy: [4], value: [4], actions: task.actions), PPOParameters(), seed: 1)
    #expect(throws: DivergedTraining.self) { try training.update() }
  }

  @Test("what is logged of a steady income is its reward of 1 and its return of 5")
  func loggedRewards() throws {
    let task = SteadyIncome(steps: 5, isCut: false)
    var parameters = PPOParameters()
    parameters.totalSteps = 4096
    parameters.scalesRewards = true
    let training = PPO(
      task, Architecture(observations: 1, policy: [4], value: [4], actions: task.actions), parameters, seed: 1)
    // 256 steps a copy: 51 episodes end in the first rollout, and the 52nd in the second.
    for episodes in [51 * 8, 51 * 8] {
      let record = try training.update()
      #expect(record.meanReward == 1)
      #expect(record.meanReturn == 5)
      #expect(record.episodes == episodes)
      #expect(record.stepsPerSecond > 0)
    }
  }

  @Test("the explained variance is 1 less the share of the returns' variance that values miss")
  func explainedVariance() throws {
    let rollout = Rollout(steps: 2, groups: 1, observations: 1, actionSize: 1)
    for sample in 0..<16 {
      rollout.returns[sample / 8][sample % 8] = 100 + Double(sample)
      rollout.advantages[sample / 8][sample % 8] = 3 * Double(sample % 2)
    }
    // Of 0…15 the variance is (16² − 1)/12, of 0 and 3 by turns 9/4.
    #expect(abs(try #require(rollout.explainedVariance) - (1 - 2.25 / 21.25)) < 1e-12)
  }

  @Test("one that stops at a checkpoint and goes on ends in the same bytes", arguments: [1, 3, 5])
  func resumes(after updates: Int) throws {
    let whole = try Self.bytes(Self.training(threads: 1))
    let first = Self.training(threads: 2)
    for _ in 0..<updates { _ = try first.update() }
    let second = Self.training(threads: 1)
    try second.restore(first.checkpoint, file: "checkpoint")
    #expect(second.updates == updates)
    #expect(try Self.bytes(second) == whole)
  }

  @Test("one that is killed between two checkpoints resumes and ends in the same bytes")
  func killed() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("killed-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    setenv("KILLED_TRAINING", folder, 1)
    await #expect(processExitsWith: .signal(SIGKILL)) {
      let folder = ProcessInfo.processInfo.environment["KILLED_TRAINING"]!
      // Checkpoints after 2 and 4 updates; killed after the fifth was logged.
      _ = try TrainingFolder(folder, checkpointEvery: 2).run(
        TrainingTests.training(threads: 2), origin: "test", report: { if $0.update == 5 { kill(getpid(), SIGKILL) } })
    }
    // Whoever would begin anew in its folder is refused.
    #expect(throws: Problems.self) { try TrainingFolder(folder).run(Self.training(threads: 1), origin: "test") }
    var resumed: [Int] = []
    let training = Self.training(threads: 1)
    let records = try TrainingFolder(folder, checkpointEvery: 2).run(
      training, resume: true, origin: "test", report: { resumed.append($0.update) })
    #expect(resumed == [5, 6])
    #expect(records.map(\.update) == [1, 2, 3, 4, 5, 6])
    #expect(try Self.bytes(training) == Self.bytes(Self.training(threads: 1)))
    let policy = try Policy.read(folder)
    #expect(policy == training.policy(origin: "test"))
    let log = try String(contentsOfFile: folder + "/training.csv", encoding: .utf8).split(separator: "\n")
    #expect(log.first.map(String.init) == TrainingLog.header)
    #expect(log.dropFirst().compactMap { TrainingLog.record($0) } == records)
  }

  @Test("a checkpoint of another training is refused, and so is a damaged one")
  func foreignCheckpoints() throws {
    let checkpoint = Self.training(threads: 1).checkpoint
    #expect(throws: (any Error).self) { try Self.training(seed: 2, threads: 1).restore(checkpoint, file: "c") }
    #expect(throws: (any Error).self) {
      try Self.training(threads: 1, shared: [12]).restore(checkpoint, file: "c")
    }
    // Another task whose state has the same size, and one with another parameter.
    func training(_ task: any Environment) -> PPO {
      PPO(
        task, Architecture(observations: task.observations, policy: [4], value: [4], actions: task.actions),
        PPOParameters(), seed: 1, threads: 1)
    }
    let memory = training(AutoregressiveReturns()).checkpoint
    try training(AutoregressiveReturns()).restore(memory, file: "c")
    #expect(throws: Problems.self) { try training(RevertingPrice()).restore(memory, file: "c") }
    #expect(throws: Problems.self) { try training(AutoregressiveReturns(memory: 0.4)).restore(memory, file: "c") }
    for place in stride(from: 9, to: checkpoint.count, by: 499) {
      var damaged = checkpoint
      damaged[place] ^= 4
      #expect(throws: Problems.self) { try Self.training(threads: 1).restore(damaged, file: "c") }
    }
    for length in stride(from: 0, to: checkpoint.count, by: 997) {
      #expect(throws: (any Error).self) {
        try Self.training(threads: 1).restore(Array(checkpoint[..<length]), file: "c")
      }
    }
  }

  /// A change of the training that goes on, and what is told of it.
  static let foreign: [(seed: UInt64, shared: [Int], learningRate: Double, told: [String])] = [
    (2, [], 3e-4, ["seed 1 there, 2 here"]),
    (1, [], 0.5, ["hyperparameters.learningRate 0.0003 there, 0.5 here"]),
    (1, [12], 3e-4, ["architecture.shared [] there, [12] here"]),
    (2, [], 0.5, ["seed 1 there, 2 here", "hyperparameters.learningRate 0.0003 there, 0.5 here"]),
  ]

  @Test("of a checkpoint of another training everything that differs is told, and nothing else", arguments: foreign)
  func differences(seed: UInt64, shared: [Int], learningRate: Double, told: [String]) throws {
    let checkpoint = Self.training(threads: 1) { $0.learningRate = 3e-4 }.checkpoint
    let other = Self.training(seed: seed, threads: 1, shared: shared) { $0.learningRate = learningRate }
    let problems = try #require(
      #expect(throws: Problems.self) { try other.restore(checkpoint, file: "c") })
    #expect(
      problems.all.map(\.message)
        == ["the checkpoint belongs to another training (\(told.joined(separator: "; ")))"])
  }

  @Test("the log's numbers are those of the slow twin", arguments: [false, true])
  func recordedNumbers(clipsValues: Bool) {
    var parameters = PPOParameters()
    parameters.valueClip = clipsValues ? 0.3 : nil
    let random = RandomMinibatch(
      Architecture(observations: 4, policy: [8], value: [8], actions: .categorical(choices: 3)), parameters, count: 77)
    let parts = random.plain.parts(PlainLoss.Weights(random.network))
    let sums = MinibatchGradient(random.network, WorkerPair(isSplit: true)).compute(random.minibatch)
    var record = UpdateRecord()
    sums.policy.describe(&record)
    #expect(abs(record.policyLoss - parts.policy) < 1e-5)
    #expect(abs(record.entropy - parts.entropy) < 1e-5)
    #expect(abs(record.approximateKL - parts.kl) < 1e-5)
    #expect(abs(record.clipFraction - parts.clipFraction) < 1e-12)
    #expect(abs(sums.value / 77 - parts.value) < 1e-5)
  }
}
