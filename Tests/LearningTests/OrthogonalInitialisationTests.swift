import Learning
import Randomness
import Testing

@Suite("Orthogonal initialisation")
struct OrthogonalInitialisationTests {
  @Test("rows or columns are orthonormal times the gain", arguments: [(30, 64), (64, 64), (64, 3), (1, 5), (5, 1)])
  func orthonormal(inputs: Int, outputs: Int) {
    var stream = SparseStream(RandomStreams(seed: 3, namespace: .test).key("weights"), path: 0)
    let weights = OrthogonalInitialisation(inputs: inputs, outputs: outputs, gain: 1.5, stream: &stream).weights
    // Rows where outputs are fewer, columns else.
    let vectors: [[Double]] =
      outputs <= inputs
      ? (0..<outputs).map { row in (0..<inputs).map { weights[row * inputs + $0] } }
      : (0..<inputs).map { column in (0..<outputs).map { weights[$0 * inputs + column] } }
    for (i, first) in vectors.enumerated() {
      for (j, second) in vectors.enumerated() {
        let product: Double = zip(first, second).map { $0 * $1 }.reduce(0, +)
        #expect(abs(product - (i == j ? 2.25 : 0)) < 1e-12)
      }
    }
  }

  @Test("a network starts with its gains: √2 in hidden layers, 0.01 and 1 at the heads, biases 0")
  func gains() {
    let network = Network(
      Architecture(observations: 6, shared: [9], policy: [8, 7], value: [5], actions: .categorical(choices: 4)),
      block: 8)
    network.initialise(RandomStreams(seed: 1, namespace: .train))
    for (name, layer, _) in network.namedLayers {
      let squares: Double = layer.weights.map { Double($0) * Double($0) }.reduce(0, +)
      let gain: Double = name == "policy.head" ? 0.01 : name == "value.head" ? 1 : 2.0.squareRoot()
      let expected = gain * gain * Double(min(layer.inputs, layer.outputs))
      #expect(abs(squares - expected) < 1e-5 * expected, "\(name)")
      #expect(layer.bias.allSatisfy { $0 == 0 })
    }
  }
}
