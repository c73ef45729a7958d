import Lanes

/// The policy's half of a gradient step: −E[min(ρA, clip(ρ, 1 − ε, 1 + ε)A)] − c·E[entropy], ρ = p(a)/p_old(a).
///
/// Source: J. Schulman et al. (2017), eq. (7) and (9).
final class PolicyLearner {
  private let network: Network
  private var distribution: any ActionDistribution
  private let input: FloatMatrix
  private var actions: [Lanes]

  init(_ network: Network) {
    self.network = network
    distribution = network.distribution
    let observations = network.architecture.observations
    input = FloatMatrix(rows: network.block, columns: observations + 1)
    actions = Array(repeating: .zero, count: network.architecture.actions.size)
  }

  /// The gradients of the policy's tower over a whole minibatch.
  func backward(_ batch: Minibatch) -> PolicySums {
    var sums = PolicySums()
    network.logDeviation.gradient.clear()
    for block in stride(from: 0, to: batch.count, by: network.block) {
      let samples = min(network.block, batch.count - block)
      sums.add(backward(batch, block, samples, gather(batch, block, samples), isFirst: block == 0))
    }
    return sums
  }

  /// The observations of a block.
  func gather(_ batch: Minibatch, _ block: Int, _ samples: Int) -> Rows {
    batch.gatherObservations(from: block, count: samples, into: input)
    return Rows(base: UnsafePointer(input.base), stride: input.stride)
  }

  /// The same for one block, whose inputs are the rows `x`.
  func backward(
    _ batch: Minibatch, _ block: Int, _ samples: Int, _ x: Rows, isFirst: Bool, into below: SharedOutput? = nil
  ) -> PolicySums {
    let tower = network.policy
    tower.forward(x.base, stride: x.stride, samples: samples)
    let head = tower.head
    let rollout = batch.rollout
    let share = 1 / Double(batch.count)
    var sums = PolicySums()
    for row in stride(from: 0, to: samples, by: Lanes.count) {
      let place = block + row
      let isSample = batch.isSample(from: place)
      for index in actions.indices {
        actions[index] = Lanes { Double(rollout.actions[batch.sample(place + $0), index]) }
      }
      let (logProbability, entropy) = distribution.evaluate(head.row(row), stride: head.stride, actions: actions)
      // Beyond e²⁰ a ratio says no more than that it is clipped.
      let logRatio = max(min(logProbability - batch.gather(rollout.logProbabilities, from: place), 20), -20)
      let ratio = exp(logRatio)
      let advantage = (batch.gather(rollout.advantages, from: place) - batch.advantageMean) * batch.advantageScale
      let free = ratio * advantage
      let clipped = max(min(ratio, 1 + batch.clip), 1 - batch.clip) * advantage
      let isFree = free .<= clipped
      // ∂ρ = ρ·∂ log p. Where the clipped term is the smaller one, nothing pulls any more.
      distribution.writeGradient(
        logProbability: select(isSample & isFree, -share * free, .zero),
        entropy: select(isSample, Lanes(-share * batch.entropyCoefficient), .zero), into: tower.delta.row(row),
        stride: tower.delta.stride)
      sums.add(
        objective: min(free, clipped), entropy: entropy, kl: (ratio - 1) - logRatio,
        isClipped: abs(ratio - 1) .> batch.clip, where: isSample)
    }
    sums.samples = Double(samples)
    tower.backward(x.base, stride: x.stride, samples: samples, isFirst: isFirst, into: below)
    return sums
  }
}

/// Sums over samples of what a log of the training shows.
package struct PolicySums {
  /// How many samples.
  package var samples = 0.0
  /// Σ (ρ − 1) − log ρ.
  package private(set) var kl = 0.0
  private var objective = 0.0
  private var entropy = 0.0
  private var clipped = 0.0

  /// Adds eight samples, where there are that many.
  @inline(__always)
  mutating func add(objective: Lanes, entropy: Lanes, kl: Lanes, isClipped: Mask, where isSample: Mask) {
    self.objective += select(isSample, objective, .zero).sum
    self.entropy += select(isSample, entropy, .zero).sum
    self.kl += select(isSample, kl, .zero).sum
    clipped += Double((isClipped & isSample).bits.nonzeroBitCount)
  }

  /// Adds other samples.
  mutating func add(_ other: PolicySums) {
    samples += other.samples
    objective += other.objective
    entropy += other.entropy
    kl += other.kl
    clipped += other.clipped
  }

  /// Writes the means into a record; those of no samples stay 0.
  package func describe(_ record: inout UpdateRecord) {
    guard samples > 0 else { return }
    record.policyLoss = -objective / samples
    record.entropy = entropy / samples
    record.approximateKL = kl / samples
    record.clipFraction = clipped / samples
  }
}
