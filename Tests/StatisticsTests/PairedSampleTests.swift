import Foundation
import Statistics
import Testing

/// Planted mistakes that it was seen to fail with: a probability nine tenths as far from a half; a
/// detectable difference without its power.
@Suite("Paired samples")
struct PairedSampleTests {
  @Test("probability of being better, Tango's interval of it and the variance saved are scipy's and numpy's")
  func golden() throws {
    for golden in try ComparisonFigures.load().better {
      let sample = PairedSample(golden.first, golden.second)
      let better = sample.superiority()
      #expect(agree(better.value, golden.value) && agree(better.low, golden.interval[0]))
      #expect(agree(better.high, golden.interval[1]) && better.n == golden.first.count, "\(better)")
      #expect(agree(sample.varianceSaved, golden.varianceSaved))
    }
  }

  @Test("equal worlds are better with a half, and say that nothing was seen")
  func equal() {
    let sample = PairedSample([1, 2, 3, 4], [1, 2, 3, 4])
    #expect(sample.superiority().value == 0.5 && isNotSeen(sample.superiority(), among: 4))
    #expect(sample.varianceSaved == 1)
    #expect(PairedSample([2, 2, 2], [2, 2, 2]).varianceSaved == nil)
    #expect(PairedSample([], []).superiority().value == nil && PairedSample([1], [2]).varianceSaved == nil)
  }

  @Test("the worlds change places with the complement")
  func symmetry() {
    let (first, second) = ([1.0, 5, 2, 2, 7, 3], [2.0, 1, 2, 1, 3, 9])
    let (one, other) = (PairedSample(first, second).superiority(), PairedSample(second, first).superiority().complement)
    #expect(one.value == 3.5 / 6 && agree(one.value, other.value) && agree(one.low, other.low))
    #expect(agree(one.high, other.high) && agree(one.high, other.high))
  }

  /// The correlation of worlds that share a part is that part's share c of their variance, and c is saved.
  @Test("pairing saves the correlation of both worlds, and nothing where they have none", arguments: [0.0, 0.5, 0.95])
  func saved(correlation: Double) throws {
    var random = SplitMix64(seed: 32)
    var (first, second): ([Double], [Double]) = ([], [])
    for _ in 0..<20_000 {
      let common = correlation.squareRoot() * random.normal()
      first.append(common + (1 - correlation).squareRoot() * random.normal())
      second.append(common + (1 - correlation).squareRoot() * random.normal())
    }
    // Its standard error is (1 − c²)/√n, at most 0.007.
    #expect(abs(try #require(PairedSample(first, second).varianceSaved) - correlation) < 0.03)
  }

  @Test("its 95 % interval covers the probability of being better", arguments: [(0.3, 0.2), (0.02, 0.0), (0.9, 0.1)])
  func coverage(above: Double, below: Double) {
    let coverage = Coverage.of(0.5 + (above - below) / 2, seed: 33) { random in
      let first = (0..<300).map { _ in
        let draw = random.uniform()
        return draw < above ? 1.0 : draw < above + below ? -1.0 : 0
      }
      return PairedSample(first, [Double](repeating: 0, count: 300)).superiority()
    }
    #expect(Coverage.band.contains(coverage), "\(coverage)")
  }

  @Test("the difference that can be told apart is scipy's (z + z)·√(share/n)")
  func detectable() throws {
    for golden in try ComparisonFigures.load().powers {
      let shares = PairedShares(onlyFirst: golden.onlyFirst, onlySecond: golden.onlySecond, of: golden.pairs)
      #expect(agree(shares.detectableDifference(confidence: golden.confidence), golden.difference), "\(golden)")
    }
    // z₀.₉₇₅ + z₀.₈ = 1.96 + 0.84.
    let known = try #require(
      PairedShares(onlyFirst: 60, onlySecond: 40, of: 10_000).detectableDifference(confidence: 0.95))
    #expect(abs(known - 2.80 * 0.001) < 0.01 * 0.001)
    #expect(PairedShares(onlyFirst: 5, onlySecond: 4, of: 400).detectableDifference(confidence: 0.95) == nil)
  }

  /// 1,000 replications have a standard error of 0.013: one seed in 3,000 lies outside.
  @Test("a difference of that size is told apart four times in five")
  func power() throws {
    let difference = try #require(
      PairedShares(onlyFirst: 60, onlySecond: 60, of: 2000).detectableDifference(confidence: 0.95))
    var random = SplitMix64(seed: 34)
    var found = 0
    for _ in 0..<Coverage.replications {
      var counts = (0, 0)
      for _ in 0..<2000 {
        let draw = random.uniform()
        if draw < 0.03 + difference / 2 { counts.0 += 1 } else if draw < 0.06 { counts.1 += 1 }
      }
      if (PairedShares(onlyFirst: counts.0, onlySecond: counts.1, of: 2000).estimate().low ?? -1) > 0 { found += 1 }
    }
    #expect((755...845).contains(found), "\(found)")
  }
}
