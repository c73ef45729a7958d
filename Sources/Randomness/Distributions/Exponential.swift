import Documents
import Lanes

/// `{"exponential": {"mean"}}`: the time to the next of events that come at a constant rate. As an event's start it leaves
/// the event out on the paths on which it comes after the horizon.
package struct Exponential: Distribution {
  /// The mean, above 0.
  package let mean: Double

  /// An exponential law.
  package init(mean: Double) { self.mean = mean }

  package func cumulative(_ x: Double) -> Double { x > 0 ? -expm1(-x / mean) : 0 }
  package func quantile(_ p: Double) -> Double { -mean * log1p(-p) }
  package var support: ClosedRange<Double> { 0...Double.infinity }

  package func text(_ number: (Double) -> String) -> String { "exponential with mean \(number(mean))" }

  static func form(_ scalar: Scalar) -> Form<any Distribution> {
    let inner = Form(
      Field("mean", .scalar(scalar.limited(to: .above(0))), "mean before the law is cut to the legal range"),
      make: Exponential.init)
    return Form(Field("exponential", .form(inner), "mean"), make: { $0 })
  }
}
