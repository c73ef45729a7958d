import Documents
import Lanes

/// `{"normal": {"mean", "sd"}}`.
package struct Normal: Distribution {
  /// The mean.
  package let mean: Double
  /// The standard deviation, above 0.
  package let sd: Double

  /// A normal law.
  package init(mean: Double, sd: Double) {
    self.mean = mean
    self.sd = sd
  }

  package func cumulative(_ x: Double) -> Double { normalCumulative((x - mean) / sd) }
  package func quantile(_ p: Double) -> Double { mean + sd * normalQuantile(Lanes(p))[0] }
  package var support: ClosedRange<Double> { -Double.infinity...Double.infinity }

  package func text(_ number: (Double) -> String) -> String {
    "normal with mean \(number(mean)) and standard deviation \(number(sd))"
  }

  static func form(_ scalar: Scalar) -> Form<any Distribution> {
    let inner = Form(
      Field("mean", .scalar(scalar.limited(to: .any)), "mean before the law is cut to the legal range"),
      Field("sd", .scalar(scalar.limited(to: .above(0))), "standard deviation"),
      make: Normal.init)
    return Form(Field("normal", .form(inner), "mean and standard deviation"), make: { $0 })
  }
}
