import Foundation
import Statistics
import Testing

/// Planted mistakes that it was seen to fail with: shares of what reaches a level.
@Suite("Performance profiles")
struct PerformanceProfileTests {
  @Test("the shares are rliable's, with numbers that lie at a level")
  func golden() throws {
    for golden in try ComparisonFigures.load().profiles {
      let profile = PerformanceProfile(golden.values, above: golden.levels)
      #expect(profile.shares == golden.shares, "\(profile.shares) \(golden.shares)")
    }
  }

  @Test("the band is Massart's: 0.0136 for ten thousand paths, all for none")
  func band() {
    let profile = PerformanceProfile([Double](repeating: 1, count: 10_000), above: [0, 1])
    // √(ln 40/20,000) = √(3.6889/20,000).
    #expect(profile.shares == [1, 0] && abs(profile.band() - 0.013581) < 1e-6)
    #expect(PerformanceProfile([], above: [0]).shares.isEmpty && PerformanceProfile([], above: [0]).band() == 1)
  }

  /// It covers at least as often as it says; the levels lie dense, so that it is nearly that. Pointwise intervals do not hold
  /// a whole profile: of Wald's, 1.96 standard errors wide, fewer than three in four do.
  @Test("its 95 % band holds the whole profile of a law")
  func coverage() {
    let levels = (1..<200).map { Double($0) / 200 }
    var random = SplitMix64(seed: 46)
    var (whole, pointwise) = (0, 0)
    for _ in 0..<Coverage.replications {
      let profile = PerformanceProfile((0..<300).map { _ in random.uniform() }, above: levels)
      let misses = zip(profile.shares, levels).map { abs($0 - (1 - $1)) }
      if (misses.max() ?? 1) <= profile.band() { whole += 1 }
      if zip(misses, levels).allSatisfy({ $0 <= 1.96 * ($1 * (1 - $1) / 300).squareRoot() }) { pointwise += 1 }
    }
    #expect((935...985).contains(whole) && pointwise < 750, "\(whole) \(pointwise)")
  }
}
