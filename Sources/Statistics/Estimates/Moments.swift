/// Count, mean, spread and skewness of a stream of numbers, taken in one pass and mergeable.
///
/// Merging gives the figures of the joined stream up to rounding, so merge in a fixed order (that of the paths).
/// Source: Welford (1962), Technometrics 4(3); merging by Chan, Golub & LeVeque (1979), third powers by Pébay (2008),
/// Sandia report SAND2008-6212.
package struct Moments: Sendable, Hashable, Codable {
  /// How many numbers were added.
  package private(set) var count = 0
  /// Their mean; 0 for none.
  package private(set) var mean = 0.0
  /// The sum of squared deviations from the mean.
  private var squares = 0.0
  /// The sum of their third powers.
  private var cubes = 0.0
  /// How many numbers were not 0: on the others nothing happened.
  private var nonzero = 0

  /// The fewest numbers other than 0 that an interval is made of, where some are 0.
  ///
  /// Below it the spread of what happens is not known well enough: of rare gains and losses the interval covers 0.92 with
  /// ten of them, 0.93 with twenty-five.
  static let fewestNonzero = 25

  /// Of nothing yet.
  package init() {}

  /// Of some numbers, in their order.
  package init(_ values: some Sequence<Double>) {
    for value in values { add(value) }
  }

  /// Takes one more number, which is finite.
  package mutating func add(_ value: Double) {
    let before = Double(count)
    count += 1
    if value != 0 { nonzero += 1 }
    let n = Double(count)
    let deviation = value - mean
    let part = deviation / n
    let term = deviation * part * before
    cubes += term * part * (n - 2) - 3 * part * squares
    mean += part
    squares += term
  }

  /// Takes all that another stream has seen, as if it came after ours.
  package mutating func merge(_ other: Moments) {
    guard other.count > 0 else { return }
    let (ours, theirs) = (Double(count), Double(other.count))
    let total = ours + theirs
    let deviation = other.mean - mean
    let part = deviation / total
    cubes +=
      other.cubes + deviation * part * part * ours * theirs * (ours - theirs)
      + 3 * part * (ours * other.squares - theirs * squares)
    squares += other.squares + deviation * part * ours * theirs
    mean += part * theirs
    count += other.count
    nonzero += other.nonzero
  }

  /// The unbiased variance, Σ(x − x̄)²/(n − 1); `nil` under two numbers.
  package var variance: Double? {
    count > 1 ? squares / Double(count - 1) : nil
  }

  /// The skewness of the mean, g/√n with g = m₃/m₂^1.5; 0 where all numbers are the same.
  package var skewness: Double {
    let spread = squares / Double(max(count, 1))
    guard spread > 0 else { return 0 }
    return cubes / Double(count) / (spread * spread.squareRoot()) / Double(count).squareRoot()
  }

  /// The mean with Student's t interval after Hall's transformation, x̄ ± t·s/√n but for skewness.
  ///
  /// Right for any numbers with a finite variance once some tens of them make the mean. Where fewer do (a few of them not
  /// 0, or one far out), there are too few paths for bounds; where all are the same, nothing was seen that differs. Not
  /// for the probability of an event: that is ``Proportion``. Unknown for no number, without bounds for one.
  package func estimate(confidence: Double = Estimate.defaultConfidence) -> Estimate {
    guard count > 0 else { return .unknown(n: 0, confidence: confidence, method: .studentT) }
    let bare = Estimate.computed(value: mean, low: nil, high: nil, confidence: confidence, n: count, method: .studentT)
    guard let variance, bare.value != nil else { return bare }
    // Squares and third powers of numbers beyond 10¹⁰⁰ are none.
    guard variance.isFinite, skewness.isFinite else { return bare.asTooFewPaths() }
    // What the last digits of equal numbers differ by is no spread.
    guard variance.squareRoot() > 1e-9 * abs(mean) else { return bare.asNotSeen() }
    if (nonzero < count && nonzero < Self.fewestNonzero) || HallInterval.isTooSkew(skewness) {
      return bare.asTooFewPaths()
    }
    let interval = HallInterval(
      around: mean, error: (variance / Double(count)).squareRoot(), skewness: skewness,
      critical: CriticalValue.student(confidence, degrees: Double(count - 1)))
    return .computed(
      value: mean, low: interval.low, high: interval.high, confidence: confidence, n: count, method: .studentT)
  }
}
