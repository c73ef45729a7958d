import Glibc

/// The mean of numbers that lie between 0 and 1, with an interval however few of them differ.
package struct BoundedMean: Sendable, Hashable {
  private let values: [Double]

  /// Of numbers in 0…1.
  package init(_ values: [Double]) {
    precondition(values.allSatisfy { $0 >= 0 && $0 <= 1 }, "Invariant: a bounded number lies between 0 and 1")
    self.values = values
  }

  /// Student's t interval where the numbers differ enough for one (``Moments``), cut to 0…1; else that of Hoeffding's
  /// inequality, which holds for any numbers between 0 and 1: the means μ with n·KL(x̄‖μ) ≤ ln(2/α), α = 1 − confidence.
  ///
  /// Of numbers that are all 1 its lower end is (α/2)^(1/n), Clopper and Pearson's. Unknown for no number. Source: Hoeffding
  /// (1963), Journal of the American Statistical Association 58(301), theorem 1, equation 2.1.
  package func estimate(confidence: Double = Estimate.defaultConfidence) -> Estimate {
    let student = Moments(values).estimate(confidence: confidence)
    guard let value = student.value else { return student }
    if let low = student.low, let high = student.high {
      return Estimate(
        value: value, low: max(0, low), high: min(1, high), confidence: confidence, n: values.count, method: .studentT)
    }
    let mean = min(max(value, 0), 1)
    let reach = log(2 / (1 - confidence)) / Double(values.count)
    return Estimate(
      value: mean, low: Self.end(mean, 0, reach), high: Self.end(mean, 1, reach), confidence: confidence,
      n: values.count, method: .hoeffding)
  }

  /// The mean farthest from another on the way to an end whose divergence is no more than `reach`.
  private static func end(_ mean: Double, _ end: Double, _ reach: Double) -> Double {
    var (inside, outside) = (mean, end)
    guard inside != outside else { return end }
    // Halving ends where two neighbouring numbers are left.
    for _ in 0..<200 {
      let middle = (inside + outside) / 2
      if middle == inside || middle == outside { break }
      if divergence(mean, middle) <= reach { inside = middle } else { outside = middle }
    }
    return inside
  }

  /// Kullback and Leibler's divergence of two coins.
  private static func divergence(_ p: Double, _ q: Double) -> Double {
    let heads = p > 0 ? p * log(p / q) : 0
    let tails = p < 1 ? (1 - p) * (log1p(-p) - log1p(-q)) : 0
    return heads + tails
  }
}
