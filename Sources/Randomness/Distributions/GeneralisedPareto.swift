import Documents

/// `{"generalisedPareto": {"threshold", "scale", "shape"}}`: what lies over a high threshold, whatever the law under it.
///
/// P(X > u + y) = (1 + ξy/β)^(−1/ξ), e^(−y/β) at ξ = 0; for ξ < 0 it ends at u − β/ξ.
/// Source: Balkema & de Haan (1974), Annals of Probability 2(5); Pickands (1975), Annals of Statistics 3(1).
package struct GeneralisedPareto: Distribution {
  /// The threshold u, the smallest value.
  package let threshold: Double
  /// The scale β, above 0.
  package let scale: Double
  /// The shape ξ.
  package let shape: Double

  /// A generalised Pareto law.
  package init(threshold: Double, scale: Double, shape: Double) {
    self.threshold = threshold
    self.scale = scale
    self.shape = shape
  }

  package func cumulative(_ x: Double) -> Double {
    guard x > threshold else { return 0 }
    let y = (x - threshold) / scale
    guard shape != 0 else { return -expm1(-y) }
    return shape * y > -1 ? -expm1(-log1p(shape * y) / shape) : 1
  }

  package func quantile(_ p: Double) -> Double {
    let rate = -log1p(-p)
    return threshold + scale * (shape == 0 ? rate : expm1(shape * rate) / shape)
  }

  package var support: ClosedRange<Double> {
    threshold...(shape < 0 ? threshold - scale / shape : .infinity)
  }

  package func text(_ number: (Double) -> String) -> String {
    "generalised Pareto over \(number(threshold)) with scale \(number(scale)) and shape \(JSONWriter.number(shape))"
  }

  static func form(_ scalar: Scalar) -> Form<any Distribution> {
    let inner = Form(
      Field("threshold", .scalar(scalar), "smallest value"),
      Field("scale", .scalar(scalar.limited(to: .above(0))), "scale of what lies over the threshold"),
      Field("shape", .number(.none, in: .between(-5, 5)), "above 0 a heavy tail, 0 an exponential one, under 0 an end"),
      make: GeneralisedPareto.init)
    return Form(Field("generalisedPareto", .form(inner), "threshold, scale and shape"), make: { $0 })
  }
}
