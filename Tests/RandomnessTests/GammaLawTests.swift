import CGSL
import Randomness
import Testing

@Suite("The gamma law, also where GSL's functions have holes")
struct GammaLawTests {
  @Test("it agrees with GSL where GSL has no hole", arguments: [0.03, 0.3, 1, 2.5, 40, 3000, 2e5])
  func gsl(a: Double) {
    let law = GammaLaw(shape: a)
    for factor in [0.01, 0.3, 0.9, 0.99, 1, 1.01, 1.1, 2, 5] {
      let found = law.cumulative(factor * a)
      let expected = gsl_cdf_gamma_P(factor * a, a, 1)
      #expect(abs(found - expected) < 1e-11, "\(a) \(factor): \(found), not \(expected)")
    }
    for p in [1e-6, 0.01, 0.3, 0.5, 0.9, 0.999] where a > 0.25 {
      let (found, expected) = (law.quantile(p), gsl_cdf_gamma_Pinv(p, a, 1))
      #expect(abs(found - expected) <= 1e-8 * expected, "\(a) \(p): \(found), not \(expected)")
    }
  }

  struct Golden: Sendable {
    let a: Double
    let quantiles: [(p: Double, x: Double)]
  }

  /// `scipy.stats.gamma.ppf(p, a)`, scipy 1.17.1. Beyond 10⁶ scipy itself is off by 10⁻⁷ and more far out: only the middle is taken.
  static let golden: [Golden] = [
    Golden(a: 0.001, quantiles: [(0.7, 7.042315131777491e-156), (0.99, 2.4259428385578407e-05)]),
    Golden(
      a: 0.05,
      quantiles: [
        (1e-9, 5.844632057286943e-181), (0.01, 5.844632057286578e-41), (0.5, 5.573878440746256e-07),
        (0.7, 0.00046656368489526217), (0.99, 1.0876274000918094),
      ]),
    Golden(
      a: 0.15,
      quantiles: [
        (1e-9, 6.29996263138512e-61), (0.01, 2.924183620201585e-14), (0.5, 0.006234805758990216),
        (0.7, 0.061608021364388865), (0.99, 1.9305933774166857),
      ]),
    Golden(
      a: 0.2,
      quantiles: [
        (1e-9, 6.5254808434572215e-46), (0.01, 6.525480843812091e-11), (0.5, 0.02074633919282486),
        (0.7, 0.12103758588873509), (0.99, 2.202304866901936),
      ]),
    Golden(
      a: 1e5,
      quantiles: [
        (1e-9, 98114.96946713948), (0.01, 99265.81516346135), (0.5, 99999.6666668642), (0.7, 100165.58802498862),
        (0.99, 100737.12609678283),
      ]),
    Golden(
      a: 5e6,
      quantiles: [
        (0.01, 4994799.598691678), (0.5, 4999999.666666671), (0.7, 5001172.353482011),
        (0.99, 5005203.342571222),
      ]),
  ]

  @Test("extreme shapes agree with scipy", arguments: golden)
  func extremeShapes(golden: Golden) {
    for (p, x) in golden.quantiles {
      let found = GammaLaw(shape: golden.a).quantile(p)
      #expect(abs(found - x) <= 1e-8 * x, "gamma.ppf(\(p), \(golden.a)): \(found), not \(x)")
    }
  }

  @Test("every answer is confirmed by the cumulative law, over shapes from 10⁻⁴ to 10⁹", .timeLimit(.minutes(1)))
  func sweep() {
    // Probabilities are told apart to 10⁻¹⁶.
    let rounding = 2e-16
    for a in [1e-4, 0.004, 0.05, 0.19, 0.21, 0.7, 1, 1.5, 20, 400, 9_999, 9.9e5, 1e6, 1e9] {
      let law = GammaLaw(shape: a)
      for p in [1e-12, 1e-6, 0.001, 0.2, 0.5, 0.8, 0.999, 1 - 0x1p-53] {
        let x = law.quantile(p)
        #expect(x >= 0 && x < .infinity, "gamma(\(a)) at \(p): \(x)")
        if x < 0x1p-1022 { continue }
        let slack = a >= 1e6 ? 3e-9 : 1e-9
        let (below, above) = (law.cumulative(x * (1 - slack)), law.cumulative(x * (1 + slack)))
        #expect(
          below <= p * (1 + 1e-9) + rounding && above >= p * (1 - 1e-9) - rounding,
          "gamma(\(a)) at \(p): \(x) in \(below)…\(above)")
      }
    }
  }
}
