import Statistics
import Testing

@Suite("Paired shares")
struct PairedSharesTests {
  /// An interval of the score by other software.
  struct Golden: Sendable {
    let onlyFirst, onlySecond, pairs: Int
    let low, high: Double
    let source = "scipy.optimize.brentq on the constrained likelihood and the score: fixtures/measures/generate.py"
  }

  @Test(
    "its interval is that of the score with the constrained likelihood",
    arguments: [
      Golden(onlyFirst: 1, onlySecond: 0, pairs: 44, low: -0.05939323111662797, high: 0.11807709698213288),
      Golden(onlyFirst: 3, onlySecond: 0, pairs: 60, low: -0.013180444749194362, high: 0.13700516476348518),
      Golden(onlyFirst: 10, onlySecond: 4, pairs: 60, low: -0.024547606762383996, high: 0.22883456036936084),
    ])
  func golden(_ golden: Golden) {
    let estimate = PairedShares(onlyFirst: golden.onlyFirst, onlySecond: golden.onlySecond, of: golden.pairs).estimate()
    #expect(estimate.value == Double(golden.onlyFirst - golden.onlySecond) / Double(golden.pairs))
    #expect(
      agree(estimate.low, golden.low, to: 1e-9) && agree(estimate.high, golden.high, to: 1e-9), "\(golden.source)")
  }

  @Test("no pair that differs leaves z²/(n + z²) to both sides, and is said to be unseen")
  func noneDiffers() throws {
    let estimate = PairedShares(onlyFirst: 0, onlySecond: 0, of: 400).estimate()
    let z = CriticalValue.normal(0.95)
    #expect(agree(estimate.high, z * z / (400 + z * z), to: 1e-9))
    #expect(agree(estimate.low, estimate.high.map { -$0 }, to: 1e-9))
    #expect(estimate.evidence == Proportion(0, of: 400).estimate().evidence)
    #expect(PairedShares(onlyFirst: 0, onlySecond: 0, of: 0).estimate().value == nil)
  }

  @Test("the worlds change places with the sign")
  func symmetry() {
    for (b, c) in [(3, 0), (10, 4), (60, 0), (0, 60)] {
      let one = PairedShares(onlyFirst: b, onlySecond: c, of: 60).estimate()
      let other = PairedShares(onlyFirst: c, onlySecond: b, of: 60).estimate()
      #expect(agree(one.low, other.high.map { -$0 }, to: 1e-9) && agree(one.high, other.low.map { -$0 }, to: 1e-9))
    }
  }

  /// Student's t covers 0.87 of the first and 0.93 of the second.
  @Test("its 95 % interval covers where few pairs differ", arguments: [(0.006, 0.0), (0.01, 0.001), (0.3, 0.1)])
  func coverage(first: Double, second: Double) {
    let coverage = Coverage.of(first - second, seed: 24) { random in
      var counts = (0, 0)
      for _ in 0..<1000 {
        let draw = random.uniform()
        if draw < first { counts.0 += 1 } else if draw < first + second { counts.1 += 1 }
      }
      return PairedShares(onlyFirst: counts.0, onlySecond: counts.1, of: 1000).estimate()
    }
    #expect(Coverage.band.contains(coverage), "\(coverage)")
  }
}
