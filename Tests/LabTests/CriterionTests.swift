import Foundation
import Lab
import Statistics
import Testing

/// The arithmetic of verdicts, by hand: with no ruin among n paths the one-sided bound of survival is 0.05^(1/n).
@Suite("A criterion")
struct CriterionTests {
  private static func share(_ successes: Int, of n: Int, confidence: Double = 0.95) -> Estimate {
    Proportion(successes, of: n).clopperPearson(confidence: 2 * confidence - 1)
  }

  private static func mean(_ value: Double, _ low: Double?, _ high: Double?, n: Int = 100) -> Estimate {
    Estimate(value: value, low: low, high: high, n: n, method: .studentT)
  }

  static let verdicts: [(what: String, criterion: Criterion, estimate: Estimate?, verdict: CriterionLine.Verdict)] = [
    ("0.05^(1/298) = 0.98999…", Criterion("survival", atLeast: 0.99), share(298, of: 298), .tooClose),
    ("0.05^(1/299) = 0.99003", Criterion("survival", atLeast: 0.99), share(299, of: 299), .pass),
    ("50 of 1,000 are surely fewer than 99 %", Criterion("survival", atLeast: 0.99), share(950, of: 1000), .fail),
    // R 4.3: binom.test(8, 1000, alternative = "less")$conf.int is 0.01440, binom.test(9, …) 0.01566.
    ("at most 0.0144", Criterion("ruined", atMost: 0.0145), share(8, of: 1000), .pass),
    ("at most 0.0157", Criterion("ruined", atMost: 0.0145), share(9, of: 1000), .tooClose),
    ("both bounds beyond", Criterion("x", atMost: 1), mean(2, 1.5, 2.5), .fail),
    ("both bounds within", Criterion("x", atMost: 3), mean(2, 1.5, 2.5), .pass),
    ("the bound is the limit", Criterion("x", atMost: 2.5), mean(2, 1.5, 2.5), .pass),
    ("between the bounds", Criterion("x", atLeast: 2.2), mean(2, 1.5, 2.5), .tooClose),
    ("the other bound is enough", Criterion("x", atLeast: 1), mean(2, 1.5, nil), .pass),
    ("the bound that decides is not known", Criterion("x", atLeast: 1), mean(2, nil, nil), .tooClose),
    ("no figure", Criterion("x", atLeast: 1), Estimate.unknown(n: 0, method: .studentT), .nothingToJudge),
    ("no measure", Criterion("x", atLeast: 1), nil, .nothingToJudge),
  ]

  /// Planted mistakes: the value in place of the bound that lets pass; a fail where only the value misses.
  @Test("passes by the near bound, fails by the far one, and is too close between", arguments: verdicts)
  func verdict(what: String, criterion: Criterion, estimate: Estimate?, verdict: CriterionLine.Verdict) {
    #expect(CriterionLine.judge(criterion, estimate) == verdict, "\(what)")
  }

  static let remedies: [(criterion: Criterion, estimate: Estimate, paths: Int?)] = [
    // Without a ruin 299 paths settle it, in two digits 300.
    (Criterion("survival", atLeast: 0.99), share(100, of: 100), 300),
    // Half a width of 0.5 on the side of the limit, which is 0.1 away: 25 times as many.
    (Criterion("x", atLeast: 2.1), mean(2, 1.2, 2.5), 2500),
    (Criterion("x", atMost: 2.1), mean(2, 1.2, 2.5), 2500),
    // The limit is what was found: no number of paths tells them apart.
    (Criterion("x", atLeast: 2), mean(2, 1.5, 2.5), nil),
    (Criterion("x", atLeast: 1), mean(2, nil, nil), nil),
  ]

  @Test("says how many paths would settle it", arguments: remedies)
  func remedy(criterion: Criterion, estimate: Estimate, paths: Int?) {
    #expect(CriterionLine.pathsToSettle(criterion, estimate) == paths)
  }

  /// 0.9 against p = 0.89 with z = 1.645: n = z²·p(1 − p)/0.01² = 2,649 by the normal law, and a path in a hundredth more.
  @Test("of a share, the number is near the one of the normal law")
  func share() throws {
    let paths = try #require(CriterionLine.pathsToSettle(Criterion("s", atLeast: 0.89), Self.share(450, of: 500)))
    #expect((2649...2800).contains(paths), "\(paths)")
  }
}
