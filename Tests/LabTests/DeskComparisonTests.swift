import Foundation
import Lab
import Statistics
import Testing

@Suite("Verdicts on a desk in two runs")
struct DeskComparisonTests {
  private static func interval(_ low: Double?, _ high: Double?) -> Estimate {
    Estimate(value: 0, low: low, high: high, confidence: 0.9, n: 100, method: .tango)
  }

  @Test("compare the bounds of the difference with the margin")
  func bounds() {
    let cases: [(low: Double?, high: Double?, margin: Double, verdict: DeskComparison.Verdict)] = [
      (-0.01, 0.02, 0.01, .notWorse), (-0.0101, 0.02, 0.01, .tooClose), (0, 0.1, 0, .notWorse), (-0.1, 0, 0, .tooClose),
      (-0.1, 0.1, 0.2, .notWorse), (nil, nil, 0.2, .tooClose), (nil, 0.1, 0.1, .tooClose),
    ]
    for one in cases {
      let verdict = DeskComparison.judge(Self.interval(one.low, one.high), margin: one.margin)
      #expect(verdict == one.verdict, "\(one)")
    }
    let loss = Estimate(value: -0.05, low: -0.08, high: -0.02, confidence: 0.9, n: 100, method: .tango)
    #expect(DeskComparison.judge(loss, margin: 0.01) == .worse)
    #expect(DeskComparison.judge(loss, margin: 0.02) == .tooClose)
    #expect(DeskComparison.judge(loss, margin: 0.08) == .notWorse)
  }

  /// A thousand pairs of runs whose candidate survives less by just the margin, with a fixed seed: of verdicts that come
  /// with probability 0.05, 0.025…0.08 is left once in 5,000 seeds.
  @Test(
    "call one in twenty not worse, and one in twenty worse, of candidates that lose just the margin",
    arguments: [true, false])
  func errors(isPaired: Bool) {
    var state: UInt64 = 31
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53
    }
    let (paths, margin) = (600, 0.04)
    var verdicts: [DeskComparison.Verdict: Int] = [:]
    for _ in 0..<1000 {
      var (onlyCandidate, onlyBaseline, baseline, candidate) = (0, 0, 0, 0)
      for _ in 0..<paths {
        // 0.78 both survive, 0.08 only under the baseline, 0.04 only under the candidate: 0.86 and 0.82.
        let draw = uniform()
        let (first, second) = (draw < 0.86, draw < 0.78 || (draw >= 0.86 && draw < 0.90))
        baseline += first ? 1 : 0
        candidate += second ? 1 : 0
        onlyBaseline += first && !second ? 1 : 0
        onlyCandidate += second && !first ? 1 : 0
      }
      if !isPaired { candidate = (0..<paths).count { _ in uniform() < 0.82 } }
      let confidence = 2 * RunComparison.oneSidedConfidence - 1
      let difference =
        isPaired
        ? PairedShares(onlyFirst: onlyCandidate, onlySecond: onlyBaseline, of: paths).estimate(confidence: confidence)
        : ShareDifference(Proportion(candidate, of: paths), less: Proportion(baseline, of: paths)).estimate(
          confidence: confidence)
      verdicts[DeskComparison.judge(difference, margin: margin), default: 0] += 1
    }
    for verdict in [DeskComparison.Verdict.notWorse, .worse] {
      #expect((25...80).contains(verdicts[verdict] ?? 0), "\(verdicts)")
    }
  }
}
