import Learning

/// A task with a known optimum, how to learn it, and what must come out.
package struct Gate: Sendable {
  /// Its short name, such as `B1`.
  package let name: String
  /// What it is, in a few words.
  package let title: String
  /// The task.
  package let task: any Environment
  /// The hyper-parameters.
  package let parameters: PPOParameters
  /// What is asked of the policies of all training seeds.
  package let criteria: [Criterion]
  /// Whether a policy that has not learned must fail. Not so where there is nothing to learn.
  package let untrainedFails: Bool
  /// Hyper-parameters with which a learner must fail: one that does not look beyond the next reward. Nil where it could not.
  package var shortSighted: PPOParameters? {
    guard parameters.discount > 0 else { return nil }
    var parameters = parameters
    parameters.discount = 0
    return parameters
  }
  /// Whether a learning curve shows returns of whole episodes: where rewards depend on how far an episode is, the mean of
  /// a step depends on where a rollout cuts it.
  package var isEpisodic = false
  /// What the best policy's learning curve would show, where that is known.
  package let best: Double?
  /// Measures a policy: one number for each criterion.
  package let measure: @Sendable (Policy) -> [Double]

  /// What is asked of one measure.
  package struct Criterion: Sendable {
    /// What is measured.
    package let name: String
    /// Where the median over the training seeds must lie.
    package let median: ClosedRange<Double>
    /// Where each seed must lie.
    package let each: ClosedRange<Double>

    package init(
      _ name: String, median: ClosedRange<Double>, each: ClosedRange<Double> = -Double.infinity...Double.infinity
    ) {
      self.name = name
      self.median = median
      self.each = each
    }
  }

  /// The network at the beginning of a training.
  package var architecture: Architecture {
    Architecture(observations: task.observations, policy: [32, 32], value: [32, 32], actions: task.actions)
  }

  /// What is not as asked, in words; empty when the gate is passed.
  ///
  /// - Parameter measures: for each seed one number for each criterion.
  package func complaints(_ measures: [[Double]]) -> [String] {
    criteria.indices.flatMap { index -> [String] in
      let criterion = criteria[index]
      let values = measures.map { $0[index] }
      let median = Self.median(values)
      var complaints = values.filter { !criterion.each.contains($0) }
        .map { "\(criterion.name) \($0) of a seed is outside \(criterion.each)" }
      if !criterion.median.contains(median) {
        complaints.append("the median \(criterion.name) \(median) is outside \(criterion.median)")
      }
      return complaints
    }
  }

  /// The middle one; of an even number the mean of the two in the middle.
  package static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}
