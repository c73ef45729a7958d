/// The ratio of two sums over paths, Σy/Σx: what a whole strategy paid by what it traded.
///
/// The cost of trading in basis points is Σcost/Σnotional, in which a path counts by what it traded; the mean of each
/// path's own basis points (``Moments``) is another figure, in which all paths count alike. Mergeable in a fixed order.
package struct RatioOfSums: Sendable, Hashable, Codable {
  /// How many pairs were added.
  package private(set) var count = 0
  private var meanNumerator = 0.0
  private var meanDenominator = 0.0
  private var squaresNumerator = 0.0
  private var squaresDenominator = 0.0
  private var products = 0.0

  /// Of nothing yet.
  package init() {}

  /// Takes the two figures of one path; both are finite.
  package mutating func add(numerator: Double, denominator: Double) {
    count += 1
    let n = Double(count)
    let deviationNumerator = numerator - meanNumerator
    let deviationDenominator = denominator - meanDenominator
    meanNumerator += deviationNumerator / n
    meanDenominator += deviationDenominator / n
    squaresNumerator += deviationNumerator * (numerator - meanNumerator)
    squaresDenominator += deviationDenominator * (denominator - meanDenominator)
    products += deviationNumerator * (denominator - meanDenominator)
  }

  /// Takes all that another stream has seen, as if it came after ours.
  package mutating func merge(_ other: RatioOfSums) {
    guard other.count > 0 else { return }
    let weight = Double(other.count) / Double(count + other.count)
    let between = Double(count) * weight
    let deviationNumerator = other.meanNumerator - meanNumerator
    let deviationDenominator = other.meanDenominator - meanDenominator
    squaresNumerator += other.squaresNumerator + deviationNumerator * deviationNumerator * between
    squaresDenominator += other.squaresDenominator + deviationDenominator * deviationDenominator * between
    products += other.products + deviationNumerator * deviationDenominator * between
    meanNumerator += deviationNumerator * weight
    meanDenominator += deviationDenominator * weight
    count += other.count
  }

  /// R = ȳ/x̄ with the delta-method interval R ± t·√(Σ(y − Rx)²/(n(n − 1)))/|x̄|, t with n − 1 degrees of freedom.
  ///
  /// Right for many paths, the more the heavier the tail of what is traded (exp(Z/2) squared at n = 500 covers 0.93
  /// instead of 0.95); its bias is of order 1/n. Unknown if nothing was added or Σx = 0 (nobody traded), without
  /// bounds for one path. Source: Cochran, Sampling Techniques (1977), section 6.4.
  package func estimate(confidence: Double = Estimate.defaultConfidence) -> Estimate {
    guard count > 0, meanDenominator != 0 else {
      return .unknown(n: count, confidence: confidence, method: .ratioDelta)
    }
    let ratio = meanNumerator / meanDenominator
    guard count > 1 else {
      return Estimate(value: ratio, low: nil, high: nil, confidence: confidence, n: count, method: .ratioDelta)
    }
    let n = Double(count)
    // The residuals y − Rx have mean zero, so the centred sums suffice.
    let residual = max(0, squaresNumerator - 2 * ratio * products + ratio * ratio * squaresDenominator)
    let error = (residual / (n * (n - 1))).squareRoot() / abs(meanDenominator)
    let half = CriticalValue.student(confidence, degrees: n - 1) * error
    return Estimate(
      value: ratio, low: ratio - half, high: ratio + half, confidence: confidence, n: count, method: .ratioDelta)
  }
}
