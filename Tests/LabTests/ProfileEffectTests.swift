import Lab
import Testing

/// Planted mistakes, each seen to fail: both desks swapped in the survival; swapped in the return.
@Suite("What a risk profile does for an agent")
struct ProfileEffectTests {
  private static func table(causes: [Double], equity: [Double]) -> OutcomeTable {
    OutcomeTable([.fact(.cause), .fact(.finalEquity)], count: causes.count) { $0 == .fact(.cause) ? causes : equity }
  }

  /// Of 20 paths, 6 are survived behind the profile alone, 2 without it alone, 5 by neither. The interval was found by a
  /// search for the score of Tango (1998), eq. 3, with the likelihood's maximum searched too, in Python.
  @Test("its survival is the difference of paths that only one of both survives, with Tango's interval")
  func survival() throws {
    let behind = Array(repeating: 0.0, count: 13) + Array(repeating: 1.0, count: 7)
    let without = Array(repeating: 1.0, count: 6) + Array(repeating: 0.0, count: 9) + Array(repeating: 2.0, count: 5)
    let pair = ProfileEffect.Pair(
      behind: Self.table(causes: behind, equity: behind), without: Self.table(causes: without, equity: without),
      startEquity: 1000)
    let effect = pair.survival(confidence: 0.95)
    #expect(effect.n == 20 && effect.method == .tango)
    #expect(abs((effect.value ?? 9) - 0.2) < 1e-12)
    #expect(abs((effect.low ?? 9) + 0.0858296430) < 1e-8)
    #expect(abs((effect.high ?? 9) - 0.4570082585) < 1e-8)
  }

  /// Differences of 0.02 ± k/1000, k = 1…10: no skewness, so that Student's t stands as it is; t of 19 degrees is 2.093024.
  /// Ruined paths count as others do.
  @Test("its calm return is the mean difference over all paths, with Student's t")
  func calmReturn() throws {
    let steps: [Double] = (1...10).map { Double($0) / 1000 }
    let differences: [Double] = steps.map { 0.02 + $0 } + steps.map { 0.02 - $0 }
    let without: [Double] = (0..<20).map { 800 + 10 * Double($0) }
    let behind: [Double] = zip(without, differences).map { $0 + 500 * $1 }
    let causes = Array(repeating: 3.0, count: 4) + Array(repeating: 0.0, count: 16)
    let pair = ProfileEffect.Pair(
      behind: Self.table(causes: causes, equity: behind), without: Self.table(causes: causes, equity: without),
      startEquity: 500)
    let effect = pair.finalReturn(confidence: 0.95)
    #expect(effect.n == 20 && effect.method == .studentT)
    #expect(abs((effect.value ?? 9) - 0.02) < 1e-12)
    #expect(abs((effect.low ?? 9) - 0.017020607063292) < 1e-9)
    #expect(abs((effect.high ?? 9) - 0.022979392936708) < 1e-9)
  }
}
