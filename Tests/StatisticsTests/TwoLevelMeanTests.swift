import Foundation
import Statistics
import Testing

/// Planted mistakes that it was seen to fail with: a hundredth of the paths' variance.
@Suite("Means over trainings and paths")
struct TwoLevelMeanTests {
  @Test("its interval has scipy's Welch error and degrees, of the trainings' means and the paths' means")
  func golden() throws {
    let cases = try ComparisonFigures.load().trainings
    for golden in cases {
      let estimate = TwoLevelMean(golden.rows).estimate()
      #expect(agree(estimate.value, golden.value) && estimate.n == golden.rows.count, "\(estimate)")
      #expect(agree(estimate.low, golden.interval[0]) && agree(estimate.high, golden.interval[1]), "\(estimate)")
    }
    #expect(cases.count == 3)
  }

  @Test("one training has no bounds, nor have trainings that are all the same number")
  func small() {
    #expect(TwoLevelMean([[Double]]()).estimate() == .unknown(n: 0, method: .twoLevel))
    let one = TwoLevelMean([[1, 2, 3]]).estimate()
    #expect(one.value == 2 && one.low == nil && one.high == nil && one.n == 1)
    #expect(TwoLevelMean([[0, 0], [0, 0], [0, 0]]).estimate().low == nil)
    // Trainings that differ on paths that do not: Student's t with two degrees, 4.3027, of 1/√3.
    let apart = TwoLevelMean([[1, 1], [2, 2], [3, 3]]).estimate()
    #expect(agree(apart.high, 2 + 4.302652729911275 / 3.0.squareRoot()))
  }

  /// Spreads of the trainings, of the paths, and of both together. The interval of one training over its paths, which is what
  /// a report without a second level gives, misses the mean over trainings.
  @Test("its 95 % interval covers with five trainings", arguments: [(1.0, 1.0, 3.0), (0.1, 3.0, 1.0), (0.3, 3.0, 2.0)])
  func coverage(training: Double, path: Double, both: Double) {
    var ofOne = 0
    let coverage = Coverage.of(0, seed: 45) { random in
      let paths = (0..<100).map { _ in path * random.normal() }
      let rows = (0..<5).map { _ in
        let shift = training * random.normal()
        return paths.map { $0 + shift + both * random.normal() }
      }
      let one = Moments(rows[0]).estimate()
      if (one.low ?? .nan) <= 0, 0 <= (one.high ?? .nan) { ofOne += 1 }
      return TwoLevelMean(rows).estimate()
    }
    #expect(Coverage.band.contains(coverage), "\(coverage)")
    if training == 1 { #expect(ofOne < 600, "\(ofOne)") }
  }
}
