import CGSL
import Statistics
import Testing

@Suite("Tail risk")
struct LossSampleTests {
  struct Golden: Decodable {
    struct Case: Decodable {
      let losses: [Double]
      let level, valueAtRisk, shortfall: Double
      let interval: [Double]?
    }
    let cases: [Case]
  }

  @Test("shortfall is the minimum of Rockafellar and Uryasev's function, with and without ties and whole tails")
  func golden() throws {
    for golden in try Fixture.load("tail-risk", as: Golden.self).cases {
      let sample = LossSample(losses: golden.losses)
      let shortfall = sample.expectedShortfall(golden.level)
      let label = "\(golden.losses.count) at \(golden.level): \(shortfall)"
      #expect(sample.valueAtRisk(golden.level).value == golden.valueAtRisk, "\(label)")
      #expect(agree(shortfall.value, golden.shortfall), "\(label)")
      #expect(agree(shortfall.low, golden.interval?[0]) && agree(shortfall.high, golden.interval?[1]), "\(label)")
    }
  }

  @Test("the worst 2.5 of ten losses weigh one, one and a half")
  func fractionalTail() {
    let shortfall = LossSample(returns: (1...10).map { -Double($0) }).expectedShortfall(0.75)
    #expect(agree(shortfall.value, (10 + 9 + 0.5 * 8) / 2.5, to: 1e-14))
  }

  @Test("a tail thinner than one path is the worst path, without an interval; no path has no shortfall")
  func small() {
    let worst = LossSample(losses: [0.1, 0.4, 0.2]).expectedShortfall(0.99)
    #expect(agree(worst.value, 0.4, to: 1e-14) && worst.low == nil && worst.high == nil)
    #expect(LossSample(losses: []).expectedShortfall(0.95).value == nil)
  }

  @Test("shortfall is never under value at risk, whatever the level and the ties")
  func order() throws {
    var random = SplitMix64(seed: 13)
    for _ in 0..<200 {
      let n = Int.random(in: 1...60, using: &random)
      let sample = LossSample(losses: (0..<n).map { _ in (random.normal() * 3).rounded() / 3 })
      let level = random.uniform()
      let shortfall = try #require(sample.expectedShortfall(level).value)
      let valueAtRisk = try #require(sample.valueAtRisk(level).value)
      #expect(shortfall >= valueAtRisk - 1e-12, "n = \(n), level \(level)")
    }
  }

  @Test("a tail of fewer than fifty has a mean and no bounds; one of fifty equal losses has seen nothing else")
  func evidence() {
    func shortfall(_ losses: [Double]) -> Estimate { LossSample(losses: losses).expectedShortfall(0.95) }
    let few = shortfall((0..<980).map(Double.init))
    #expect(few.value != nil && few.low == nil && few.high == nil && few.evidence == .tooFewPaths)
    #expect(shortfall((0..<1000).map(Double.init)).evidence == .sampled)
    let same = shortfall((0..<1000).map { $0 < 70 ? 0.5 : -Double($0) })
    #expect(agree(same.value, 0.5, to: 1e-12) && same.low == nil && isNotSeen(same, among: 1000))
  }

  /// Without Hall's transformation the interval covers 0.92.
  @Test("its 95 % interval covers the shortfall of losses with heavy tails, from fifty in the tail on")
  func heavyTails() {
    // The mean of Student's t with 4 degrees of freedom over its quantile q is f(q)(4 + q²)/3 over the tail.
    let q = gsl_cdf_tdist_Pinv(0.95, 4)
    let truth = gsl_ran_tdist_pdf(q, 4) * (4 + q * q) / 3 / 0.05
    let coverage = Coverage.of(truth, seed: 22) { random in
      LossSample(losses: (0..<1000).map { _ in gsl_cdf_tdist_Pinv(random.uniform(), 4) }).expectedShortfall(0.95)
    }
    #expect(Coverage.band.contains(coverage), "\(coverage)")
  }

  @Test("its 95 % interval covers the shortfall of normal losses")
  func coverage() {
    let truth = gsl_ran_ugaussian_pdf(gsl_cdf_ugaussian_Pinv(0.95)) / 0.05
    let coverage = Coverage.of(truth, seed: 5) { random in
      LossSample(losses: (0..<1000).map { _ in random.normal() }).expectedShortfall(0.95)
    }
    #expect(Coverage.band.contains(coverage), "\(coverage)")
  }
}
