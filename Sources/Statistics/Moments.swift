/// Count, mean and spread of a stream of numbers, taken in one pass and mergeable.
///
/// Merging gives the figures of the joined stream up to rounding, so merge in a fixed order (that of the paths).
/// Source: Welford (1962), Technometrics 4(3); merging by Chan, Golub & LeVeque (1979).
package struct Moments: Sendable, Hashable, Codable {
  /// How many numbers were added.
  package private(set) var count = 0
  /// Their mean; 0 for none.
  package private(set) var mean = 0.0
  /// The sum of squared deviations from the mean.
  private var squares = 0.0

  /// Of nothing yet.
  package init() {}

  /// Of some numbers, in their order.
  package init(_ values: some Sequence<Double>) {
    for value in values { add(value) }
  }

  /// Takes one more number, which is finite.
  package mutating func add(_ value: Double) {
    count += 1
    let deviation = value - mean
    mean += deviation / Double(count)
    squares += deviation * (value - mean)
  }

  /// Takes all that another stream has seen, as if it came after ours.
  package mutating func merge(_ other: Moments) {
    guard other.count > 0 else { return }
    let total = Double(count + other.count)
    let deviation = other.mean - mean
    let weight = Double(other.count) / total
    squares += other.squares + deviation * deviation * Double(count) * weight
    mean += deviation * weight
    count += other.count
  }

  /// The unbiased variance, Σ(x − x̄)²/(n − 1); `nil` under two numbers.
  package var variance: Double? {
    count > 1 ? squares / Double(count - 1) : nil
  }

  /// The mean with Student's t interval, x̄ ± t·s/√n.
  ///
  /// Exact for normal numbers, and right for any with a finite variance once n is large against their squared skewness
  /// (some hundreds of paths for a drawdown or a cost). Wrong where the variance is not finite, and of no use for the
  /// probability of a rare event: that is ``Proportion``. Unknown for no number, without bounds for one.
  package func estimate(confidence: Double = Estimate.defaultConfidence) -> Estimate {
    guard count > 0 else { return .unknown(n: 0, confidence: confidence, method: .studentT) }
    guard let variance else {
      return Estimate(value: mean, low: nil, high: nil, confidence: confidence, n: count, method: .studentT)
    }
    let half = CriticalValue.student(confidence, degrees: Double(count - 1)) * (variance / Double(count)).squareRoot()
    return Estimate(
      value: mean, low: mean - half, high: mean + half, confidence: confidence, n: count, method: .studentT)
  }
}
