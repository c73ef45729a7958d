import Lanes
import Learning
import Randomness
import Testing

@Suite("A layer's outputs")
struct ForwardTests {
  /// Numbers of rows and columns that meet each size of the kernels' tiles, and the rests that they leave.
  static let samples = [1, 4, 5, 8, 12, 16, 20, 23, 28, 36, 64]
  static let outputs = [1, 3, 4, 5, 16, 17, 33, 63, 64, 80]

  @Test("each is one chain of fused multiply-adds from the first input to the bias, bit for bit", arguments: samples)
  func chains(samples: Int) {
    var stream = SparseStream(RandomStreams(seed: 3, namespace: .test).key("layer"), path: UInt64(samples))
    for outputs in Self.outputs {
      for inputs in [1, 7, 64] {
        let network = Network(
          Architecture(observations: inputs, policy: [], value: [], actions: .categorical(choices: outputs)), block: 64)
        let layer = network.policy.layers[0]
        let weights = (0..<(inputs * outputs)).map { _ in Float(stream.uniform()) - 0.5 }
        let bias = (0..<outputs).map { _ in Float(stream.uniform()) - 0.5 }
        layer.setWeights(weights, bias: bias)
        let rows = FloatMatrix(rows: 64, columns: inputs + 1)
        for row in 0..<64 {
          for input in 0..<inputs { rows[row, input] = Float(stream.uniform()) - 0.5 }
          rows[row, inputs] = 1
        }
        network.forwardPolicy(rows.base, stride: rows.stride, samples: samples)
        let found = network.policy.head
        for row in 0..<samples {
          for output in 0..<outputs {
            var sum = FloatLanes.zero
            for input in 0..<inputs { sum = fma(rows[row, input], FloatLanes(weights[output * inputs + input]), sum) }
            sum = fma(1, FloatLanes(bias[output]), sum)
            guard found.row(row)[output] == sum[0] else {
              Issue.record("\(samples) × \(inputs) × \(outputs): row \(row), output \(output)")
              return
            }
          }
        }
      }
    }
  }
}
