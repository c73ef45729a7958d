import Lanes
import Learning
import Randomness
import Training

/// Two bets that can be taken again and again: each step multiplies the account by what came of the one that was chosen.
struct Bets: Environment {
  /// A bet that is won where a normal number is under a threshold.
  struct Bet {
    /// The threshold; 0 for an even chance.
    var threshold = 0.0
    /// Simple returns.
    let gain, loss: Double
  }

  let reward: any Reward
  let bets: [Bet]
  /// Steps of an episode.
  var length = 1

  var identity: String { "bets" }
  var observations: Int { 1 }
  var actions: ActionSpace { .categorical(choices: 2) }

  func makeTile(groups: Int, streams: RandomStreams) -> any EnvironmentTile {
    Tile(self, (0..<groups).map { DenseStream(streams.key("z"), PathGroup(firstPath: UInt64($0 * 8))) })
  }

  /// Which bet a policy takes that has learned from the reward: 0 or 1.
  func choice(seed: UInt64 = 1) throws -> Double {
    var parameters = PPOParameters()
    parameters.environments = 64
    parameters.rolloutSteps = 64
    parameters.totalSteps = 40 * 64 * 64
    parameters.minibatch = 512
    parameters.epochs = 4
    parameters.learningRate = 0.02
    parameters.discount = 0
    let shape = Architecture(observations: 1, policy: [], value: [], actions: actions)
    let training = PPO(self, shape, parameters, seed: seed, objective: reward.objective, threads: 1)
    while !training.isFinished { _ = try training.update() }
    var numbers = [Lanes.zero]
    PolicyEvaluator(training.policy(origin: "test")).act([.one], into: &numbers)
    return numbers[0][0]
  }

  private final class Tile: EnvironmentTile {
    private let task: Bets
    private let noise: [DenseStream]
    private var tracks: [any RewardTrack] = []
    private var equity: [Lanes] = []
    private var steps = 0

    init(_ task: Bets, _ noise: [DenseStream]) {
      self.task = task
      self.noise = noise
      restart()
    }

    private func restart() {
      tracks = noise.map { _ in task.reward.makeTrack(RewardStart(openingLeverage: 1)) }
      equity = noise.map { _ in .one }
    }

    func begin(_ observations: inout [Lanes]) {
      for index in observations.indices { observations[index] = .one }
    }

    func advance(_ actions: [Lanes], _ step: inout EnvironmentStep) {
      let isLast = (steps + 1) % task.length == 0
      for group in noise.indices {
        let z = noise[group].normals(block: Int32(steps)).z0
        let returns = task.bets.map { select(z .< $0.threshold, Lanes($0.gain), Lanes($0.loss)) }
        equity[group] *= 1 + select(actions[group] .== 1, returns[1], returns[0])
        step.reward[group] = tracks[group].step(to: equity[group])
        step.isTerminal[group] = isLast ? .all : .none
        step.isTruncated[group] = .none
        step.observations[group] = .one
      }
      steps += 1
      if isLast { restart() }
    }

    var state: [Double] { [] }

    func restore(_ state: [Double]) throws(UnfitState) { throw UnfitState() }
  }
}
