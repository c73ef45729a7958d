import Foundation
import Lab
import Reports
import Statistics
import Testing
import Trading

/// What ruined desks, in markets in which only one thing can, and by outcome rows; each to the page.
@Suite("What killed them")
struct RuinStoryTests {
  private static let quiet = "\"model\": \"gbm\", \"annualVolatility\": 0.01"

  private static func crash(drop: Double) -> String {
    """
    "crash": { "model": "flashCrash", "asset": "AAA", "start": "2h", "drop": \(drop), "fall": { "duration": "15m" },
      "recovery": { "fraction": 0, "halfLife": "1h" } }
    """
  }

  /// Holds six times his equity short, and sells more of what falls: all that a fall of 40 % gives, and more, goes with it when it
  /// comes back.
  private static let short = """
    "panel": { "short": { "model": "buyAndHold", "leverage": 6, "weights": { "AAA": -1 }, "rebalance": true } },
    "severities": [1], "monteCarlo": { "paths": 40, "seed": 3 }, "account": { "equity": 1000 }
    """

  private static func study(leverage: Double = 4, paths: Int = 40) -> String {
    Situation.holders([(name: "held", leverage: leverage)], paths: paths) + ", \"account\": { \"equity\": 1000 }"
  }

  struct Planted: Sendable, CustomTestStringConvertible {
    let name: String
    let market: String
    let moment: RuinMoment
    let mover: EquityCause
    /// As the table has them, blanks as they are printed.
    let column, words: String
    var leverage = 4.0
    var study: String?
    var testDescription: String { name }
  }

  /// A price that falls by 12.5 % ruins who holds four times his equity.
  static let planted = [
    Planted(
      name: "a crash of 20 % within a quarter of an hour",
      market: Situation.session(quiet, events: crash(drop: 0.2)), moment: .fall, mover: .event, column: "in the fall",
      words: "the event 100 %"),
    Planted(
      name: "what comes back of a crash, of who is short of more and more",
      market: Situation.session(
        quiet,
        events: crash(drop: 0.4).replacing("\"fraction\": 0", with: "\"fraction\": 1").replacing("1h", with: "20m")),
      moment: .sameSession, mover: .rebound, column: "later that session", words: "the event’s rebound 100 %",
      study: short),
    // 0.89 and the day's −0.04, less the night's third before anything is bought: 0.875 in the afternoon.
    Planted(
      name: "a crash that leaves little, and a drift that takes it in the afternoon",
      market: Situation.session(
        "\"model\": \"gbm\", \"annualVolatility\": 0.01, \"annualDrift\": -10", events: crash(drop: 0.11)),
      moment: .sameSession, mover: .event, column: "later that session", words: "the event 100 %"),
    // 0.9·e^(−0.025t) after 1.1 sessions.
    Planted(
      name: "the same with a drift that needs another session",
      market: Situation.session(
        "\"model\": \"gbm\", \"annualVolatility\": 0.01, \"annualDrift\": -6.3", events: crash(drop: 0.1)
      ).replacing("\"length\": \"6.5h\"", with: "\"length\": \"3d\""), moment: .later, mover: .event,
      column: "in a later session", words: "the event 100 %"),
    // e^(−0.005t) is 0.875 after 27 sessions.
    Planted(
      name: "a drift over weeks without any event",
      market: Situation.daily("\"model\": \"gbm\", \"annualVolatility\": 0.01, \"annualDrift\": -1.26"),
      moment: .withoutEvents, mover: .market, column: "without events", words: "the market otherwise 100 %"),
    Planted(
      name: "a drift over weeks before a crash that comes too late",
      market: Situation.daily(
        "\"model\": \"gbm\", \"annualVolatility\": 0.01, \"annualDrift\": -1.26",
        events: """
          "crash": { "model": "flashCrash", "asset": "AAA", "start": "38d", "drop": 0.3, "fall": { "duration": "1d" },
            "recovery": { "fraction": 0, "halfLife": "1d" } }
          """), moment: .before, mover: .market, column: "before the event", words: "the market otherwise 100 %"),
    Planted(
      name: "nights that hold nearly all of the variance",
      market: Situation.daily("\"model\": \"gbm\", \"annualVolatility\": 1.2").replacing(
        "\"timeZone\"", with: "\"overnightVarianceShare\": 0.999, \"timeZone\""), moment: .withoutEvents, mover: .gap,
      column: "without events", words: "gaps at opens 100 %", leverage: 6),
    Planted(
      name: "jumps of 20 % in a market that moves little else",
      market: Situation.daily(
        "\"model\": \"merton\", \"annualVolatility\": 1.3925, \"jumpsPerYear\": 40, \"meanJump\": -0.22, "
          + "\"jumpVolatility\": 0.001"), moment: .withoutEvents, mover: .jump, column: "without events",
      words: "a jump 100 %"),
  ]

