import Statistics
import Testing

/// Planted mistakes that it was seen to fail with: p-values that rise over the one behind.
@Suite("Benjamini and Hochberg's p-values")
struct BenjaminiHochbergTests {
  @Test("they are those of statsmodels")
  func golden() throws {
    for golden in try ComparisonFigures.load().families {
      let ours = BenjaminiHochberg(golden.pValues).adjusted
      #expect(
        zip(ours, golden.falseDiscovery).allSatisfy { agree($0, $1) } && ours.count == golden.pValues.count, "\(ours)")
    }
    #expect(BenjaminiHochberg([]).adjusted.isEmpty)
  }

  /// Forty tests, thirty of them of nothing: of what lies under 10 % the share that is nothing is 0.1·30/40 on average.
  @Test("of what it finds under 10 % fewer than one in ten are nothing, where Holm finds less")
  func discovery() {
    var random = SplitMix64(seed: 44)
    var (share, found, strict) = (0.0, 0, 0)
    for _ in 0..<Coverage.replications {
      let pValues = (0..<40).map { $0 < 10 ? 0.02 * random.uniform() * random.uniform() : random.uniform() }
      let adjusted = BenjaminiHochberg(pValues).adjusted
      let all = adjusted.count { $0 <= 0.1 }
      let nothing = adjusted[10...].count { $0 <= 0.1 }
      if all > 0 { share += Double(nothing) / Double(all) }
      found += all - nothing
      strict += Holm(pValues).adjusted[..<10].count { $0 <= 0.1 }
    }
    #expect(abs(share / Double(Coverage.replications) - 0.075) < 0.015, "\(share)")
    #expect(found > strict, "\(found) \(strict)")
  }
}
