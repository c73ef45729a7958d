import Documents

/// `{"beta": {"a", "b", "from", "to"}}`: the beta law with two shapes, stretched from one value to another.
package struct Beta: Distribution {
  /// The smallest value.
  package let from: Double
  /// The largest value, above `from`.
  package let to: Double
  /// The law on 0…1.
  private let law: BetaLaw

  /// A beta law with shapes above 0 on a range.
  package init(a: Double, b: Double, from: Double, to: Double) {
    self.from = from
    self.to = to
    law = BetaLaw(a: a, b: b)
  }

  package func cumulative(_ x: Double) -> Double { law.cumulative((x - from) / (to - from)) }
  package func quantile(_ p: Double) -> Double { from + law.quantile(p) * (to - from) }
  package var support: ClosedRange<Double> { from...to }

  package func text(_ number: (Double) -> String) -> String {
    "beta from \(number(from)) to \(number(to)) with shapes \(JSONWriter.number(law.a)) and \(JSONWriter.number(law.b))"
  }

  static func form(_ scalar: Scalar) -> Form<any Distribution> {
    let shape = QuantityRange.between(0.001, 1e6)
    let inner = Form(
      Field("a", .number(.none, in: shape), "the first shape: the mean is a/(a + b) of the way"),
      Field("b", .number(.none, in: shape), "the second shape"),
      Field("from", .scalar(scalar), "smallest value"),
      Field("to", .scalar(scalar), "largest value"),
      make: { (a, b, from, to) throws(FormViolation) in
        guard from < to else { throw FormViolation("to", "to is not above from") }
        return Beta(a: a, b: b, from: from, to: to)
      })
    return Form(Field("beta", .form(inner), "shapes and range"), make: { $0 })
  }
}
