import Documents

/// `{"low", "typical", "high"}`: the PERT law, a beta law on low…high whose mode is the typical value.
///
/// Shapes 1 + 4(typical − low)/(high − low) and 1 + 4(high − typical)/(high − low), so that the mean is
/// (low + 4·typical + high)/6.
/// Source: Malcolm, Roseboom, Clark & Fazar (1959), Operations Research 7(5).
package struct Pert: Distribution {
  /// The smallest value.
  package let low: Double
  /// The likeliest value, in low…high.
  package let typical: Double
  /// The largest value, above `low`.
  package let high: Double

  /// The law on 0…1.
  private let law: BetaLaw

  /// A PERT law.
  package init(low: Double, typical: Double, high: Double) {
    self.low = low
    self.typical = typical
    self.high = high
    law = BetaLaw(a: 1 + 4 * (typical - low) / (high - low), b: 1 + 4 * (high - typical) / (high - low))
  }

  package func cumulative(_ x: Double) -> Double {
    law.cumulative((x - low) / (high - low))
  }

  package func quantile(_ p: Double) -> Double {
    low + law.quantile(p) * (high - low)
  }

  package var support: ClosedRange<Double> { low...high }

  package func text(_ number: (Double) -> String) -> String {
    "\(number(low)) to \(number(high)), typically \(number(typical))"
  }

  static func form(_ scalar: Scalar) -> Form<any Distribution> {
    Form(
      Field("low", .scalar(scalar), "smallest value"),
      Field("typical", .scalar(scalar), "likeliest value"),
      Field("high", .scalar(scalar), "largest value"),
      make: { (low, typical, high) throws(FormViolation) in
        guard low < high else { throw FormViolation("high", "high is not above low") }
        guard low <= typical, typical <= high else {
          throw FormViolation("typical", "typical is not between low and high")
        }
        return Pert(low: low, typical: typical, high: high)
      })
  }
}
