import Statistics
import Testing

@Suite("Differences of shares of two samples")
struct ShareDifferenceTests {
  struct Golden: Sendable {
    let first, second: (Int, of: Int)
    let low, high: Double
    let source =
      "statsmodels 0.15.0, confint_proportions_2indep(…, method='newcomb', compare='diff'); the first eight agree with Newcombe "
      + "(1998), table II, to its four decimals"
  }

  @Test(
    "its interval is Newcombe's, as his paper and statsmodels have it",
    arguments: [
      Golden(first: (56, 70), second: (48, 80), low: 0.05243147240236498, high: 0.33387265403690614),
      Golden(first: (9, 10), second: (3, 10), low: 0.1705227239345029, high: 0.809017973535488),
      Golden(first: (6, 7), second: (2, 7), low: 0.05822792748231209, high: 0.8062496375242278),
      Golden(first: (5, 56), second: (0, 29), low: -0.038137147903536936, high: 0.19256001385511165),
      Golden(first: (0, 10), second: (0, 20), low: -0.1611251580528194, high: 0.27753279986288926),
      Golden(first: (0, 10), second: (0, 10), low: -0.27753279986288926, high: 0.27753279986288926),
      Golden(first: (10, 10), second: (0, 20), low: 0.6790860371419145, high: 1),
      Golden(first: (10, 10), second: (0, 10), low: 0.6075093504305241, high: 1),
      Golden(first: (9900, 10_000), second: (4890, 5000), low: 0.007710271397187838, high: 0.016787212649462462),
    ])
  func golden(_ golden: Golden) {
    let (p, q) = (golden.first, golden.second)
    let estimate = ShareDifference(Proportion(p.0, of: p.of), less: Proportion(q.0, of: q.of)).estimate()
    #expect(agree(estimate.value, Double(p.0) / Double(p.of) - Double(q.0) / Double(q.of), to: 1e-14))
    #expect(agree(estimate.low, golden.low, to: 1e-9), "\(golden.source)")
    #expect(agree(estimate.high, golden.high, to: 1e-9), "\(golden.source)")
    #expect(estimate.n == min(p.of, q.of) && estimate.method == .newcombe)
  }

  @Test("what no path of both samples has, or every one, was not seen to differ; without paths nothing is known")
  func edges() {
    for count in [0, 50] {
      let same = ShareDifference(Proportion(count, of: 50), less: Proportion(2 * count, of: 100)).estimate()
      #expect(isNotSeen(same, among: 50) && same.value == 0)
    }
    #expect(ShareDifference(Proportion(0, of: 0), less: Proportion(1, of: 2)).estimate().value == nil)
  }

  @Test("the samples change places with the sign")
  func symmetry() {
    let (p, q) = (Proportion(9, of: 40), Proportion(20, of: 31))
    let (one, other) = (ShareDifference(p, less: q).estimate(), ShareDifference(q, less: p).estimate())
    #expect(agree(one.low, other.high.map { -$0 }, to: 1e-12) && agree(one.high, other.low.map { -$0 }, to: 1e-12))
  }

  @Test("its 95 % interval covers, for rare and for usual shares", arguments: [(0.02, 0.01), (0.97, 0.99), (0.5, 0.3)])
  func coverage(first: Double, second: Double) {
    let coverage = Coverage.of(first - second, seed: 25) { random in
      let one = (0..<500).count { _ in random.uniform() < first }
      let other = (0..<300).count { _ in random.uniform() < second }
      return ShareDifference(Proportion(one, of: 500), less: Proportion(other, of: 300)).estimate()
    }
    #expect(Coverage.band.contains(coverage), "\(coverage)")
  }
}
