import CGSL
import Statistics
import Testing

@Suite("Quantiles")
struct SortedSampleTests {
  struct Golden: Decodable {
    struct Ranks: Decodable { let n: Int; let level, confidence: Double; let low, high: Int; let coverage: Double }
    struct Case: Decodable { let sample: [Double]; let level, value: Double }
    let ranks: [Ranks]
    let quantiles: [Case]
  }

  @Test("ranks are those of scipy's binomial law, up to ten million numbers, and cover enough")
  func ranks() throws {
    for golden in try Fixture.load("quantiles", as: Golden.self).ranks {
      let ranks = SortedSample.ranks(golden.level, of: golden.n, confidence: golden.confidence)
      #expect(ranks.low == golden.low && ranks.high == golden.high, "\(golden): \(ranks)")
      let law = BinomialLaw(trials: golden.n, probability: golden.level)
      let coverage = law.cumulative(ranks.high - 1) - law.cumulative(ranks.low - 1)
      #expect(abs(coverage - golden.coverage) < 1e-8 && coverage >= golden.confidence - 1e-8)
    }
    #expect(SortedSample.ranks(0.05, of: 1000, confidence: 0.95) == (37, 65))
  }

  @Test("a quantile is the order statistic that numpy's inverted_cdf takes")
  func golden() throws {
    for golden in try Fixture.load("quantiles", as: Golden.self).quantiles {
      let value = SortedSample(golden.sample).quantile(golden.level).value
      // numpy rounds 0.07·200 up to 15; the fourteenth of 200 has 7 % of them at or under it.
      let expected = golden.level == 0.07 && golden.sample.count == 200 ? golden.sample.sorted()[13] : golden.value
      #expect(value == expected, "\(golden.sample.count) at \(golden.level)")
    }
    #expect(SortedSample.rank(0.07, of: 100) == 7)
  }

  @Test("small samples set no bound where they cannot, and no sample has no quantile")
  func small() {
    #expect(SortedSample([]).quantile(0.5) == .unknown(n: 0, method: .orderStatistics))
    let extreme = SortedSample((1...20).map(Double.init)).quantile(0.01)
    #expect(extreme.value == 1 && extreme.low == nil && extreme.high == 2)
    let one = SortedSample([7]).quantile(0.5)
    #expect(one.value == 7 && one.low == nil && one.high == nil)
  }

  @Test("the binomial law is GSL's", arguments: [(10, 0.3), (1000, 0.05), (400, 0.999)])
  func binomial(trials: Int, probability: Double) {
    let law = BinomialLaw(trials: trials, probability: probability)
    for k in -1...trials {
      let twin = k < 0 ? 0 : gsl_cdf_binomial_P(UInt32(k), probability, UInt32(trials))
      #expect(abs(law.cumulative(k) - twin) < 1e-12)
    }
  }

  @Test("the 95 % interval covers the quantile of a law with a jump and of one without")
  func coverage() {
    let smooth = Coverage.of(gsl_cdf_ugaussian_Pinv(0.05), seed: 3) { random in
      SortedSample((0..<1000).map { _ in random.normal() }).quantile(0.05)
    }
    #expect(Coverage.band.contains(smooth), "\(smooth)")
    // Half of the mass of max(Z, 0) sits at 0, and so does the quantile at 0.4: the interval may only cover more.
    let jump = Coverage.of(0, seed: 4) { random in
      SortedSample((0..<200).map { _ in max(0, random.normal()) }).quantile(0.45)
    }
    #expect(jump >= 0.95, "\(jump)")
  }

  @Test("a sample of one number over and over has seen no other; one with ties has its bounds")
  func ties() {
    let same = SortedSample([Double](repeating: 3, count: 200)).quantile(0.5)
    #expect(same.value == 3 && same.low == nil && same.high == nil && isNotSeen(same, among: 200))
    let ties = SortedSample((0..<200).map { $0 < 190 ? 3.0 : 4 }).quantile(0.5)
    #expect(ties.low == 3 && ties.high == 3 && ties.evidence == .sampled)
  }
}
