/// A property in two independent samples of paths: how much likelier it is in the first.
///
/// Of the same paths in two worlds it is ``PairedShares``.
package struct ShareDifference: Sendable, Hashable {
  /// The paths of the first sample that have it.
  package let first: Proportion
  /// The paths of the second sample that have it.
  package let second: Proportion

  /// Of two samples.
  package init(_ first: Proportion, less second: Proportion) {
    self.first = first
    self.second = second
  }

  /// The difference of both shares with Newcombe's hybrid score interval: each share's distance to its own Wilson bound,
  /// squared and added, low = d − √((p₁ − l₁)² + (u₂ − p₂)²), high = d + √((u₁ − p₁)² + (p₂ − l₂)²).
  ///
  /// Where none of both samples has it, or all of both, nothing was seen. Unknown where one has no path; n is the smaller one.
  /// Source: Newcombe (1998), Statistics in Medicine 17, 873–890, method 10.
  package func estimate(confidence: Double = Estimate.defaultConfidence) -> Estimate {
    let n = min(first.trials, second.trials)
    let (one, other) = (first.wilson(confidence: confidence), second.wilson(confidence: confidence))
    guard let p = one.value, let q = other.value, let low = one.low, let high = one.high, let otherLow = other.low,
      let otherHigh = other.high
    else { return .unknown(n: n, confidence: confidence, method: .newcombe) }
    func added(_ one: Double, _ other: Double) -> Double { (one * one + other * other).squareRoot() }
    let value = p - q
    let interval = Estimate(
      value: value, low: max(-1, value - added(p - low, otherHigh - q)),
      high: min(1, value + added(high - p, q - otherLow)), confidence: confidence, n: n, method: .newcombe)
    return p == q && (p == 0 || p == 1) ? interval.asNotSeen() : interval
  }
}
