import Foundation
import Learning

/// PPO's loss of a minibatch, written straight from its definition: one sample, one neuron at a time, in double
/// precision. The slow twin that gradients are held against.
struct PlainLoss {
  struct Sample {
    var observation: [Double]
    var action: [Double]
    var oldLogProbability: Double
    var advantage: Double
    var target: Double
    var oldValue: Double
  }

  let architecture: Architecture
  let samples: [Sample]
  let parameters: PPOParameters

  /// Weights and biases of each layer by name, [output][input], and log σ.
  struct Weights {
    var layers: [String: (weights: [[Double]], bias: [Double])]
    var logDeviation: [Double]
  }

  /// The parts of the loss, each a mean over the samples.
  struct Parts {
    var policy = 0.0
    var entropy = 0.0
    var value = 0.0
    var kl = 0.0
    var clipFraction = 0.0
  }

  func total(_ weights: Weights) -> Double {
    let parts = parts(weights)
    return parts.policy - parameters.entropyCoefficient * parts.entropy + parameters.valueCoefficient * parts.value
  }

  func parts(_ weights: Weights) -> Parts {
    let n = Double(samples.count)
    let mean = samples.map(\.advantage).reduce(0, +) / n
    let squares = samples.map { ($0.advantage - mean) * ($0.advantage - mean) }.reduce(0, +)
    let deviation = (squares / (n - 1)).squareRoot()
    var parts = Parts()
    for sample in samples {
      let advantage =
        parameters.normalisesAdvantages ? (sample.advantage - mean) / (deviation + 1e-8) : sample.advantage
      let shared = hidden("shared", architecture.shared.count, sample.observation, weights)
      let head = layer("policy.head", hidden("policy", architecture.policy.count, shared, weights), weights)
      let value = layer("value.head", hidden("value", architecture.value.count, shared, weights), weights)[0]
      let (logProbability, entropy) = law(head, sample.action, weights.logDeviation)
      let logRatio = logProbability - sample.oldLogProbability
      let ratio = exp(logRatio)
      let clipped = Swift.min(Swift.max(ratio, 1 - parameters.clip), 1 + parameters.clip)
      parts.policy -= Swift.min(ratio * advantage, clipped * advantage) / n
      parts.entropy += entropy / n
      parts.kl += (ratio - 1 - logRatio) / n
      parts.clipFraction += abs(ratio - 1) > parameters.clip ? 1 / n : 0
      var square = (value - sample.target) * (value - sample.target)
      if let clip = parameters.valueClip {
        let near = sample.oldValue + Swift.min(Swift.max(value - sample.oldValue, -clip), clip)
        square = Swift.max(square, (near - sample.target) * (near - sample.target))
      }
      parts.value += square / n
    }
    return parts
  }

  /// log p of a sample's action.
  func logProbability(_ sample: Sample, _ weights: Weights) -> Double {
    let shared = hidden("shared", architecture.shared.count, sample.observation, weights)
    let head = layer("policy.head", hidden("policy", architecture.policy.count, shared, weights), weights)
    return law(head, sample.action, weights.logDeviation).0
  }

  private func hidden(_ prefix: String, _ count: Int, _ input: [Double], _ weights: Weights) -> [Double] {
    var x = input
    for index in 0..<count {
      x = layer("\(prefix).\(index)", x, weights)
      x = x.map { architecture.activation == .tanh ? tanh($0) : Swift.max(0, $0) }
    }
    return x
  }

  private func layer(_ name: String, _ x: [Double], _ weights: Weights) -> [Double] {
    guard let (matrix, bias) = weights.layers[name] else { return [] }
    return matrix.indices.map { output in
      var sum = bias[output]
      for input in x.indices { sum += matrix[output][input] * x[input] }
      return sum
    }
  }

  private func law(_ head: [Double], _ action: [Double], _ logDeviation: [Double]) -> (Double, Double) {
    switch architecture.actions {
    case .categorical:
      let total = log(head.map { exp($0) }.reduce(0, +))
      let logs = head.map { $0 - total }
      return (logs[Int(action[0])], -logs.map { exp($0) * $0 }.reduce(0, +))
    case .gaussian:
      var (logProbability, entropy) = (0.0, 0.0)
      for index in head.indices {
        let z = (action[index] - head[index]) / exp(logDeviation[index])
        logProbability -= 0.5 * z * z + logDeviation[index] + 0.5 * log(2 * Double.pi)
        entropy += 0.5 * log(2 * Double.pi * M_E) + logDeviation[index]
      }
      return (logProbability, entropy)
    }
  }
}

extension PlainLoss.Weights {
  /// The weights of a network.
  init(_ network: Network) {
    layers = [:]
    for (name, layer, _) in network.namedLayers {
      let flat = layer.weights.map(Double.init)
      layers[name] = (
        (0..<layer.outputs).map { Array(flat[($0 * layer.inputs)..<(($0 + 1) * layer.inputs)]) },
        layer.bias.map(Double.init)
      )
    }
    logDeviation = (0..<network.logDeviation.values.columns).map { Double(network.logDeviation.values[0, $0]) }
  }
}
