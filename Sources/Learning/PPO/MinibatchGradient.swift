/// The gradient of PPO's loss by all parameters of a network: the policy's half and the value's, side by side where they
/// share no layer.
package final class MinibatchGradient {
  private let network: Network
  private let pair: WorkerPair
  private let policy: PolicyLearner
  private let value: ValueLearner

  /// - Parameter pair: must not be split for a network with shared layers.
  package init(_ network: Network, _ pair: WorkerPair) {
    self.network = network
    self.pair = pair
    policy = PolicyLearner(network)
    value = ValueLearner(network)
  }

  /// Puts the gradient of a minibatch's mean loss into the network.
  ///
  /// - Returns: the sums of the policy's half, and the sum of the value's squared errors.
  package func compute(_ batch: Minibatch) -> (policy: PolicySums, value: Double) {
    var (policyPart, valuePart) = (PolicySums(), 0.0)
    if let shared = network.shared, let sum = network.sharedOutput {
      throughShared(shared, sum, batch, &policyPart, &valuePart)
    } else {
      pair.run {
        policyPart = policy.backward(batch)
      } and: {
        valuePart = value.backward(batch)
      }
    }
    return (policyPart, valuePart)
  }

  private func throughShared(
    _ shared: Tower, _ sum: SharedOutput, _ batch: Minibatch, _ policyPart: inout PolicySums, _ valuePart: inout Double
  ) {
    network.logDeviation.gradient.clear()
    let above = shared.head
    for block in stride(from: 0, to: batch.count, by: network.block) {
      let samples = min(network.block, batch.count - block)
      let isFirst = block == 0
      let input = policy.gather(batch, block, samples)
      shared.forward(input.base, stride: input.stride, samples: samples)
      sum.gradient.clear()
      policyPart.add(policy.backward(batch, block, samples, above, isFirst: isFirst, into: sum))
      valuePart += value.backward(batch, block, samples, above, isFirst: isFirst, into: sum)
      shared.backward(from: sum, input.base, stride: input.stride, samples: samples, isFirst: isFirst)
    }
  }
}

extension Network {
  /// The length of the gradient by all parameters.
  package var gradientNorm: Double {
    var squares = shared?.squaredGradient ?? 0
    squares += policy.squaredGradient + logDeviation.squaredGradient
    squares += value.squaredGradient
    return squares.squareRoot()
  }
}
