import CGSL
import Randomness
import Statistics
import Testing

/// Critical values come from 100,000 draws: those of a level of 0.95 have an error of 0.007 at z = 1.96, and the level one of
/// 0.0007.
@Suite("Simultaneous intervals by the largest t-statistic")
struct MaximumTTests {
  /// Walsh functions of 16 points, without the first: of mean 0, length 4, and at right angles to each other.
  private static let walsh: [[Double]] = (1..<16).map { row in
    (0..<16).map { (row & $0).nonzeroBitCount.isMultiple(of: 2) ? 1 : -1 }
  }

  private func critical(_ differences: [[Double]], _ confidence: Double = 0.95) -> Double {
    let key = RandomStreams(seed: 4, namespace: .report).key("max-t")
    let single = MaximumT(differences, confidence: confidence, key: key).single
    return CriticalValue.normal(single)
  }

  @Test("independent differences have Šidák's level", arguments: [2, 5, 12], [0.9, 0.95])
  func independent(count: Int, confidence: Double) {
    let exact = CriticalValue.normal(pow(confidence, 1 / Double(count)))
    #expect(abs(critical(Array(Self.walsh.prefix(count)), confidence) - exact) < 0.03)
  }

  /// Dunnett (1964), Biometrics 20(3), table 2: two-sided, 95 %, infinite degrees of freedom, common correlation of a half.
  @Test(
    "differences from one control have Dunnett's critical values",
    arguments: [(2, 2.21), (3, 2.35), (4, 2.44), (5, 2.51), (6, 2.57), (7, 2.61), (8, 2.65), (9, 2.69)])
  func dunnett(count: Int, published: Double) {
    let control = Self.walsh[14]
    let differences = Self.walsh.prefix(count).map { zip($0, control).map { $0 + $1 } }
    #expect(abs(critical(differences) - published) < 0.03)
  }

  @Test("what is a multiple of one difference, or never varies, widens nothing")
  func alike() {
    let one = Self.walsh[2]
    let differences = [one, one.map { -3 * $0 }, one.map { $0 + 7 }, one.map { _ in 5 }]
    #expect(abs(critical(differences) - 1.96) < 0.03)
    #expect(critical([one]) == CriticalValue.normal(0.95))
    #expect(critical([[1, 1], [2, 2]]) == CriticalValue.normal(0.95))
    // Their means are rounded, so that what is left of them is not quite nothing.
    let constants = [0.1, 0.7].map { Array(repeating: $0, count: 1000) }
    #expect(critical(constants) == CriticalValue.normal(0.95))
    #expect(critical([]) == CriticalValue.normal(0.95))
  }

  @Test("a large family has Bonferroni's level")
  func large() {
    let differences = Array(repeating: Self.walsh[1], count: MaximumT.largestFamily + 1)
    #expect(abs(critical(differences) - CriticalValue.normal(1 - 0.05 / 201)) < 1e-12)
  }

  /// Eight differences that share nine tenths of their variance, of 80 paths: 930…970 of 1,000 are three standard errors.
  @Test("all intervals hold at once as often as they say, where Bonferroni's are too wide and single ones too narrow")
  func together() {
    var random = SplitMix64(seed: 44)
    var holds = (together: 0, bonferroni: 0, alone: 0)
    for replication in 0..<1000 {
      let common = (0..<80).map { _ in random.normal() * 3 }
      let samples = (0..<8).map { _ in common.map { $0 + random.normal() } }
      let key = RandomStreams(seed: UInt64(replication), namespace: .report).key("max-t")
      let single = MaximumT(samples, confidence: 0.95, key: key).single
      let moments = samples.map { Moments($0) }
      func hold(_ confidence: Double) -> Bool {
        moments.allSatisfy {
          let estimate = $0.estimate(confidence: confidence)
          return (estimate.low ?? .nan) <= 0 && 0 <= (estimate.high ?? .nan)
        }
      }
      if hold(single) { holds.together += 1 }
      if hold(1 - 0.05 / 8) { holds.bonferroni += 1 }
      if hold(0.95) { holds.alone += 1 }
    }
    #expect((930...970).contains(holds.together) && holds.bonferroni > 970 && holds.alone < 910, "\(holds)")
  }
}
