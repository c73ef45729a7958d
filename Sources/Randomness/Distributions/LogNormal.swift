import Documents
import Lanes

/// `{"lognormal": {"median", "sigma"}}`: the logarithm is normal around that of the median.
package struct LogNormal: Distribution {
  /// The median, above 0.
  package let median: Double
  /// Standard deviation of the logarithm, above 0.
  package let sigma: Double

  /// A lognormal law.
  package init(median: Double, sigma: Double) {
    self.median = median
    self.sigma = sigma
  }

  package func cumulative(_ x: Double) -> Double {
    x > 0 ? normalCumulative(log(x / median) / sigma) : 0
  }
  package func quantile(_ p: Double) -> Double { median * exp(sigma * normalQuantile(Lanes(p)))[0] }
  package var support: ClosedRange<Double> { 0...Double.infinity }

  package func text(_ number: (Double) -> String) -> String {
    "lognormal with median \(number(median)) and sigma \(JSONWriter.number(sigma))"
  }

  static func form(_ scalar: Scalar) -> Form<any Distribution> {
    let inner = Form(
      Field("median", .scalar(scalar.limited(to: .above(0))), "median before the law is cut to the legal range"),
      Field("sigma", .number(.none, in: .above(0)), "standard deviation of the logarithm"),
      make: LogNormal.init)
    return Form(Field("lognormal", .form(inner), "median and sigma"), make: { $0 })
  }
}
