import Documents

/// `{"pareto": {"least", "tail"}}`: P(X > x) = (least/x)^tail from the least value on. A tail at 1 or under has no mean, one at
/// 2 or under no variance, before the law is cut to the field's range.
package struct Pareto: Distribution {
  /// The smallest value, above 0.
  package let least: Double
  /// The tail's exponent, above 0.
  package let tail: Double

  /// A Pareto law.
  package init(least: Double, tail: Double) {
    self.least = least
    self.tail = tail
  }

  package func cumulative(_ x: Double) -> Double { x > least ? -expm1(-tail * log(x / least)) : 0 }
  package func quantile(_ p: Double) -> Double { least * exp(-log1p(-p) / tail) }
  package var support: ClosedRange<Double> { least...Double.infinity }

  package func text(_ number: (Double) -> String) -> String {
    "Pareto from \(number(least)) with tail \(JSONWriter.number(tail))"
  }

  static func form(_ scalar: Scalar) -> Form<any Distribution> {
    let inner = Form(
      Field("least", .scalar(scalar.limited(to: .above(0))), "smallest value"),
      Field("tail", .number(.none, in: .between(0.1, 1000)), "exponent of the tail: the smaller, the heavier"),
      make: Pareto.init)
    return Form(Field("pareto", .form(inner), "smallest value and tail"), make: { $0 })
  }
}
