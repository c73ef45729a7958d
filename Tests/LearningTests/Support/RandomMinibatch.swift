import Lanes
import Learning
import Randomness

/// A network with random weights and a rollout of random samples, some of them beyond the clip.
struct RandomMinibatch {
  let network: Network
  let rollout: Rollout
  let parameters: PPOParameters
  let count: Int

  init(_ architecture: Architecture, _ parameters: PPOParameters, count: Int, seed: UInt64 = 1) {
    let streams = RandomStreams(seed: seed, namespace: .test)
    var stream = SparseStream(streams.key("random minibatch"), path: 0)
    func normal() -> Double {
      var sum = -6.0
      for _ in 0..<12 { sum += stream.uniform() }
      return sum
    }
    network = Network(architecture, block: 64)
    for (_, layer, _) in network.namedLayers {
      let scale = 1 / Double(layer.inputs).squareRoot()
      layer.setWeights(
        (0..<(layer.inputs * layer.outputs)).map { _ in Float(normal() * scale) },
        bias: (0..<layer.outputs).map { _ in Float(normal() * 0.3) })
    }
    for index in 0..<network.logDeviation.values.columns {
      network.logDeviation.values[0, index] = Float(0.3 * normal())
    }
    let steps = (count + 7) / 8
    rollout = Rollout(
      steps: steps, groups: 1, observations: architecture.observations, actionSize: architecture.actions.size)
    self.parameters = parameters
    self.count = count
    for sample in 0..<(steps * 8) {
      for index in 0..<architecture.observations { rollout.observations[sample, index] = Float(normal()) }
      for index in 0..<architecture.actions.size {
        switch architecture.actions {
        case .categorical(let choices): rollout.actions[sample, index] = Float(Int(stream.uniform() * Double(choices)))
        case .gaussian: rollout.actions[sample, index] = Float(normal())
        }
      }
      rollout.advantages[sample / 8][sample % 8] = normal()
      rollout.returns[sample / 8][sample % 8] = normal()
      rollout.values[sample / 8][sample % 8] = normal()
    }
    // Near what the network says, so that ratios lie on both sides of the clip.
    let (plain, weights) = (self.plain, PlainLoss.Weights(network))
    for (sample, entry) in plain.samples.enumerated() {
      rollout.logProbabilities[sample / 8][sample % 8] = plain.logProbability(entry, weights) + 0.3 * normal()
    }
  }

  var order: [Int32] { (0..<Int32(rollout.samples)).map { $0 } }

  /// What the learner gets.
  var minibatch: Minibatch { Minibatch(rollout, order, 0..<count, parameters, clip: parameters.clip) }

  /// What its slow twin gets.
  var plain: PlainLoss {
    let architecture = network.architecture
    let samples = (0..<count).map { sample in
      PlainLoss.Sample(
        observation: (0..<architecture.observations).map { Double(rollout.observations[sample, $0]) },
        action: (0..<architecture.actions.size).map { Double(rollout.actions[sample, $0]) },
        oldLogProbability: rollout.logProbabilities[sample / 8][sample % 8],
        advantage: rollout.advantages[sample / 8][sample % 8], target: rollout.returns[sample / 8][sample % 8],
        oldValue: rollout.values[sample / 8][sample % 8])
    }
    return PlainLoss(architecture: architecture, samples: samples, parameters: parameters)
  }
}
