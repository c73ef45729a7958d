import Lanes
import Learning
import Randomness
import Testing

@Suite("What is made of the returns of episodes")
struct EpisodeObjectiveTests {
  private static func returns(_ count: Int, seed: UInt64) -> [Double] {
    var stream = SparseStream(RandomStreams(seed: seed, namespace: .test).key("returns"), path: 0)
    return (0..<count).map { _ in 4 * stream.uniform() * stream.uniform() - 1 }
  }

  /// Rockafellar & Uryasev's function, η − E[(η − R)⁺]/α.
  private func value(_ border: Double, _ returns: [Double], _ share: Double) -> Double {
    border - returns.map { max(0, border - $0) }.reduce(0, +) / Double(returns.count) / share
  }

  /// Where the share is no whole number of episodes, the last of them counts in part.
  ///
  /// Planted mistake: a border one place too high.
  @Test(
    "the border is where Rockafellar and Uryasev's function is largest, and there it is the mean of the worst share",
    arguments: [(0.1, 30), (0.2, 40), (0.25, 8), (1, 12), (0.25, 10), (0.3, 7), (0.04, 30)])
  func border(_ share: Double, _ count: Int) throws {
    let returns = Self.returns(count, seed: UInt64(count))
    let border = try #require(EpisodeObjective.worst(share: share).border(returns))
    let best = value(border, returns, share)
    for other in returns { #expect(value(other, returns, share) <= best + 1e-12) }
    let (sorted, wanted) = (returns.sorted(), share * Double(count))
    let sum = sorted.enumerated().reduce(0) { $0 + $1.element * min(1, max(0, wanted - Double($1.offset))) }
    #expect(abs(best - sum / wanted) < 1e-12)
  }

  @Test("without an episode, and for the mean, there is no border; of few the worst is one")
  func few() {
    #expect(EpisodeObjective.worst(share: 0.5).border([]) == nil && EpisodeObjective.mean.border([1]) == nil)
    #expect(EpisodeObjective.worst(share: 0.01).border([3, 1, 2]) == 1)
  }

  @Test("what episodes earned beyond the border is taken off their last rewards, and nothing else moves")
  func cut() {
    let returns = Self.returns(20, seed: 3)
    let rewards = LaneColumn(count: 12)
    for index in 0..<12 { rewards[index] = Lanes(Double(index)) }
    let ends = returns.indices.map { EpisodeEnd(index: $0 / 8 * 4 + $0 % 3, lane: $0 % 8, total: returns[$0]) }
    EpisodeObjective.worst(share: 0.3).cut(rewards, ends)
    let border = returns.sorted()[5]
    var expected = (0..<12).map { index in Array(repeating: Double(index), count: 8) }
    for (end, total) in zip(ends, returns) where total > border { expected[end.index][end.lane] -= total - border }
    for index in 0..<12 {
      for lane in 0..<8 { #expect(rewards[index][lane] == expected[index][lane], "\(index), \(lane)") }
    }
  }

  /// Episodes of 12 steps in rollouts of 31: most of them begin in an earlier one. On one thread or two.
  @Test("the worst of all are all: to the last bit what is learned by the mean", arguments: [1, 2])
  func all(_ threads: Int) throws {
    func policy(_ objective: EpisodeObjective, cutsOdd: Bool = false) throws -> Policy {
      let task = MortalPaths(length: 12, life: IdleTests.staggered, cutsOdd: cutsOdd)
      var parameters = PPOParameters()
      parameters.environments = 16
      parameters.rolloutSteps = 31
      parameters.totalSteps = 3 * 16 * 31
      parameters.scalesRewards = true
      let training = PPO(
        task, Architecture(observations: 2, policy: [6], value: [6], actions: task.actions), parameters, seed: 5,
        objective: objective, threads: threads)
      try training.finish()
      return training.policy(origin: "test")
    }
    let mean = try policy(.mean)
    #expect(try policy(.worst(share: 1)).weights == mean.weights)
    #expect(try policy(.worst(share: 0.5)).weights != mean.weights)
    // An episode that is cut off has ended: nothing comes after it, as the mean would have it.
    #expect(try policy(.worst(share: 1), cutsOdd: true).weights == mean.weights)
    #expect(try policy(.mean, cutsOdd: true).weights != mean.weights)
  }
}
