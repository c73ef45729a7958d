import Statistics
import Testing

/// Planted mistakes that it was seen to fail with: twice the correction for ties.
@Suite("Signed ranks")
struct SignedRankTestTests {
  @Test("the p-value is scipy's: exact, with ties, with zeros, and by the normal law")
  func golden() throws {
    for golden in try ComparisonFigures.load().cases {
      let test = SignedRankTest(golden.differences)
      #expect(agree(test.pValue, golden.pValue), "\(golden.name): \(test.pValue), scipy \(golden.pValue)")
    }
  }

  @Test("by hand: four gains are 2/2⁴; 1, 2 and −3 balance; nothing that differs is no finding")
  func byHand() {
    #expect(SignedRankTest([3, 1, 4, 2]).pValue == 0.125 && SignedRankTest([-3, -1, -4, -2]).pValue == 0.125)
    #expect(
      SignedRankTest([1, 2, -3]).pValue == 1 && SignedRankTest([0, 0]).pValue == 1 && SignedRankTest([]).pValue == 1)
    // P(W ≤ 1) of four ranks is 2/16.
    #expect(SignedRankTest([-1, 2, 3, 4, 0]).pValue == 0.25)
  }

  /// The standard error of 1,000 replications is 0.0069: one seed in 3,000 lies outside.
  @Test("of differences without an effect it finds one in twenty", arguments: [(30, false), (300, false), (120, true)])
  func size(count: Int, ties: Bool) {
    var random = SplitMix64(seed: 35)
    var found = 0
    for _ in 0..<Coverage.replications {
      let differences = (0..<count).map { _ in
        let draw = 2 * random.normal()
        return ties ? draw.rounded() : draw
      }
      if SignedRankTest(differences).pValue <= 0.05 { found += 1 }
    }
    #expect((25...75).contains(found), "\(found)")
  }
}
