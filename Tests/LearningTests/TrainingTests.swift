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

  static func bytes(_ training: PPO) -> [UInt8] {
    while !training.isFinished { _ = training.update() }
    let files = training.policy(origin: "test").files
    return files.document + files.weights + training.checkpoint
  }

  @Test("two trainings give the same bytes, on one thread and on two", arguments: [[], [12]])
  func deterministic(shared: [Int]) {
    let first = Self.bytes(Self.training(threads: 1, shared: shared))
    #expect(first == Self.bytes(Self.training(threads: 1, shared: shared)))
    #expect(first == Self.bytes(Self.training(threads: 2, shared: shared)))
    #expect(first == Self.bytes(Self.training(threads: 2, shared: shared)))
    #expect(first != Self.bytes(Self.training(seed: 2, threads: 1, shared: shared)))
  }

  @Test("in the first minibatch every ratio is 1 and the divergence is 0, to the last bit", arguments: [[], [12]])
  func firstMinibatch(shared: [Int]) {
    // One minibatch of all samples: nothing has moved yet when it is measured.
    let training = Self.training(threads: 2, shared: shared) {
      $0.epochs = 1
      $0.minibatch = 640
    }
    for _ in 0..<3 {
      let record = training.update()
      #expect(record.approximateKL == 0)
      #expect(record.clipFraction == 0)
      #expect(record.gradientSteps == 1)
      // Advantages are centred, and ρ = 1: their mean is the objective.
      #expect(abs(record.policyLoss) < 1e-12)
    }
  }

  @Test("an update ends when the policy has moved by more than 1.5 times the target")
  func endsEarly() {
    let free = Self.training(threads: 1) { $0.learningRate = 0.01 }
    let held = Self.training(threads: 1) {
      $0.learningRate = 0.01
      $0.targetKL = 0.001
    }
    let (freeRecord, heldRecord) = (free.update(), held.update())
    #expect(freeRecord.gradientSteps == 21)
    #expect(heldRecord.gradientSteps < 21)
    #expect(heldRecord.approximateKL < freeRecord.approximateKL)
  }

  @Test("learning rate and clip go to their ends in a straight line")
  func schedules() {
    let training = Self.training(threads: 1, updates: 4)
    let records = (0..<4).map { _ in training.update() }
    let rates: [Double] = [3e-4, 2.5e-4, 2e-4, 1.5e-4]
    let clips: [Double] = [0.2, 0.175, 0.15, 0.125]
    for (record, expected) in zip(records, zip(rates, clips)) {
      #expect(abs(record.learningRate - expected.0) < 1e-15)
      #expect(abs(record.clip - expected.1) < 1e-12)
    }
  }

  @Test("one that stops at a checkpoint and goes on ends in the same bytes", arguments: [1, 3, 5])
  func resumes(after updates: Int) throws {
    let whole = Self.bytes(Self.training(threads: 1))
    let first = Self.training(threads: 2)
    for _ in 0..<updates { _ = first.update() }
    let second = Self.training(threads: 1)
    try second.restore(first.checkpoint, file: "checkpoint")
    #expect(second.updates == updates)
    #expect(Self.bytes(second) == whole)
  }

  @Test("one that is killed in the middle of an update resumes and ends in the same bytes")
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
    var resumed: [Int] = []
    let training = Self.training(threads: 1)
    let records = try TrainingFolder(folder, checkpointEvery: 2).run(
      training, resume: true, origin: "test", report: { resumed.append($0.update) })
    #expect(resumed == [5, 6])
    #expect(records.map(\.update) == [1, 2, 3, 4, 5, 6])
    #expect(Self.bytes(training) == Self.bytes(Self.training(threads: 1)))
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
    for length in stride(from: 0, to: checkpoint.count, by: 997) {
      #expect(throws: (any Error).self) {
        try Self.training(threads: 1).restore(Array(checkpoint[..<length]), file: "c")
      }
    }
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
