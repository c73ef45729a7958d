import Foundation
import Lab
import Reports
import Statistics
import Testing

/// Verdicts of each half of the paths alone, from the outcome rows to the sentence.
@Suite("Verdicts judged again by halves")
struct VerdictsAgainTests {
  /// Limits that lie where a half is too small, or drew otherwise: survival of the bold one against a limit near it.
  private static func situation(_ limit: Double) throws -> Situation {
    try Situation(
      [VerdictOnThePageTests.market],
      study: VerdictOnThePageTests.study(VerdictOnThePageTests.holders)
        + ", \"criteria\": [{ \"measure\": \"survival\", \"atLeast\": \(limit) }]")
  }

  /// As Clopper and Pearson's bounds judge a number of survivors.
  private static func verdict(_ alive: Double, of paths: Int, _ limit: Double) -> String {
    let bounds = Proportion(Int(alive), of: paths).clopperPearson(confidence: 0.9)
    return (bounds.low ?? 0) >= limit ? "pass" : (bounds.high ?? 1) < limit ? "fail" : "tooClose"
  }

  @Test("are counted where they are the same twice, as the store's halves have it", arguments: [0.2, 0.5, 0.9])
  func counted(limit: Double) throws {
    let situation = try Self.situation(limit)
    let desks = situation.summary.desks.filter { $0.severity == 1 }.map(\.desk)
    var (same, turned) = (0, 0)
    for desk in desks {
      let halves = try ["path < 200", "path >= 200", "1"].map { condition in
        try situation.number("select sum(cause = 0) from outcomes where desk = \(desk) and \(condition)")
      }
      let verdicts = [
        Self.verdict(halves[0], of: 200, limit), Self.verdict(halves[1], of: 200, limit),
        Self.verdict(halves[2], of: 400, limit),
      ]
      if Set(verdicts).count == 1 { same += 1 }
      if verdicts.contains("pass"), verdicts.contains("fail") { turned += 1 }
    }
    let start = "Judged by each half of the paths alone, two runs with other draws, "
    let expected =
      same == 4
      ? "all 4 verdicts are the same twice."
      : "\(same) of 4 verdicts are the same twice; "
        + (turned == 0
          ? "none turns from pass to fail." : "\(turned) \(turned == 1 ? "turns" : "turn") between pass and fail.")
    #expect(situation.words.contains(start + expected), "\(start + expected)")
  }

  @Test("are not told of one path")
  func single() throws {
    let situation = try Situation(
      [VerdictOnThePageTests.market], study: VerdictOnThePageTests.study(VerdictOnThePageTests.holders, paths: 1))
    #expect(!situation.words.contains("each half of the paths"))
  }
}
