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
      law: Beta(a: 0.4, b: 2.5, from: 0, to: 3),
      quantiles: [
        (0.1, 0.0031789187102030693), (0.5, 0.19002497687251474), (0.9, 1.1933836942906229),
        (0.999, 2.6756664819217537),
      ], source: "3 * beta.ppf(p, 0.4, 2.5)"),
    Golden(
      law: Beta(a: 6, b: 2, from: 0, to: 1),
      quantiles: [
        (1e-12, 0.007237703159799886), (1e-6, 0.07308579477117078), (0.1, 0.5474350566422003),
        (0.5, 0.7715100364934043),
        (0.9, 0.9211765538398587), (0.999, 0.9930184862636707),
      ], source: "beta.ppf(p, 6, 2)"),
    Golden(
      law: Gamma(shape: 0.3, mean: 5),
      quantiles: [
        (1e-12, 1.1621165160682221e-39), (1e-6, 1.1621165160682318e-19), (0.1, 0.005395410363723879),
        (0.5, 1.2188522644491997), (0.9, 14.746846222670738), (0.999, 76.98226737985556),
      ], source: "gamma.ppf(p, 0.3, scale=5 / 0.3)"),
    Golden(
      law: Gamma(shape: 40, mean: 2),
      quantiles: [
        (1e-12, 0.5051310623443376), (1e-6, 0.8376575117154028), (0.1, 1.6069461117043788), (0.5, 1.983358250534455),
        (0.9, 2.4144550903816757), (0.999, 3.1209806003941196),
      ], source: "gamma.ppf(p, 40, scale=2 / 40)"),
    Golden(
      law: Gamma(shape: 1, mean: 5),
      quantiles: [
        (1e-12, 5.0000000000025e-12), (1e-6, 5.000002500001669e-06), (0.1, 0.5268025782891318),
        (0.5, 3.4657359027997274),
        (0.9, 11.51292546497023), (0.999, 34.538776394910684),
      ], source: "gamma.ppf(p, 1, scale=5)"),
    Golden(
      law: StudentT(median: 1, scale: 2, degrees: 3),
      quantiles: [
        (1e-12, -20661.216488584974), (1e-6, -205.5989355608387), (0.1, -2.2754887073924177), (0.5, 1),
        (0.9, 4.275488707392418), (0.999, 21.429063704814766),
      ], source: "t.ppf(p, 3, 1, 2)"),
    Golden(
      law: StudentT(median: 0, scale: 1, degrees: 30),
      quantiles: [
        (1e-12, -11.397217523311413), (1e-6, -5.871117120418882), (0.1, -1.3104150253913955), (0.5, 0),
        (0.9, 1.3104150253913955), (0.999, 3.3851848668293045),
      ], source: "t.ppf(p, 30)"),
    Golden(
      law: StudentT(median: 0, scale: 1, degrees: 0.8),
      quantiles: [
        (1e-12, -232009841576076.03), (1e-6, -7336795.389552272), (0.1, -4.063291199966585), (0.9, 4.063291199966587),
        (0.999, 1304.6870205993566),
      ], source: "t.ppf(p, 0.8)"),
    Golden(
      law: Pareto(least: 3, tail: 2.5),
      quantiles: [
        (1e-12, 3.0000000000012), (1e-6, 3.00000120000084), (0.1, 3.1291346445318977), (0.5, 3.9585237323186826),
        (0.9, 7.535659294528742), (0.999, 47.546795773833395),
      ], source: "pareto.ppf(p, 2.5, scale=3)"),
    Golden(
      law: GeneralisedPareto(threshold: 0.1, scale: 0.04, shape: 0.3),
      quantiles: [
        (1e-12, 0.10000000000004), (1e-6, 0.100000040000026), (0.1, 0.10428173299042534), (0.5, 0.13081925511265552),
        (0.9, 0.23270164199585064), (0.999, 1.0257709796323748),
      ], source: "genpareto.ppf(p, 0.3, 0.1, 0.04)"),
    Golden(
      law: GeneralisedPareto(threshold: 1, scale: 2, shape: -0.5),
      quantiles: [
        (1e-12, 1.000000000002), (1e-6, 1.0000020000005), (0.1, 1.205266807797945), (0.5, 2.17157287525381),
        (0.9, 3.7350889359326485), (0.999, 4.8735088935932644),
      ], source: "genpareto.ppf(p, -0.5, 1, 2)"),
    Golden(
      law: GeneralisedPareto(threshold: 1, scale: 2, shape: 0),
      quantiles: [
        (1e-12, 1.000000000002), (1e-6, 1.000002000001), (0.1, 1.2107210313156527), (0.5, 2.386294361119891),
        (0.9, 5.605170185988092), (0.999, 14.815510557964272),
      ], source: "genpareto.ppf(p, 0, 1, 2)"),
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
