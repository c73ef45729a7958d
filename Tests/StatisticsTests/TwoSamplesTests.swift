import Glibc
import Randomness
import Statistics
import Testing

@Suite("Two samples") struct TwoSamplesTests {
  private static func exponentials(_ count: Int, _ random: inout SplitMix64, scale: Double = 1) -> [Double] {
    (0..<count).map { _ in -scale * log(Double.random(in: 0x1p-53..<1, using: &random)) }
  }

  struct Known: Sendable {
    let first, second: [Double]
    let distance: Double
  }

  /// By hand: the steps of both empirical laws.
  private static let known = [
    Known(first: [1, 2, 3, 4], second: [3, 4, 5, 6], distance: 0.5),
    Known(first: [1, 2], second: [1, 2], distance: 0),
    Known(first: [0, 0, 0, 1], second: [0, 1, 1, 1, 1], distance: 0.55),
    Known(first: [5, 6, 7], second: [1, 2], distance: 1),
  ]

  @Test("the distance is the largest between both empirical laws, equal numbers taken together", arguments: known)
  func distance(_ one: Known) {
    #expect(abs(TwoSamples(one.first, one.second).distance - one.distance) < 1e-12)
    #expect(abs(TwoSamples(one.second, one.first).distance - one.distance) < 1e-12)
  }

  /// 2,000 pairs of samples of one skew law, 5 % of which are false alarms: 4 standard errors are 2 %. The test of the whole law,
  /// and shares of the five numbers under a 1 % quantile, are coarser than that, and rather say nothing.
  @Test("samples of one law are called different as often as is said") func falseAlarms() {
    var random = SplitMix64(seed: 71)
    let replications = 2000
    var alarms = [Double](repeating: 0, count: TwoSamples.Figure.allCases.count + 1)
    for _ in 0..<replications {
      let samples = TwoSamples(Self.exponentials(300, &random), Self.exponentials(200, &random))
      for (index, figure) in TwoSamples.Figure.allCases.enumerated() where samples.difference(figure).probability < 0.05
      { alarms[index] += 1 }
      if samples.probability < 0.05 { alarms[alarms.count - 1] += 1 }
    }
    for alarm in alarms { #expect((0.005...0.07).contains(alarm / Double(replications)), "\(alarms)") }
  }

  @Test("a scale of a tenth more shows in the deviation, the median and the whole law") func difference() {
    var random = SplitMix64(seed: 72)
    let samples = TwoSamples(Self.exponentials(20_000, &random, scale: 1.1), Self.exponentials(20_000, &random))
    for figure in TwoSamples.Figure.allCases where figure != .low {
      let difference = samples.difference(figure)
      #expect(difference.first > difference.second && difference.standardErrors > 3, "\(figure): \(difference)")
    }
    #expect(samples.probability < 1e-6)
  }

  @Test("what differs by rounding alone is the same number") func rounding() {
    #expect(TwoSamples([3, 3 + 1e-15, 3], [3 - 1e-12, 3]).isConstant)
    let samples = TwoSamples([0, 1, 2], [1e-14, 1 - 1e-13, 2])
    #expect(samples.distance == 0 && !samples.isConstant)
    for figure in TwoSamples.Figure.allCases { #expect(abs(samples.difference(figure).standardErrors) < 1e-9) }
  }
}
