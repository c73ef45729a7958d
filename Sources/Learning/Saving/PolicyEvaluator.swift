import Lanes

/// A policy at work: weights ready for the kernels, and room for some samples. One thread owns it.
package final class PolicyEvaluator {
  /// The policy's shape.
  package let architecture: Architecture
  private let network: Network
  private let scaling: RowScaling
  private let rows: FloatMatrix
  private let distribution: any ActionDistribution
  /// Room for one group's action.
  private var action: [Lanes]

  /// The most samples that go through the network at once.
  private static let block = 64

  /// Gets a policy ready.
  package init(_ policy: Policy) {
    architecture = policy.architecture
    network = Network(policy.architecture, block: Self.block, learns: false)
    network.load(policy.weights)
    scaling = RowScaling(policy.normaliser, observations: policy.architecture.observations)
    rows = FloatMatrix(rows: Self.block, columns: policy.architecture.observations + 1)
    for row in 0..<Self.block { rows[row, policy.architecture.observations] = 1 }
    distribution = network.distribution
    action = Array(repeating: .zero, count: policy.architecture.actions.size)
  }

  /// The most likely actions: the first of the likeliest choices, or the means within their bounds.
  ///
  /// - Parameters:
  ///   - observations: [group · observations + index], not yet scaled.
  ///   - actions: where they go, [group · size + index].
  package func act(_ observations: [Lanes], into actions: inout [Lanes]) {
    choose(observations, into: &actions) { law, head, _, action in
      law.mode(head.base, stride: head.stride, into: &action)
    }
  }

  /// Actions drawn from the policy, within their bounds.
  ///
  /// - Parameter uniforms: two uniforms in (0, 1) for each copy of a group and each pair of numbers of its action.
  package func draw(
    _ observations: [Lanes], uniforms: (_ group: Int, _ pair: Int) -> (Lanes, Lanes), into actions: inout [Lanes]
  ) {
    choose(observations, into: &actions) { law, head, group, action in
      law.sample(head.base, stride: head.stride, uniforms: { uniforms(group, $0) }, into: &action)
    }
  }

  private func choose(
    _ observations: [Lanes], into actions: inout [Lanes],
    _ choice: (any ActionDistribution, Rows, Int, inout [Lanes]) -> Void
  ) {
    let size = architecture.actions.size
    // Taken out for the while: a call per tile and step allocates nothing.
    var action: [Lanes] = []
    swap(&action, &self.action)
    defer { swap(&action, &self.action) }
    forEachBlock(observations) { firstGroup, groups in
      network.forwardPolicy(rows.base, stride: rows.stride, samples: groups * Lanes.count)
      let head = network.policy.head
      for group in 0..<groups {
        let own = Rows(base: head.row(group * Lanes.count), stride: head.stride)
        choice(distribution, own, firstGroup + group, &action)
        for index in 0..<size {
          actions[(firstGroup + group) * size + index] = architecture.actions.clipped(action[index], index)
        }
      }
    }
  }

  /// The values of some observations, [group].
  package func values(_ observations: [Lanes]) -> [Lanes] {
    var values = Array(repeating: Lanes.zero, count: observations.count / architecture.observations)
    forEachBlock(observations) { firstGroup, groups in
      network.forwardValue(rows.base, stride: rows.stride, samples: groups * Lanes.count)
      let head = network.value.head
      for group in 0..<groups {
        values[firstGroup + group] = Lanes(head.row(group * Lanes.count), stride: head.stride, column: 0)
      }
    }
    return values
  }

  /// The logarithm of the probability (or density) of given actions, [group].
  ///
  /// - Parameter actions: before clipping, [group · size + index].
  package func logProbabilities(_ observations: [Lanes], actions: [Lanes]) -> [Lanes] {
    let size = architecture.actions.size
    var result = Array(repeating: Lanes.zero, count: observations.count / architecture.observations)
    forEachBlock(observations) { firstGroup, groups in
      network.forwardPolicy(rows.base, stride: rows.stride, samples: groups * Lanes.count)
      let head = network.policy.head
      for group in 0..<groups {
        var law = distribution
        let first = (firstGroup + group) * size
        result[firstGroup + group] =
          law.evaluate(
            head.row(group * Lanes.count), stride: head.stride, actions: Array(actions[first..<(first + size)])
          ).logProbability
      }
    }
    return result
  }

  /// The outputs of the policy's head for rows that are scaled already, each with its one at the end: the bare network.
  ///
  /// - Parameter samples: at most 64.
  package func head(_ rows: borrowing FloatMatrix, samples: Int) -> UnsafePointer<Float> {
    network.forwardPolicy(rows.base, stride: rows.stride, samples: samples)
    return network.policy.head.base
  }

  private func forEachBlock(_ observations: [Lanes], _ work: (Int, Int) -> Void) {
    let count = architecture.observations
    let groups = observations.count / count
    for first in stride(from: 0, to: groups, by: Self.block / Lanes.count) {
      let size = min(Self.block / Lanes.count, groups - first)
      for group in 0..<size {
        scaling.write(observations, from: first + group, into: rows, firstRow: group * Lanes.count)
      }
      work(first, size)
    }
  }
}
