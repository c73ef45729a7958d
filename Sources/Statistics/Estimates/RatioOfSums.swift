/// The ratio of two sums over paths, Σy/Σx: what a whole strategy paid by what it traded.
///
/// The cost of trading in basis points is Σcost/Σnotional, in which a path counts by what it traded; the mean of each
/// path's own basis points (``Moments``) is another figure, in which all paths count alike.
package struct RatioOfSums: Sendable, Hashable {
  private let numerators: [Double]
  private let denominators: [Double]
  private let usual: Double

  /// Of the two figures of each path; all are finite.
  ///
  /// - Parameter usual: the ratio of a path on which nothing happened: 0 of a cost, 1 of what was filled.
  package init(_ numerators: [Double], over denominators: [Double], usually usual: Double) {
    precondition(numerators.count == denominators.count, "Invariant: a path has both figures")
    self.numerators = numerators
    self.denominators = denominators
    self.usual = usual
  }

  /// R = ȳ/x̄ with the delta-method interval: that of the mean residual y − Rx over |x̄|, by Student's t with n − 1 degrees
  /// of freedom after Hall's transformation.
  ///
  /// Its bias is of order 1/n. Where fewer than some tens of paths make the ratio differ from the usual one there are too
  /// few for bounds; where none does, nothing was seen. Unknown if nothing was added or Σx = 0 (nobody traded), without
  /// bounds for one path. Source: Cochran, Sampling Techniques (1977), section 6.4.
  package func estimate(confidence: Double = Estimate.defaultConfidence) -> Estimate {
    let n = numerators.count
    let mean = Moments(denominators).mean
    guard n > 0, mean != 0, mean.isFinite else { return .unknown(n: n, confidence: confidence, method: .ratioDelta) }
    let ratio = Moments(numerators).mean / mean
    let bare = Estimate.computed(value: ratio, low: nil, high: nil, confidence: confidence, n: n, method: .ratioDelta)
    let pairs = zip(numerators, denominators)
    let residuals = Moments(pairs.map { $0 - ratio * $1 })
    guard let variance = residuals.variance, bare.value != nil else { return bare }
    guard variance.isFinite, residuals.skewness.isFinite else { return bare.asTooFewPaths() }
    let error = (variance / Double(n)).squareRoot() / abs(mean)
    // Rounding moves the ratio of a path by a few of its last digits.
    let others = pairs.count { abs($0 - usual * $1) > 1e-9 * abs($1) }
    guard others > 0 else {
      return Estimate(value: usual, low: nil, high: nil, confidence: confidence, n: n, method: .ratioDelta).asNotSeen()
    }
    guard error * Double(n).squareRoot() > 1e-9 * abs(ratio) else { return bare.asNotSeen() }
    if (others < n && others < Moments.fewestNonzero) || HallInterval.isTooSkew(residuals.skewness) {
      return bare.asTooFewPaths()
    }
    let interval = HallInterval(
      around: ratio, error: error, skewness: mean > 0 ? residuals.skewness : -residuals.skewness,
      critical: CriticalValue.student(confidence, degrees: Double(n - 1)))
    return .computed(
      value: ratio, low: interval.low, high: interval.high, confidence: confidence, n: n, method: .ratioDelta)
  }
}

extension RatioOfSums {
  /// What each path adds to the ratio, R + (y − Rx)/x̄, whose mean it is; nil where nothing was added or Σx = 0. So a
  /// difference of two ratios is a mean of differences where the paths are the same, by the delta method.
  package var contributions: [Double]? {
    let mean = Moments(denominators).mean
    guard mean != 0, mean.isFinite else { return nil }
    let ratio = Moments(numerators).mean / mean
    guard ratio.isFinite else { return nil }
    return zip(numerators, denominators).map { ratio + ($0 - ratio * $1) / mean }
  }
}
