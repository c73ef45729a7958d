import Lanes
import Randomness

/// A policy and its value function: layers that both share (mostly none), and a tower for each.
///
/// Without shared layers the two towers touch nothing in common, so two threads may compute one each.
package final class Network {
  /// Its shape.
  package let architecture: Architecture
  /// The layers that both towers share; nil when there are none.
  package let shared: Tower?
  /// Ends in a logit for each choice, or a mean for each number.
  package let policy: Tower
  /// Ends in one number: the expected discounted return.
  package let value: Tower
  /// log σ of a Gaussian policy, one row; no columns for other actions.
  package let logDeviation: Parameters
  /// The loss's gradient by what the shared layers put out.
  let sharedOutput: SharedOutput?
  /// The most samples at once.
  package let block: Int

  /// A network of zeros.
  ///
  /// - Parameters:
  ///   - block: the most samples at once, a multiple of 8.
  ///   - learns: whether there is room for gradients; a network that only acts needs none.
  package init(_ architecture: Architecture, block: Int, learns: Bool = true) {
    self.architecture = architecture
    self.block = block
    let activation = architecture.activation
    if architecture.shared.isEmpty {
      shared = nil
      sharedOutput = nil
    } else {
      shared = Tower(
        inputs: architecture.observations, biasColumn: architecture.observations, hidden: architecture.shared,
        outputs: nil, activation: activation, block: block, learns: learns, isOnShared: false)
      sharedOutput = SharedOutput(rows: block, columns: architecture.shared[architecture.shared.count - 1])
    }
    let top = shared?.layers.last
    let (inputs, biasColumn) = (
      top?.outputs ?? architecture.observations, top?.outputBiasColumn ?? architecture.observations
    )
    policy = Tower(
      inputs: inputs, biasColumn: biasColumn, hidden: architecture.policy, outputs: architecture.actions.outputs,
      activation: activation, block: block, learns: learns, isOnShared: shared != nil)
    value = Tower(
      inputs: inputs, biasColumn: biasColumn, hidden: architecture.value, outputs: 1, activation: activation,
      block: block, learns: learns, isOnShared: shared != nil)
    if case .gaussian(let low, _) = architecture.actions {
      logDeviation = Parameters(rows: 1, columns: low.count, learns: learns)
    } else {
      logDeviation = Parameters(rows: 0, columns: 0, learns: learns)
    }
  }

  /// The law of actions.
  var distribution: any ActionDistribution {
    switch architecture.actions {
    case .categorical(let choices): Categorical(choices: choices)
    case .gaussian: DiagonalGaussian(logDeviation: logDeviation)
    }
  }

  /// Draws the weights: orthogonal, with gain √2 in hidden layers, 0.01 at the policy's head (so that it starts with no
  /// preference) and 1 at the value's; biases and log σ start at 0.
  ///
  /// Each layer draws from a stream of its own name, `learner/initial/policy.0` and so on.
  package func initialise(_ streams: RandomStreams) {
    for (name, layer, isHead) in namedLayers {
      let gain = !isHead ? 2.0.squareRoot() : name == "policy.head" ? 0.01 : 1
      var stream = SparseStream(streams.key("learner/initial/\(name)"), path: 0)
      let drawn = OrthogonalInitialisation(
        inputs: layer.inputs, outputs: layer.outputs, gain: gain, stream: &stream)
      layer.setWeights(drawn.weights.map { Float($0) }, bias: Array(repeating: 0, count: layer.outputs))
    }
  }

  /// All layers with their names in saved policies, in their order there.
  package var namedLayers: [(name: String, layer: DenseLayer, isHead: Bool)] {
    var result: [(name: String, layer: DenseLayer, isHead: Bool)] = []
    for (prefix, tower) in [("shared", shared), ("policy", policy), ("value", value)] {
      guard let tower else { continue }
      for (index, layer) in tower.layers.enumerated() {
        let isHead = index == tower.hiddenCount
        result.append((isHead ? "\(prefix).head" : "\(prefix).\(index)", layer, isHead))
      }
    }
    return result
  }

  /// All parameters, in a fixed order.
  var parameters: [Parameters] { namedLayers.map(\.layer.parameters) + [logDeviation] }

  /// Computes the head of the policy, whose outputs stand in `policy.layers.last`.
  package func forwardPolicy(_ x: UnsafePointer<Float>, stride: Int, samples: Int) {
    forward(policy, x, stride, samples)
  }

  /// Computes the value, which stands in `value.layers.last`.
  package func forwardValue(_ x: UnsafePointer<Float>, stride: Int, samples: Int) {
    forward(value, x, stride, samples)
  }

  private func forward(_ tower: Tower, _ x: UnsafePointer<Float>, _ stride: Int, _ samples: Int) {
    guard let shared, let top = shared.layers.last else {
      tower.forward(x, stride: stride, samples: samples)
      return
    }
    shared.forward(x, stride: stride, samples: samples)
    tower.forward(top.output.base, stride: top.output.stride, samples: samples)
  }
}

extension DenseLayer {
  /// Sets the weights, [output][input] row by row, and the biases.
  package func setWeights(_ weights: [Float], bias: [Float]) {
    precondition(weights.count == inputs * outputs && bias.count == outputs, "Invariant: weights fit their layer")
    for output in 0..<outputs {
      for input in 0..<inputs { parameters.values[input, output] = weights[output * inputs + input] }
      parameters.values[biasColumn, output] = bias[output]
    }
    refresh()
  }

  /// The weights, [output][input] row by row.
  package var weights: [Float] {
    (0..<outputs).flatMap { output in (0..<inputs).map { parameters.values[$0, output] } }
  }

  /// The biases.
  package var bias: [Float] { (0..<outputs).map { parameters.values[biasColumn, $0] } }
}
