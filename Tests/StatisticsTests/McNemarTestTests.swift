import Statistics
import Testing

/// Planted mistakes that it was seen to fail with: a one-sided p-value.
@Suite("McNemar's test")
struct McNemarTestTests {
  @Test("its p-value is that of statsmodels, down to 10⁻³⁴")
  func golden() throws {
    for golden in try ComparisonFigures.load().tests {
      let shares = PairedShares(onlyFirst: golden.onlyFirst, onlySecond: golden.onlySecond, of: golden.pairs)
      #expect(agree(McNemarTest(shares).pValue, golden.pValue), "\(golden) \(McNemarTest(shares).pValue)")
    }
  }

  @Test("three paths of one kind are 2·(½)³, and which world is first does not matter")
  func byHand() {
    #expect(McNemarTest(PairedShares(onlyFirst: 3, onlySecond: 0, of: 9)).pValue == 0.25)
    #expect(McNemarTest(PairedShares(onlyFirst: 0, onlySecond: 0, of: 9)).pValue == 1)
    let (one, other) = (
      PairedShares(onlyFirst: 9, onlySecond: 2, of: 50), PairedShares(onlyFirst: 2, onlySecond: 9, of: 50)
    )
    #expect(McNemarTest(one).pValue == McNemarTest(other).pValue)
  }

  /// Exact tests reject less than they may. 0.07 is three standard errors above 0.05.
  @Test("of equal worlds it finds at most one in twenty different")
  func size() {
    var random = SplitMix64(seed: 31)
    var found = 0
    for _ in 0..<Coverage.replications {
      let first = (0..<40).count { _ in random.uniform() < 0.5 }
      if McNemarTest(PairedShares(onlyFirst: first, onlySecond: 40 - first, of: 500)).pValue <= 0.05 { found += 1 }
    }
    #expect(found > 10 && Double(found) / Double(Coverage.replications) < 0.07, "\(found)")
  }
}
