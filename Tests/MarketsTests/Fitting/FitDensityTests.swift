import Foundation
import Markets
import Testing

/// Closed forms, and densities as scipy 1.17.1 and numpy 2.4.6 sum them up.
///
/// Planted and seen: the jumps' mean on the wrong side of Merton's drift; the sign of Kou's falls in the characteristic function, and
/// that of the sines in the law; the error of σ over √n; AIC with k in place of 2k.
@Suite("The likelihoods of fits")
struct FitDensityTests {
  /// A return over 1/252 of a year under given numbers.
  struct Point: Sendable, CustomTestStringConvertible {
    let numbers: [Double]
    let value, logDensity: Double
    var probability: Double?
    var testDescription: String { "\(numbers) \(value)" }
  }

  private static func points(
    _ numbers: (Double, Double, Double, Double, Double), _ points: [(Double, Double, Double)]
  ) -> [Point] {
    points.map { value, density, probability in
      Point(
        numbers: [numbers.0, log(numbers.1), log(numbers.2), numbers.3, log(numbers.4)], value: value,
        logDensity: density, probability: probability)
    }
  }

  /// w = poisson.pmf(n, λt); log(sum(w·norm.pdf(r, (a − λm)t + nm, sqrt(σ²t + ns²)))), n up to 79, and the same of norm.cdf;
  /// numbers a (mean log return a year), σ, λ, m, s.
  static let mertonPoints: [Point] =
    points(
      (0.1, 0.2, 30, -0.02, 0.04),
      [
        (-0.15, -4.280821049300305, 0.00026897173888970036), (-0.02, 1.8764085576177174, 0.0854596446577369),
        (0.0003, 3.350964082066211, 0.44950409715495976), (0.05, -1.1467966085464834, 0.9937309918153556),
      ])
    + points(
      (-0.3, 0.15, 400, 0.003, 0.01),
      [
        (-0.15, -20.256916062073778, 7.537390900063449e-12), (-0.02, 2.509820252310126, 0.10530983355574887),
        (0.0003, 3.26360624856595, 0.5655809094933948), (0.05, -0.7227110310316369, 0.9958341832590645),
      ])

  @Test("Merton's density and its law are the sums of normal ones", arguments: mertonPoints)
  func merton(_ point: Point) {
    let likelihood = MertonLikelihood(FittingSamples.returns([point.value]))
    #expect(abs(likelihood.value(point.numbers) - point.logDensity) < 1e-9, "\(likelihood.value(point.numbers))")
    #expect(abs(likelihood.probabilities(point.numbers)[0] - (point.probability ?? 0)) < 1e-12)
  }

  /// By the numbers of jumps up and down, two independent Poisson laws: normal and gamma laws convolved by scipy's exponnorm.pdf
  /// and integrate.quad, up to four jumps each way; a = 0.1, σ = 0.2, λ = 15, p = 0.4, means 0.02 up and 0.03 down.
  static let kouPoints: [Point] = [
    (-0.15, -4.730144477982173), (-0.02, 2.0851918712834796), (0.0003, 3.420434692379375), (0.05, -1.979837564534386),
  ].map { value, density in
    Point(numbers: [0.1, log(0.2), log(15), log(0.4 / 0.6), log(0.02), log(0.03)], value: value, logDensity: density)
  }

  @Test("Kou's density, a Fourier series, is the convolution of its jumps", arguments: kouPoints)
  func kou(_ point: Point) {
    let likelihood = KouLikelihood(FittingSamples.returns([point.value]))
    #expect(abs(likelihood.value(point.numbers) - point.logDensity) < 1e-6, "\(likelihood.value(point.numbers))")
  }

  /// From −0.3, below which next to nothing is, by the trapezoid rule over 4,000 places.
  @Test("Kou's law is the integral of its density")
  func kouLaw() {
    let numbers = Self.kouPoints[0].numbers
    func density(_ value: Double) -> Double {
      exp(KouLikelihood(FittingSamples.returns([value, 0.4])).value(numbers))
        / exp(KouLikelihood(FittingSamples.returns([0.4])).value(numbers))
    }
    for value in [-0.05, 0.0, 0.02] {
      let count = 4000
      let step = (value + 0.3) / Double(count)
      let sum = (0...count).reduce(0.0) { $0 + density(-0.3 + Double($1) * step) * ($1 == 0 || $1 == count ? 0.5 : 1) }
      let found = KouLikelihood(FittingSamples.returns([value, 0.4])).probabilities(numbers)[0]
      #expect(abs(found - sum * step) < 1e-5, "\(value): \(found) \(sum * step)")
    }
  }

  /// scipy.optimize.minimize(f, method="Nelder-Mead") with f = −norm.logpdf(r, (μ − σ²/2)t, σ√t).sum(), and standard errors by
  /// statsmodels 0.15.0's approx_hess3: r = 0.01·sin(i) + 0.001, t = 3/252 at every fifth i of 1…200, else 1/252.
  @Test(
    "the closed form of geometric Brownian motion is the maximum that a search finds, of returns over different times")
  func brownian() throws {
    let places = Array(1...200)
    let returns = FittingSamples.returns(
      places.map { 0.01 * sin(Double($0)) + 0.001 }, years: places.map { $0 % 5 == 0 ? 3 / 252 : 1 / 252 })
    let fit = try GeometricBrownianMotionFit().fitted(to: returns)
    let expected = [(0.18579942855518, 0.09954658668453059), (0.10492973471487418, 0.005246486358137136)]
    for (parameter, (value, error)) in zip(fit.parameters, expected) {
      #expect(abs(parameter.value - value) < 1e-6, "\(parameter)")
      #expect(abs((parameter.standardError ?? 0) / error - 1) < 1e-3, "\(parameter)")
    }
    #expect(abs(fit.logLikelihood - 698.0758253004635) < 1e-8)
    #expect(abs(fit.aic - 2 * (2 - fit.logLikelihood)) < 1e-9)
    #expect(abs(fit.bic - (2 * log(200) - 2 * fit.logLikelihood)) < 1e-9)
  }
}
