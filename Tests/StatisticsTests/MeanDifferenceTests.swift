import Statistics
import Testing

@Suite("Differences of means of two samples")
struct MeanDifferenceTests {
  /// Without skewness Hall's transformation changes nothing.
  @Test("of two symmetric samples its interval is Welch's, as scipy has it")
  func golden() {
    let (first, second) = (Moments([17, 19, 20, 21, 23, 25, 15]), Moments([10, 11, 12, 13, 14]))
    let source = "scipy 1.17.1, ttest_ind(a, b, equal_var=False).confidence_interval(0.9 and 0.95)"
    for (confidence, low, high) in [
      (0.9, 5.29945684068298, 10.700543159317017), (0.95, 4.666436737785125, 11.333563262214875),
    ] {
      let estimate = MeanDifference(first, less: second).estimate(confidence: confidence)
      #expect(estimate.value == 8)
      #expect(agree(estimate.low, low, to: 1e-10) && agree(estimate.high, high, to: 1e-10), "\(source): \(estimate)")
    }
  }

  @Test("of a sample and one that never varies it is the sample's own, moved")
  func constant() throws {
    let sample = Moments([1, 2, 2.5, 4, 7, 3, 2, 2])
    let alone = sample.estimate()
    let moved = MeanDifference(sample, less: Moments([10, 10, 10])).estimate()
    #expect(
      agree(moved.low, alone.low.map { $0 - 10 }, to: 1e-12) && agree(moved.high, alone.high.map { $0 - 10 }, to: 1e-12)
    )
    #expect(isNotSeen(MeanDifference(Moments([1, 1]), less: Moments([10, 10, 10])).estimate(), among: 2))
    #expect(MeanDifference(Moments(), less: sample).estimate().value == nil)
    #expect(MeanDifference(Moments([1]), less: sample).estimate().low == nil)
  }

  @Test("its 95 % interval covers, also where both samples are skew and of unlike spread", arguments: [1.0, 6.0])
  func coverage(scale: Double) {
    let coverage = Coverage.of(scale - 1, seed: 26) { random in
      let first = Moments((0..<200).map { _ in random.exponential(mean: scale) })
      let second = Moments((0..<80).map { _ in random.exponential(mean: 1) })
      return MeanDifference(first, less: second).estimate()
    }
    #expect(Coverage.band.contains(coverage), "\(coverage)")
  }
}
