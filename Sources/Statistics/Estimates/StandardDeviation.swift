/// The standard deviation of a sample, with an interval that asks for no normal law.
package struct StandardDeviation: Sendable, Hashable {
  private let values: [Double]

  /// Of finite numbers.
  package init(_ values: [Double]) { self.values = values }

  /// √(Σ(x − x̄)²/(n − 1)), with the roots of the ends of Student's t interval for the mean of (x − x̄)²·n/(n − 1), after
  /// Hall's transformation: it holds for any numbers with finite fourth powers.
  ///
  /// Unknown for fewer than two numbers; without bounds where too few numbers make the deviation, or all are the same.
  package func estimate(confidence: Double = Estimate.defaultConfidence) -> Estimate {
    let n = values.count
    guard n > 1 else { return .unknown(n: n, confidence: confidence, method: .studentT) }
    let mean = Moments(values).mean
    let scale = Double(n) / Double(n - 1)
    let square = Moments(values.map { ($0 - mean) * ($0 - mean) * scale }).estimate(confidence: confidence)
    func root(_ value: Double?) -> Double? { value.map { max(0, $0).squareRoot() } }
    return Estimate(
      value: root(square.value), low: root(square.low), high: root(square.high), confidence: confidence, n: n,
      method: .studentT, evidence: square.evidence)
  }
}
