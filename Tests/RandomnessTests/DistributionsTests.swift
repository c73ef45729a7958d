import Foundation
import Randomness
import Testing

@Suite("Distributions")
struct DistributionsTests {
  struct Golden: Sendable, CustomTestStringConvertible {
    let law: any Distribution
    let quantiles: [(p: Double, x: Double)]
    /// The call that gave them, with scipy 1.17.1.
    let source: String
    var testDescription: String { source }
  }

  /// `mpmath.ncdf(x)` with 40 digits, mpmath 1.3.0. (The last two digits of scipy 1.17.1 at −20 are others.)
  static let normalCumulatives = [
    (-37.5, 4.605353009581954e-308), (-20, 2.7536241186062337e-89), (-8, 6.220960574271784e-16),
    (-3, 0.0013498980316300946), (-2.0000001, 0.022750126549083104), (-1.999, 0.022804176932658883),
    (-1, 0.15865525393145705), (-0.1, 0.460172162722971), (0, 0.5), (0.3, 0.6179114221889527), (1.7, 0.955434537241457),
    (2.5, 0.9937903346742238), (6, 0.9999999990134123), (9, 1.0), (-1e308, 0), (1e308, 1), (-Double.infinity, 0),
  ]

  /// Planted mistake: the lower tail as 1 less the upper one.
  @Test("the cumulative normal law is right to 5e-15 relative, tails included", arguments: normalCumulatives)
  func normalCumulative(_ x: Double, _ expected: Double) {
    #expect(abs(Normal(mean: 0, sd: 1).cumulative(x) - expected) <= 5e-15 * expected)
    let scaled = LogNormal(median: 3, sigma: 2).cumulative(3 * exp(2 * min(max(x, -300), 300)))
    if abs(x) < 40 { #expect(abs(scaled - expected) <= 1e-11 * expected) }
  }

  static let golden = [
    // low = 0, high = 6 and typical = 1.5, 0 and 6: shapes (2, 4), (1, 5) and (5, 1).
    Golden(
      law: Pert(low: 0, typical: 1.5, high: 6),
      quantiles: [
        (1e-12, 6 * 3.162278660168933e-07), (1e-6, 6 * 0.00031632782139372423), (0.1, 6 * 0.11223495854585855),
        (0.5, 6 * 0.3138101704556974), (0.9, 6 * 0.583890374619529), (0.999, 6 * 0.8779861703885216),
      ], source: "6 * beta.ppf(p, 2, 4)"),
    Golden(
      law: Pert(low: 0, typical: 0, high: 6),
      quantiles: [
        (1e-12, 6 * 2.0000000000008e-13), (1e-6, 6 * 2.0000008000004803e-07), (0.1, 6 * 0.020851637639023212),
        (0.5, 6 * 0.12944943670387585), (0.9, 6 * 0.36904265551980675), (0.999, 6 * 0.748811356849042),
      ], source: "6 * beta.ppf(p, 1, 5)"),
    Golden(
      law: Pert(low: 0, typical: 6, high: 6),
      quantiles: [
        (1e-12, 6 * 0.003981071705534972), (1e-6, 6 * 0.06309573444801932), (0.1, 6 * 0.6309573444801932),
        (0.5, 6 * 0.8705505632961241), (0.9, 6 * 0.9791483623609768), (0.999, 6 * 0.9997999199519664),
      ], source: "6 * beta.ppf(p, 5, 1)"),
    Golden(
      law: Normal(mean: -2, sd: 3),
      quantiles: [
        (1e-12, -23.103451475903395), (1e-3, -11.27069691850344), (0.25, -4.023469250588246), (0.5, -2),
        (0.975, 3.879891953620162), (0.999999999, 15.993421058804909),
      ], source: "norm.ppf(p, -2, 3)"),
    Golden(
      law: LogNormal(median: 120, sigma: 0.7),
      quantiles: [
        (1e-12, 0.8722781427162272), (1e-3, 13.795316195995259), (0.25, 74.83973179179988), (0.5, 120),
        (0.975, 473.1755834417436), (0.999999999, 7990.084836215923),
      ], source: "lognorm.ppf(p, 0.7, scale=120)"),
    Golden(
      law: Exponential(mean: 5),
      quantiles: [
        (1e-12, 5.0000000000025e-12), (0.001, 0.005002501667917668), (0.25, 1.4384103622589044),
        (0.5, 3.4657359027997265), (0.975, 18.444397270569677), (0.999999999, 103.61632932614171),
      ], source: "expon.ppf(p, scale=5)"),
    Golden(
      law: Uniform(low: -3, high: 5), quantiles: [(1e-12, -2.999999999992), (0.25, -1), (0.9, 4.2)],
      source: "uniform.ppf(p, -3, 8)"),
  ]

  @Test("quantiles are scipy's to 1e-12 relative", arguments: golden)
  func quantiles(golden: Golden) {
    for (p, x) in golden.quantiles {
      let found = golden.law.quantile(p)
      #expect(abs(found - x) <= 1e-12 * abs(x), "\(golden.source) at \(p): \(found), not \(x)")
    }
  }

  @Test("the cumulative law undoes the quantile, from a millionth to all but a millionth", arguments: golden)
  func inverse(golden: Golden) {
    for p in [1e-6, 1e-3, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.999, 1 - 1e-6] {
      #expect(abs(golden.law.cumulative(golden.law.quantile(p)) - p) <= 1e-12 * p + 1e-16, "\(golden.source) at \(p)")
    }
  }

  @Test("nothing lies outside a law's support", arguments: golden)
  func support(golden: Golden) {
    let support = golden.law.support
    if support.lowerBound.isFinite { #expect(golden.law.cumulative(support.lowerBound) == 0) }
    if support.upperBound.isFinite { #expect(golden.law.cumulative(support.upperBound) == 1) }
    for p in [1e-15, 0.5, 1 - 0x1p-53] { #expect(support.contains(golden.law.quantile(p))) }
  }
}
