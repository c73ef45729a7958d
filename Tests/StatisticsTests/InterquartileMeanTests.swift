import Foundation
import Statistics
import Testing

/// Planted mistakes that it was seen to fail with: an error of the middle half alone, 1.5 in place of 2.
@Suite("Interquartile means")
struct InterquartileMeanTests {
  @Test("the mean is rliable's, its interval scipy's")
  func golden() throws {
    for golden in try ComparisonFigures.load().cases {
      let estimate = InterquartileMean(golden.differences).estimate()
      #expect(agree(estimate.value, golden.interquartileMean), "\(golden.name): \(estimate)")
      #expect(
        agree(estimate.low, golden.interquartileInterval[0]) && agree(estimate.high, golden.interquartileInterval[1]),
        "\(golden.name): \(estimate)")
    }
  }

  @Test("a path far out does not move it; a middle half of one number has no bounds")
  func middle() {
    #expect(InterquartileMean([1, 2, 3, 4, 5, 6, 7, 8]).estimate().value == 4.5)
    #expect(InterquartileMean([-1e9, 2, 3, 4, 5, 6, 7, 1e12]).estimate().value == 4.5)
    let rare = InterquartileMean((0..<100).map { $0 < 20 ? 5 : 0 }).estimate()
    #expect(rare.value == 0 && rare.low == nil && rare.high == nil && rare.evidence == .sampled)
    #expect(isNotSeen(InterquartileMean([2, 2, 2]).estimate(), among: 3))
    #expect(InterquartileMean([]).estimate() == .unknown(n: 0, method: .trimmedMean))
    #expect(InterquartileMean([7]).estimate().low == nil && InterquartileMean([7]).estimate().value == 7)
  }

  /// Of an exponential law it is 2∫x e⁻ˣ between the quartiles ln(4/3) and ln 4: 1 + 1.5 ln(4/3) − ln 2.
  @Test("its 95 % interval covers the middle of a skewed law and of one with heavy tails")
  func coverage() {
    let skewed = Coverage.of(1 + 1.5 * log(4.0 / 3) - log(2), seed: 38) { random in
      InterquartileMean((0..<200).map { _ in random.exponential(mean: 1) }).estimate()
    }
    #expect(Coverage.band.contains(skewed), "\(skewed)")
    let heavy = Coverage.of(0, seed: 39) { random in
      InterquartileMean((0..<100).map { _ in random.normal() / (random.uniform() + 0.02) }).estimate()
    }
    #expect(Coverage.band.contains(heavy), "\(heavy)")
  }
}
