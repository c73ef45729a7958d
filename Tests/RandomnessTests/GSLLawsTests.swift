import CGSL
import Randomness
import Testing

/// The cumulative laws that documents can name, against GSL's, which defines them, over their whole ranges.
@Suite("Laws against GSL")
struct GSLLawsTests {
  private static let points = [1e-9, 1e-4, 0.01, 0.1, 0.4, 0.9, 1, 1.3, 2, 5, 12, 40, 150]

  /// - Parameter floor: what either may lose by cancellation.
  private func agree(_ ours: Double, _ theirs: Double, _ what: String, floor: Double = 1e-300) {
    #expect(abs(ours - theirs) <= 1e-10 * theirs + floor, "\(what): \(ours), not \(theirs)")
  }

  @Test("gamma, for shapes from a hundredth to eighty", arguments: [0.01, 0.2, 1, 3.5, 80])
  func gamma(shape: Double) {
    for point in Self.points {
      let x = shape < 100 ? point : shape + (point - 1) * shape.squareRoot()
      guard x > 0 else { continue }
      agree(GammaLaw(shape: shape).cumulative(x), gsl_cdf_gamma_P(x, shape, 1), "gamma \(shape) at \(x)")
    }
  }

  @Test("Student t, for degrees of freedom from a half to a thousand", arguments: [0.5, 1, 2.5, 4, 9, 100, 1000])
  func studentT(degrees: Double) {
    let law = StudentT(median: 0, scale: 1, degrees: degrees)
    for x in Self.points {
      agree(law.cumulative(x), gsl_cdf_tdist_P(x, degrees), "t \(degrees) at \(x)")
      agree(law.cumulative(-x), gsl_cdf_tdist_P(-x, degrees), "t \(degrees) at −\(x)")
    }
  }

  @Test("Pareto", arguments: [0.5, 2, 11])
  func pareto(tail: Double) {
    for x in Self.points {
      agree(Pareto(least: 0.3, tail: tail).cumulative(x), gsl_cdf_pareto_P(x, tail, 0.3), "at \(x)")
    }
  }

  @Test("generalised Pareto with a shape of ξ > 0 is Pareto's law from β/ξ on, moved to the threshold")
  func generalisedPareto() {
    let law = GeneralisedPareto(threshold: 2, scale: 0.6, shape: 0.4)
    for y in Self.points { agree(law.cumulative(2 + y), gsl_cdf_pareto_P(y + 1.5, 2.5, 1.5), "at \(y)", floor: 1e-15) }
  }
}
