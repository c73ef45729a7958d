import Learning
import Testing

@Suite("Gradients")
struct GradientTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let architecture: Architecture
    var change: @Sendable (inout PPOParameters) -> Void = { _ in }
    var samples = 83
    var testDescription: String { name }
  }

  static let box: ActionSpace = .gaussian(low: [-1, -2, -.infinity], high: [1, 2, .infinity])

  static let cases: [Case] = [
    Case(
      name: "tanh, a choice of 3",
      architecture: Architecture(
        observations: 7, policy: [20, 16], value: [9], actions: .categorical(choices: 3))),
    Case(
      name: "ReLU, a choice of 6",
      architecture: Architecture(
        observations: 5, policy: [33], value: [17, 12], activation: .relu, actions: .categorical(choices: 6))),
    Case(
      name: "tanh, 3 numbers",
      architecture: Architecture(
        observations: 30, policy: [64, 64], value: [64, 64], actions: box), samples: 130),
    Case(
      name: "no hidden layers",
      architecture: Architecture(
        observations: 4, policy: [], value: [], actions: .categorical(choices: 2)), samples: 9),
    Case(
      name: "shared layers, tanh",
      architecture: Architecture(
        observations: 6, shared: [18, 11], policy: [8], value: [], actions: .categorical(choices: 4)), samples: 150),
    Case(
      name: "shared layers, ReLU, numbers",
      architecture: Architecture(
        observations: 6, shared: [19], policy: [], value: [10, 10], activation: .relu, actions: box)),
    Case(
      name: "entropy",
      architecture: Architecture(
        observations: 3, policy: [8], value: [8], actions: .categorical(choices: 5)),
      change: { $0.entropyCoefficient = 0.7 }
    ),
    Case(
      name: "entropy of numbers",
      architecture: Architecture(
        observations: 3, policy: [8], value: [8], actions: box), change: { $0.entropyCoefficient = 0.7 }),
    Case(
      name: "clipped values",
      architecture: Architecture(
        observations: 3, policy: [8], value: [8], actions: .categorical(choices: 2)), change: { $0.valueClip = 0.4 }),
    Case(
      name: "advantages as they are",
      architecture: Architecture(
        observations: 3, policy: [8], value: [8], actions: .categorical(choices: 2)),
      change: { $0.normalisesAdvantages = false }),
    Case(
      name: "a heavy value",
      architecture: Architecture(
        observations: 3, shared: [12], policy: [8], value: [8], actions: .categorical(choices: 2)),
      change: { $0.valueCoefficient = 3 }),
  ]

  @Test("every gradient is that of the loss's definition by finite differences, to 1e-5", arguments: cases)
  func finiteDifferences(_ entry: Case) {
    var parameters = PPOParameters()
    entry.change(&parameters)
    let random = RandomMinibatch(entry.architecture, parameters, count: entry.samples)
    let plain = random.plain
    var weights = PlainLoss.Weights(random.network)
    let sums = MinibatchGradient(random.network, WorkerPair(isSplit: false)).compute(random.minibatch)

    // The sample must have something on both sides of the clip, or that branch is not tried.
    let parts = plain.parts(weights)
    #expect(parts.clipFraction > 0.1 && parts.clipFraction < 0.9, "share of clipped samples")
    #expect(abs(sums.policy.kl / Double(entry.samples) - parts.kl) < 1e-5)
    #expect(abs(sums.value / Double(entry.samples) - parts.value) < 1e-5 * max(1, parts.value))

    // Central differences in double precision: error about h² ≈ 1e-10, apart from rounding of 1e-16/h.
    let h = 1e-5
    func slope(_ change: (inout PlainLoss.Weights, Double) -> Void) -> Double {
      change(&weights, h)
      let above = plain.total(weights)
      change(&weights, -2 * h)
      let below = plain.total(weights)
      change(&weights, h)
      return (above - below) / (2 * h)
    }
    var worst = 0.0
    var tried = 0
    for (name, layer, _) in random.network.namedLayers {
      // Every bias, and a lattice of weights that meets every row and column.
      for output in 0..<layer.outputs {
        for input in 0...layer.inputs where input == layer.inputs || (input * 7 + output) % 11 == 0 {
          let isBias = input == layer.inputs
          let expected = slope { weights, h in
            if isBias {
              weights.layers[name]!.bias[output] += h
            } else {
              weights.layers[name]!.weights[output][input] += h
            }
          }
          let found = Double(layer.parameters.gradient[isBias ? layer.biasColumn : input, output])
          worst = max(worst, abs(found - expected))
          tried += 1
        }
      }
    }
    for index in 0..<random.network.logDeviation.values.columns {
      let expected = slope { weights, h in weights.logDeviation[index] += h }
      worst = max(worst, abs(Double(random.network.logDeviation.gradient[0, index]) - expected))
      tried += 1
    }
    var squares = 0.0
    for parameters in random.network.namedLayers.map(\.layer.parameters) + [random.network.logDeviation] {
      for row in 0..<parameters.gradient.rows {
        for column in 0..<parameters.gradient.columns {
          squares += Double(parameters.gradient[row, column]) * Double(parameters.gradient[row, column])
        }
      }
    }
    #expect(abs(random.network.gradientNorm / squares.squareRoot() - 1) < 1e-5)
    #expect(tried > 5)
    #expect(worst < 1e-5, "the largest difference of \(tried) gradients")
  }
}
