import Documents
import Lanes

/// `{"gamma": {"shape", "mean"}}`: the gamma law; at shape 1 the exponential one, and the larger the shape, the narrower.
package struct Gamma: Distribution {
  /// The shape, above 0.
  package let shape: Double
  /// The mean, above 0.
  package let mean: Double
  private let law: GammaLaw

  /// A gamma law; its scale is mean/shape.
  package init(shape: Double, mean: Double) {
    self.shape = shape
    self.mean = mean
    law = GammaLaw(shape: shape)
  }

  package func cumulative(_ x: Double) -> Double { x > 0 ? law.cumulative(x * (shape / mean)) : 0 }
  package func quantile(_ p: Double) -> Double { law.quantile(p) * (mean / shape) }
  package var support: ClosedRange<Double> { 0...Double.infinity }

  package func text(_ number: (Double) -> String) -> String {
    "gamma with mean \(number(mean)) and shape \(JSONWriter.number(shape))"
  }

  static func form(_ scalar: Scalar) -> Form<any Distribution> {
    let inner = Form(
      Field("shape", .number(.none, in: .between(0.01, 1e6)), "1 is exponential; the relative deviation is 1/√shape"),
      Field("mean", .scalar(scalar.limited(to: .above(0))), "mean before the law is cut to the legal range"),
      make: Gamma.init)
    return Form(Field("gamma", .form(inner), "shape and mean"), make: { $0 })
  }
}
