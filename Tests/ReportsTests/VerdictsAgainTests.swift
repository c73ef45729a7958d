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

  /// How many of a desk's paths survive in the first half, in the second, and in both.
  private static func alive(_ situation: Situation, _ desk: Int) throws -> [Double] {
    try ["path < 200", "path >= 200", "1"].map { condition in
      try situation.number("select sum(cause = 0) from outcomes where desk = \(desk) and \(condition)")
    }
  }

  @Test("are counted where they are the same twice, as the store's halves have it", arguments: [0.2, 0.5, 0.9])
  func counted(limit: Double) throws { _ = try Self.compare(Self.situation(limit), limit) }

  /// A limit that the first half passes, or fails, and with it all paths, and that is too close to call in the second.
  @Test("differ where the second half alone is too close to call, and do not turn then")
  func secondHalf() throws {
    let any = try Self.situation(0.5)
    let desk = try #require(any.summary.desks.first { $0.severity == 1 && $0.name == "bold · none" }).desk
    let bounds = try Self.alive(any, desk).prefix(2).map {
      Proportion(Int($0), of: 200).clopperPearson(confidence: 0.9)
    }
    let (lows, highs) = (bounds.map { $0.low ?? 0 }, bounds.map { $0.high ?? 1 })
    try #require(lows[0] != lows[1])
    let limit = lows[0] > lows[1] ? (lows[0] + lows[1]) / 2 : (highs[0] + highs[1]) / 2
    #expect(try Self.compare(Self.situation(limit), limit) == 3)
  }

  /// Holds the sentence against the store; gives how many verdicts are the same twice.
  private static func compare(_ situation: Situation, _ limit: Double) throws -> Int {
    let desks = situation.summary.desks.filter { $0.severity == 1 }.map(\.desk)
    var (same, turned) = (0, 0)
    for desk in desks {
      let alive = try alive(situation, desk)
      let verdicts = zip(alive, [200, 200, 400]).map { verdict($0, of: $1, limit) }
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
    return same
  }

  @Test("are not told of one path")
  func single() throws {
    let situation = try Situation(
      [VerdictOnThePageTests.market], study: VerdictOnThePageTests.study(VerdictOnThePageTests.holders, paths: 1))
    #expect(!situation.words.contains("each half of the paths"))
  }
}
