import Documents

/// `{"between": [a, b]}`: every value from a to b is as likely as any other.
package struct Uniform: Distribution {
  /// The smallest value.
  package let low: Double
  /// The largest value, above `low`.
  package let high: Double

  /// A uniform law.
  package init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  package func cumulative(_ x: Double) -> Double { min(1, max(0, (x - low) / (high - low))) }
  package func quantile(_ p: Double) -> Double { low + p * (high - low) }
  package var support: ClosedRange<Double> { low...high }

  package func text(_ number: (Double) -> String) -> String { "between \(number(low)) and \(number(high))" }

  static func form(_ scalar: Scalar) -> Form<any Distribution> {
    Form(
      Field("between", .list(.scalar(scalar), count: 2...2), "the two ends"),
      make: { (ends) throws(FormViolation) in
        guard ends[0] < ends[1] else { throw FormViolation("between", "the first end is not under the second") }
        return Uniform(low: ends[0], high: ends[1])
      })
  }
}
