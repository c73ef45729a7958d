import CGSL
import Foundation
import Lanes
import Learning
import Randomness
import Testing

/// The laws of actions, seen through policies without hidden layers whose biases are the parameters of the law.
@Suite("Laws of actions")
struct ActionLawTests {
  static func policy(_ actions: ActionSpace, head: [Float], logDeviation: [Float] = []) -> Policy {
    let architecture = Architecture(observations: 1, policy: [], value: [], actions: actions)
    let tensors = architecture.tensors.map { name, shape in
      let count = shape.reduce(1, *)
      let values: [Float] =
        name == "policy.head.bias"
        ? head : name == "policy.logStandardDeviation" ? logDeviation : Array(repeating: 0, count: count)
      return SafeTensors.Tensor(name, shape: shape, values)
    }
    return Policy(
      architecture: architecture, normaliser: nil, weights: SafeTensors(tensors), parameters: nil, seed: nil,
      origin: "test")
  }

  /// 8 × `rounds` drawn actions, number by number.
  static func draws(_ policy: Policy, rounds: Int) -> [[Double]] {
    let evaluator = PolicyEvaluator(policy)
    let size = policy.architecture.actions.size
    let key = RandomStreams(seed: 5, namespace: .test).key("draws")
    let streams = (0..<((size + 1) / 2)).map { DenseStream(key, PathGroup(firstPath: 0), block: UInt32($0)) }
    var actions = Array(repeating: Lanes.zero, count: size)
    var result = Array(repeating: [Double](), count: size)
    for round in 0..<Int32(rounds) {
      evaluator.draw([.zero], uniforms: { _, pair in streams[pair].uniforms52(step: round) }, into: &actions)
      for index in 0..<size { result[index] += (0..<Lanes.count).map { actions[index][$0] } }
    }
    return result
  }

  @Test("choices come as often as the softmax of their logits says")
  func choices() {
    let logits: [Float] = [0.3, -1.2, 2, 0, 0.3]
    let policy = Self.policy(.categorical(choices: 5), head: logits)
    let drawn = Self.draws(policy, rounds: 25_000)[0]
    let total: Double = logits.map { exp(Double($0)) }.reduce(0, +)
    var statistic = 0.0
    for choice in 0..<5 {
      let expected = exp(Double(logits[choice])) / total * Double(drawn.count)
      let found = Double(drawn.count { $0 == Double(choice) })
      statistic += (found - expected) * (found - expected) / expected
    }
    // False alarm: one seed in 10,000.
    #expect(statistic < gsl_cdf_chisq_Pinv(1 - 1e-4, 4))
  }

  @Test("the logarithm of a choice's probability is that of the softmax")
  func choiceProbabilities() {
    let logits: [Float] = [30, -20, 2]
    let evaluator = PolicyEvaluator(Self.policy(.categorical(choices: 3), head: logits))
    for choice in 0..<3 {
      let found = evaluator.logProbabilities([.zero], actions: [Lanes(Double(choice))])[0][3]
      let expected = Double(logits[choice]) - 30 - log(1 + exp(-50) + exp(-28))
      #expect(abs(found - expected) < 1e-12 * max(1, abs(expected)))
    }
  }

  @Test("of equal logits the first is chosen")
  func ties() {
    var actions = [Lanes.zero]
    PolicyEvaluator(Self.policy(.categorical(choices: 4), head: [1, 3, 3, 2])).act([.zero], into: &actions)
    #expect(actions[0] == Lanes(1))
  }

  @Test("numbers are normal with their means and deviations, and independent of each other")
  func numbers() {
    let (means, logs): ([Float], [Float]) = ([0.5, -2, 0], [0, -1, 0.7])
    let space = ActionSpace.gaussian(
      low: Array(repeating: -Double.infinity, count: 3), high: Array(repeating: Double.infinity, count: 3))
    let drawn = Self.draws(Self.policy(space, head: means, logDeviation: logs), rounds: 25_000)
    let scores: [[Double]] = drawn.indices.map { index in
      drawn[index].map { ($0 - Double(means[index])) / exp(Double(logs[index])) }
    }
    let n = Double(scores[0].count)
    for index in 0..<3 {
      // Kolmogorov's distance at one false alarm in 10,000: 2.225/√n.
      let sorted = scores[index].sorted()
      var distance = 0.0
      for (rank, score) in sorted.enumerated() {
        let probability = gsl_cdf_ugaussian_P(score)
        distance = max(distance, abs(probability - Double(rank) / n), abs(probability - Double(rank + 1) / n))
      }
      #expect(distance < 2.225 / n.squareRoot())
      for other in 0..<index {
        let product: Double = zip(scores[index], scores[other]).map { $0 * $1 }.reduce(0, +) / n
        #expect(abs(product) < 4 / n.squareRoot())
      }
    }
  }

  @Test("the logarithm of a density is GSL's, of the number before it is clipped")
  func densities() {
    let policy = Self.policy(.gaussian(low: [-1, -1], high: [1, 1]), head: [0.25, -0.5], logDeviation: [-0.5, 0.25])
    let evaluator = PolicyEvaluator(policy)
    for (a, b) in [(0.0, 0.0), (3.0, -4.0), (0.25, -0.5)] {
      let found = evaluator.logProbabilities([.zero], actions: [Lanes(a), Lanes(b)])[0][0]
      let expected =
        log(gsl_ran_gaussian_pdf(a - 0.25, exp(-0.5))) + log(gsl_ran_gaussian_pdf(b + 0.5, exp(0.25)))
      #expect(abs(found - expected) < 1e-12 * max(1, abs(expected)))
    }
  }

  @Test("what reaches an environment lies within its bounds")
  func bounds() {
    let drawn = Self.draws(
      Self.policy(.gaussian(low: [-0.5], high: [2]), head: [0], logDeviation: [1]), rounds: 100)[0]
    #expect(drawn.min() == -0.5)
    #expect(drawn.max() == 2)
  }
}
