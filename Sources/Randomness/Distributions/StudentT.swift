import Documents
import Lanes

/// `{"studentT": {"median", "scale", "degrees"}}`: Student's t, symmetric about its median, with heavier tails the fewer degrees
/// of freedom. `scale` is that of the law as it stands: its standard deviation is scale·√(ν/(ν − 2)) for ν > 2.
package struct StudentT: Distribution {
  /// The median.
  package let median: Double
  /// The scale, above 0.
  package let scale: Double
  /// Degrees of freedom ν, above 0.
  package let degrees: Double
  /// The law of T²/(ν + T²), and of what is left of it to 1.
  private let near, far: BetaLaw

  /// A t law.
  package init(median: Double, scale: Double, degrees: Double) {
    self.median = median
    self.scale = scale
    self.degrees = degrees
    near = BetaLaw(a: 0.5, b: degrees / 2)
    far = BetaLaw(a: degrees / 2, b: 0.5)
  }

  /// Source: NIST Digital Library of Mathematical Functions, 8.17 with x = ν/(ν + t²).
  package func cumulative(_ x: Double) -> Double {
    let t = (x - median) / scale
    let square = t * t
    if square < 1 {
      let inside = near.cumulative(square / (degrees + square))
      return 0.5 * (t < 0 ? 1 - inside : 1 + inside)
    }
    let beyond = square < .infinity ? 0.5 * far.cumulative(degrees / (degrees + square)) : 0
    return t < 0 ? beyond : 1 - beyond
  }

  package func quantile(_ p: Double) -> Double {
    guard p != 0.5 else { return median }
    let beyond = 2 * min(p, 1 - p)
    let t: Double
    if beyond > 0.5 {
      let y = near.quantile(1 - beyond)
      t = (degrees * y / (1 - y)).squareRoot()
    } else {
      let y = far.quantile(beyond)
      t = (degrees * (1 - y) / y).squareRoot()
    }
    return median + scale * (p < 0.5 ? -t : t)
  }

  package var support: ClosedRange<Double> { -Double.infinity...Double.infinity }

  package func text(_ number: (Double) -> String) -> String {
    "Student t around \(number(median)) with scale \(number(scale)) and \(JSONWriter.number(degrees)) degrees of freedom"
  }

  static func form(_ scalar: Scalar) -> Form<any Distribution> {
    let inner = Form(
      Field("median", .scalar(scalar), "median before the law is cut to the legal range"),
      Field("scale", .scalar(scalar.limited(to: .above(0))), "scale; the standard deviation is √(ν/(ν − 2)) times it"),
      Field("degrees", .number(.none, in: .between(0.5, 1000)), "degrees of freedom ν"),
      make: StudentT.init)
    return Form(Field("studentT", .form(inner), "median, scale and degrees of freedom"), make: { $0 })
  }
}