  /// Planted mistakes that it was seen to fail with: the session after the trough's; gains taken for losses; a fall taken for a
  /// rebound.
  @Test("names the only thing that can ruin, and when", arguments: planted)
  func only(_ golden: Planted) throws {
    let situation = try Situation([golden.market], study: golden.study ?? Self.study(leverage: golden.leverage))
    let story = try #require(situation.summary.ruins?.first)
    let ruined = try situation.number("select count(*) from results where cause <> 'none'")
    #expect(Double(story.ruined) == ruined && ruined >= 10)
    #expect(Set(story.moments.map(\.moment)) == [golden.moment], "\(story.moments)")
    #expect(story.dissected == story.ruined && story.movers.map(\.mover) == [golden.mover], "\(story.movers)")
    #expect(story.movers.first?.moments.map(\.paths) == [story.ruined])
    #expect(situation.words.contains("\(golden.column) 100 %") && situation.words.contains(golden.words))
    #expect(try situation.number("select count(*) from movers") == ruined)
  }

  /// A market that ruins before the crash, in it and after it: counted by the closes of the steps of ruin in the store. The
  /// crash starts at 7,200 s and is at its worst at 8,100 s.
  @Test("counts every ruined path at the moment that its outcome says")
  func rows() throws {
    let market = Situation.session(
      "\"model\": \"gbm\", \"annualVolatility\": 1.5", events: Self.crash(drop: 0.08))
    let situation = try Situation([market], study: Self.study(leverage: 6, paths: 800))
    let story = try #require(situation.summary.ruins?.first)
    let conditions: [(RuinMoment, String)] = [
      (.before, "ruinSeconds <= 7200"), (.fall, "ruinSeconds > 7200 and ruinSeconds - 300 <= 8100 + 600"),
      (.sameSession, "ruinSeconds - 300 > 8100 + 600"),
    ]
    for (moment, condition) in conditions {
      for cause in ["liquidation", "zeroEquity", "equityBelow"] {
        let rows = try situation.number("select count(*) from results where cause = '\(cause)' and \(condition)")
        let lines = story.moments.filter { $0.moment == moment && $0.cause.name == cause }
        #expect(Double(lines.reduce(0) { $0 + $1.paths }) == rows, "\(moment) \(cause)")
        for line in lines { #expect(line.share == Proportion(line.paths, of: story.ruined).estimate()) }
      }
      let all = try situation.number("select count(*) from results where cause <> 'none' and \(condition)")
      #expect(all >= 10, "\(moment)")
      let share = Unit.percent.text(all / Double(story.ruined), resolution: 0.005).replacing("\u{A0}", with: " ")
      #expect(situation.words.contains(share), "\(moment) \(share)")
    }
    #expect(story.dissected == 64)
    // The first ruined paths, and no others.
    let last = try situation.number("select max(path) from movers")
    #expect(try situation.number("select count(*) from results where cause <> 'none' and path <= \(last)") == 64)
  }

  /// A crash whose start each path draws: the time to ruin from the step of ruin and the drawn start, as the store has them, in
  /// whole steps; and the paths that were ruined before it have none.
  ///
  /// Planted mistakes that it was seen to fail with: steps downwards; steps told as seconds.
  @Test("says within how much time of the event half of the ruined paths are ruined")
  func afterStart() throws {
    let crash = Self.crash(drop: 0.2).replacing(
      "\"start\": \"2h\"", with: "\"start\": { \"between\": [\"1h\", \"4h\"] }")
    let situation = try Situation(
      [Situation.session("\"model\": \"gbm\", \"annualVolatility\": 1.2", events: crash)],
      study: Self.study(leverage: 4, paths: 300))
    let story = try #require(situation.summary.ruins?.first)
    let rows = try situation.rows(
      "select results.ruinSeconds, drawn.value from results join drawn using (path) "
        + "where results.cause <> 'none' and drawn.pointer = '/events/crash/start'")
    #expect(rows.count == story.ruined && rows.count >= 100)
    let after = rows.filter { $0[1] < $0[0] }
    let steps = after.map { Int((($0[0] - $0[1]) / 300).rounded(.up)) }
    #expect(rows.count - after.count == story.moments.filter { $0.moment == .before }.reduce(0) { $0 + $1.paths })
    for step in Set(steps) {
      let stored = try situation.number("select sum(paths) from ruins where stepsAfter = \(step)")
      #expect(Int(stored) == steps.count { $0 == step }, "\(step)")
    }
    // The inverse of the empirical law at a half, and the ranks between which it lies by the binomial law.
    let seconds = steps.map { Double($0) * 300 }.sorted()
    let median = try #require(story.medianSecondsAfterStart)
    #expect(median.value == seconds[(seconds.count + 1) / 2 - 1] && median.n == seconds.count)
    let told = try situation.match("half within ([^\n]+) after it starts")
    #expect(told == [median.figureText(.duration(day: 23_400)).replacing("\u{A0}", with: " ")], "\(told)")
  }
}
