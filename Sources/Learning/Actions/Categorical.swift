import Lanes

/// One of several choices, with probabilities pⱼ = exp(zⱼ − log Σ exp z) from logits z.
struct Categorical: ActionDistribution {
  private let choices: Int
  /// log pⱼ of the eight samples evaluated last.
  private var logProbabilities: [Lanes]
  /// Their pⱼ.
  private var probabilities: [Lanes]
  private var entropy = Lanes.zero
  private var chosen = Lanes.zero

  init(choices: Int) {
    self.choices = choices
    logProbabilities = Array(repeating: .zero, count: choices)
    probabilities = logProbabilities
  }

  /// The largest logit and log Σ exp z.
  @inline(__always)
  private func logSum(_ y: UnsafePointer<Float>, _ stride: Int) -> Lanes {
    var largest = Lanes(y, stride: stride, column: 0)
    for choice in 1..<choices { largest = max(largest, Lanes(y, stride: stride, column: choice)) }
    var sum = Lanes.zero
    for choice in 0..<choices { sum += exp(Lanes(y, stride: stride, column: choice) - largest) }
    return largest + log(sum)
  }

  /// Inverts the distribution function at one uniform.
  func sample(
    _ y: UnsafePointer<Float>, stride: Int, uniforms: (Int) -> (Lanes, Lanes), into actions: inout [Lanes]
  ) {
    let u = uniforms(0).0
    let total = logSum(y, stride)
    var below = Lanes.zero
    var choice = Lanes.zero
    // The last choice takes what rounding leaves.
    for index in 0..<(choices - 1) {
      below += exp(Lanes(y, stride: stride, column: index) - total)
      choice += select(u .> below, Lanes.one, Lanes.zero)
    }
    actions[0] = choice
  }

  /// The first of the largest logits.
  func mode(_ y: UnsafePointer<Float>, stride: Int, into actions: inout [Lanes]) {
    var (best, choice) = (Lanes(y, stride: stride, column: 0), Lanes.zero)
    for index in 1..<choices {
      let logit = Lanes(y, stride: stride, column: index)
      let isBetter = logit .> best
      choice.replace(with: Double(index), where: isBetter)
      best = max(logit, best)
    }
    actions[0] = choice
  }

  mutating func evaluate(_ y: UnsafePointer<Float>, stride: Int, actions: [Lanes]) -> (
    logProbability: Lanes, entropy: Lanes
  ) {
    let total = logSum(y, stride)
    chosen = actions[0]
    entropy = .zero
    var result = Lanes.zero
    for choice in 0..<choices {
      let logProbability = Lanes(y, stride: stride, column: choice) - total
      let probability = exp(logProbability)
      logProbabilities[choice] = logProbability
      probabilities[choice] = probability
      entropy -= probability * logProbability
      result.replace(with: logProbability, where: chosen .== Double(choice))
    }
    return (result, entropy)
  }

  /// ∂ log p_chosen/∂zⱼ = 1{chosen = j} − pⱼ, ∂H/∂zⱼ = −pⱼ(log pⱼ + H).
  mutating func writeGradient(
    logProbability a: Lanes, entropy b: Lanes, into delta: UnsafeMutablePointer<Float>, stride: Int
  ) {
    for choice in 0..<choices {
      let (logProbability, probability) = (logProbabilities[choice], probabilities[choice])
      let isChosen = select(chosen .== Double(choice), Lanes.one, Lanes.zero)
      let slope = a * (isChosen - probability) - b * probability * (logProbability + entropy)
      slope.write(delta, stride: stride, column: choice)
    }
  }
}
