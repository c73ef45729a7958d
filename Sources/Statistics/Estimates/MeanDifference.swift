/// The difference of the means of two independent samples. Of the same paths in two worlds it is the mean of the
/// differences: ``Moments``.
package struct MeanDifference: Sendable, Hashable {
  private let first: Moments
  private let second: Moments

  /// Of two samples.
  package init(_ first: Moments, less second: Moments) {
    self.first = first
    self.second = second
  }

  /// x̄ − ȳ with Welch's t interval: variances of their own, and Satterthwaite's degrees of freedom, after Hall's
  /// transformation for the skewness of the difference.
  ///
  /// Too few paths where they are too few for one of both means; where neither sample varies nothing was seen. Unknown where
  /// one is empty; n is the smaller one. Source: Welch (1947), Biometrika 34; the transformation as in ``Moments``.
  package func estimate(confidence: Double = Estimate.defaultConfidence) -> Estimate {
    let n = min(first.count, second.count)
    guard n > 0 else { return .unknown(n: 0, confidence: confidence, method: .welch) }
    let value = first.mean - second.mean
    let bare = Estimate.computed(value: value, low: nil, high: nil, confidence: confidence, n: n, method: .welch)
    guard let variance = first.variance, let other = second.variance, bare.value != nil else { return bare }
    let single = [first, second].map { $0.estimate(confidence: confidence) }
    guard single.allSatisfy({ $0.evidence != .tooFewPaths }) else { return bare.asTooFewPaths() }
    let isConstant = single.allSatisfy { if case .notSeen = $0.evidence { true } else { false } }
    guard !isConstant else { return bare.asNotSeen() }
    let (a, b) = (variance / Double(first.count), other / Double(second.count))
    let error = (a + b).squareRoot()
    let degrees = (a + b) * (a + b) / (a * a / Double(first.count - 1) + b * b / Double(second.count - 1))
    // The third cumulant of a mean is its skewness times the cube of its error; cumulants of independent means add.
    let cubes = first.skewness * a * a.squareRoot() - second.skewness * b * b.squareRoot()
    let skewness = cubes / (error * error * error)
    guard error.isFinite, error > 0, degrees.isFinite, skewness.isFinite else { return bare.asTooFewPaths() }
    let interval = HallInterval(
      around: value, error: error, skewness: skewness, critical: CriticalValue.student(confidence, degrees: degrees))
    return .computed(
      value: value, low: interval.low, high: interval.high, confidence: confidence, n: n, method: .welch)
  }
}
