import Learning
import LearningTasks
import Testing

/// The quick ones of the closed-form gates; all of them, over five seeds, are `make proofs`.
@Suite("Closed-form gates")
struct GateTests {
  struct Quick: CustomTestStringConvertible {
    let name: String
    let seeds: ClosedRange<UInt64>
    var testDescription: String { name }
  }

  @Test(
    "a training reaches the optimum, and a policy that has not learned does not",
    arguments: [Quick(name: "B1", seeds: 1...2), Quick(name: "B5", seeds: 1...2), Quick(name: "B0", seeds: 1...3)])
  func reached(_ quick: Quick) throws {
    let gate = try #require(Gates.all.first { $0.name == quick.name })
    var (before, after): ([[Double]], [[Double]]) = ([], [])
    for seed in quick.seeds {
      let training = PPO(gate.task, gate.architecture, gate.parameters, seed: seed)
      before.append(gate.measure(training.policy(origin: "test")))
      try training.finish()
      after.append(gate.measure(training.policy(origin: "test")))
    }
    #expect(gate.complaints(after) == [])
    if gate.untrainedFails { #expect(gate.complaints(before) != []) }
  }
}
