import Documents
import Foundation
import MarketData
import Markets
import Testing

/// Planted and seen: a night without its share, 252 days for all, closes that stand still let through, the wrong part held out.
@Suite("Returns of recorded bars")
struct RecordedReturnsTests {
  private static func returns(_ text: String, from: CalendarDay? = nil, to: CalendarDay? = nil) throws
    -> RecordedReturns
  {
    let table = try CSVTable(Array(text.utf8), file: "bars.csv")
    return try RecordedReturns(BarTable(table, BarLayout(finding: [:], in: table)), asset: 0, from: from, to: to)
  }

  /// Closes at times that `time` gives for the bars 0, 1, ….
  private static func text(_ count: Int, _ time: (Int) -> Int64, close: (Int) -> Double = { 100 + Double($0 % 7) })
    -> String
  {
    "time,close\n"
      + (0..<count).map { "\(Timestamp.text(milliseconds: time($0))),\(close($0))\n" }.joined()
  }

  /// 2024-01-01 was a Monday.
  private static let monday = Int64(19_723) * 86_400_000
  private static func weekday(_ place: Int) -> Int64 { monday + Int64(place / 5 * 7 + place % 5) * 86_400_000 }

  @Test("of daily bars with weekends each spans 1/252 of a year, of a market that never closes 1/365")
  func daily() throws {
    let stock = try Self.returns(Self.text(80, Self.weekday))
    #expect(stock.years == Array(repeating: 1 / 252, count: 79) && !stock.session.isContinuous && stock.step == "1d")
    #expect(stock.span.from == "2024-01-01" && stock.values[0] == log(101) - log(100))
    let coin = try Self.returns(Self.text(80) { Self.monday + Int64($0) * 86_400_000 })
    #expect(coin.years == Array(repeating: 1 / 365, count: 79) && coin.session.isContinuous)
  }

  /// Seven bars of an hour a session, from 14:30 on; the last stands for what is left.
  @Test("of hourly bars in sessions a day's add up to 1/252, the night's share with the first")
  func sessions() throws {
    let returns = try Self.returns(
      Self.text(140) { Self.weekday($0 / 7) + Int64($0 % 7) * 3_600_000 + 52_200_000 })
    let day = Array(returns.years[6..<13])
    let (year, bar) = (1.0 / 252, 0.65 / 7)
    let (whole, first) = (day.reduce(0, +), (0.35 + bar) * year)
    #expect(abs(whole - year) < 1e-15)
    #expect(abs(day[0] - first) < 1e-15)
    #expect(abs(day[1] - bar * year) < 1e-15)
    #expect(returns.session.bar == .intraday(seconds: 3600, count: 7) && returns.step == "1h")
    let judged = try FitJudgement(GeometricBrownianMotionFit().fitted(to: returns), beside: returns, seed: 1)
    #expect(judged.paths == 200)
  }

  /// What cannot be fitted to, and what is said of it.
  struct Refused: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    var from, to: CalendarDay?
    let message: String
  }

  static let refused = [
    Refused(
      testDescription: "few bars", text: text(60, weekday),
      message: "bars.csv:61:22: close: 60 bars are too few to fit anything: at least 61"),
    Refused(
      testDescription: "few bars of a span", text: text(100, weekday),
      from: CalendarDay("2024-01-03"), to: CalendarDay("2024-02-02"),
      message: "bars.csv:26:22: close: 23 bars from 2024-01-03 to 2024-02-02 are too few to fit anything: at least 61"),
    Refused(
      testDescription: "closes that are all the same", text: text(70, weekday) { _ in 5 },
      message: "bars.csv:3:22: close: all 70 closes are 5: nothing moves"),
    Refused(
      testDescription: "closes that hardly ever move", text: text(70, weekday) { Double(100 + $0 / 3) },
      message:
        "bars.csv:3:22: close: the close is that of the bar before, as 46 of 69 are: no process here stands still so often"
    ),
    Refused(
      testDescription: "weekly bars", text: text(70, { monday + Int64($0) * 7 * 86_400_000 }),
      message: "bars.csv:3:1: time: the bars are 7d apart; no scenario has steps longer than a day: give bars of a day"),
  ]

  @Test("are refused with place and reason", arguments: refused)
  func refuses(_ refused: Refused) {
    let problems = #expect(throws: Problems.self) { try Self.returns(refused.text, from: refused.from, to: refused.to) }
    #expect(problems?.description == refused.message)
  }

  @Test("are split where a share of them is held out, no part with fewer than sixty")
  func split() throws {
    let returns = try Self.returns(Self.text(201, Self.weekday))
    let (first, rest) = try #require(returns.split(holdingOut: 0.4))
    #expect(first.values + rest.values == returns.values && first.values.count == 120 && first.times.count == 121)
    #expect(first.span.to == rest.span.from)
    #expect(returns.split(holdingOut: 0.2) == nil)
  }
}
