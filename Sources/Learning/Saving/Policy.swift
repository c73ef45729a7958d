/// A trained policy with everything that it takes to act again: shape, weights, and the statistics that its
/// observations are scaled by.
package struct Policy: Sendable, Equatable {
  /// The shape of the network.
  package let architecture: Architecture
  /// How observations are scaled before the network sees them; nil: not at all.
  package let normaliser: ObservationNormaliser?
  /// The weights by the names of `architecture.tensors`, in that order.
  package let weights: SafeTensors
  /// What it was trained with; nil where it comes from elsewhere.
  package let parameters: PPOParameters?
  /// The training's seed; nil where it comes from elsewhere.
  package let seed: UInt64?
  /// What made it, such as `stresslab 0.1.0` or `stable-baselines3 2.9.2`.
  package let origin: String

  /// A policy of its parts; the weights are those of the architecture.
  package init(
    architecture: Architecture, normaliser: ObservationNormaliser?, weights: SafeTensors, parameters: PPOParameters?,
    seed: UInt64?, origin: String
  ) {
    self.architecture = architecture
    self.normaliser = normaliser
    self.weights = weights
    self.parameters = parameters
    self.seed = seed
    self.origin = origin
  }
}

extension Architecture {
  /// The tensors of a policy of this shape, [outputs, inputs] for weights, in the order in which they are saved.
  package var tensors: [(name: String, shape: [Int])] {
    var result: [(name: String, shape: [Int])] = []
    func add(_ name: String, _ outputs: Int, _ inputs: Int) {
      result.append(("\(name).weight", [outputs, inputs]))
      result.append(("\(name).bias", [outputs]))
    }
    func tower(_ prefix: String, _ widths: [Int], from inputs: Int) -> Int {
      var below = inputs
      for (index, width) in widths.enumerated() {
        add("\(prefix).\(index)", width, below)
        below = width
      }
      return below
    }
    let top = tower("shared", shared, from: observations)
    add("policy.head", actions.outputs, tower("policy", policy, from: top))
    if case .gaussian(let low, _) = actions { result.append(("policy.logStandardDeviation", [low.count])) }
    add("value.head", 1, tower("value", value, from: top))
    return result
  }
}

extension PPO {
  /// The policy as it is now.
  ///
  /// - Parameter origin: what makes it, such as `stresslab 0.1.0`.
  package func policy(origin: String) -> Policy {
    Policy(
      architecture: network.architecture, normaliser: normaliser, weights: SafeTensors(network.tensors),
      parameters: parameters, seed: seed, origin: origin)
  }
}

extension Network {
  /// The weights, by their names and in their order in a saved policy.
  var tensors: [SafeTensors.Tensor] {
    let layers = namedLayers
    return architecture.tensors.map { name, shape in
      if name == "policy.logStandardDeviation" {
        return SafeTensors.Tensor(name, shape: shape, (0..<shape[0]).map { logDeviation.values[0, $0] })
      }
      guard let dot = name.lastIndex(of: "."), let layer = layers.first(where: { $0.name == name[..<dot] })?.layer
      else {
        preconditionFailure("Invariant: a tensor belongs to a layer")
      }
      return SafeTensors.Tensor(name, shape: shape, name.hasSuffix("weight") ? layer.weights : layer.bias)
    }
  }

  /// Takes up weights of the right names and shapes.
  func load(_ weights: SafeTensors) {
    func values(_ name: String) -> [Float] {
      guard case .float32(let values)? = weights[name]?.elements else {
        preconditionFailure("Invariant: a policy has all its tensors")
      }
      return values
    }
    for (name, layer, _) in namedLayers { layer.setWeights(values("\(name).weight"), bias: values("\(name).bias")) }
    if logDeviation.values.count > 0 {
      for (index, value) in values("policy.logStandardDeviation").enumerated() { logDeviation.values[0, index] = value }
    }
  }
}
