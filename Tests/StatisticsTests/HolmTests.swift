import Statistics
import Testing

/// Planted mistakes that it was seen to fail with: p-values that fall under the one before.
@Suite("Holm's p-values")
struct HolmTests {
  @Test("they are those of statsmodels")
  func golden() throws {
    for golden in try ComparisonFigures.load().families {
      let ours = Holm(golden.pValues).adjusted
      #expect(zip(ours, golden.holm).allSatisfy { agree($0, $1) } && ours.count == golden.holm.count, "\(ours)")
    }
    #expect(Holm([]).adjusted.isEmpty)
  }

  /// At most one family in twenty: 0.07 is three standard errors above. Ten p-values of their own would find 0.4.
  @Test("a family without any effect has a finding in at most one of twenty")
  func familywise() {
    var random = SplitMix64(seed: 42)
    var found = (0, 0)
    for _ in 0..<Coverage.replications {
      let pValues = (0..<10).map { _ in random.uniform() }
      if Holm(pValues).adjusted.contains(where: { $0 <= 0.05 }) { found.0 += 1 }
      if pValues.contains(where: { $0 <= 0.05 }) { found.1 += 1 }
    }
    #expect((30...70).contains(found.0) && found.1 > 350, "\(found)")
  }

  /// Twelve differences that share half of their noise, each at 1 − 0.05/12.
  @Test("Bonferroni's intervals hold all at once as often as they say, where each alone misses one in three families")
  func together() {
    var random = SplitMix64(seed: 43)
    var (together, alone) = (0, 0)
    for _ in 0..<Coverage.replications {
      let common = (0..<60).map { _ in random.normal() }
      let samples = (0..<12).map { _ in Moments(common.map { $0 / 2 + random.normal() }) }
      func holds(_ confidence: Double) -> Bool {
        samples.allSatisfy {
          let estimate = $0.estimate(confidence: confidence)
          return (estimate.low ?? .nan) <= 0 && 0 <= (estimate.high ?? .nan)
        }
      }
      if holds(1 - 0.05 / 12) { together += 1 }
      if holds(0.95) { alone += 1 }
    }
    #expect(together >= 930 && alone < 750, "\(together) \(alone)")
  }
}
