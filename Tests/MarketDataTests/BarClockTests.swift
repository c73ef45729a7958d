import Documents
import Foundation
import MarketData
import Testing

/// The clock of recorded bars: what is missing, and what is closed.
struct BarClockTests {
  private static let hour: Int64 = 3_600_000
  private static let day: Int64 = 86_400_000

  /// The gaps of closes at some times, as the program tells them.
  private static func gaps(_ times: [Int64], asset: [String]? = nil) throws -> [String] {
    var text = "time,close" + (asset == nil ? "\n" : ",asset\n")
    for (index, time) in times.enumerated() {
      text += Timestamp.text(milliseconds: time) + ",1" + (asset.map { "," + $0[index] } ?? "") + "\n"
    }
    let table = try CSVTable([UInt8](text.utf8), file: "t.csv")
    return try BarTable(table, BarLayout(in: table)).gaps().map(\.description)
  }

  private static func message(_ problem: String) -> String { String(problem.split(separator: ": ", maxSplits: 2)[2]) }

  private static func moment(_ text: String) -> Int64 { Timestamp.milliseconds(text) ?? 0 }

  /// Times at which a market trades, a day after the other.
  private static func times(
    from first: String, days: Int, on weekdays: Set<Int>, step: Int64, within hours: (Int64) -> Range<Int64>
  ) -> [Int64] {
    (0..<Int64(days)).flatMap { number -> [Int64] in
      let midnight = moment(first) + number * day
      let weekday = (Int(midnight / day) + 3) % 7
      guard weekdays.contains(weekday) else { return [] }
      let open = hours(midnight)
      return Array(stride(from: midnight + open.lowerBound, to: midnight + open.upperBound, by: Int(step)))
    }
  }

  /// Half-hours of New York's sessions through 2021, in UTC: an hour earlier while summer time lasts.
  private static let sessions = times(from: "2021-01-04", days: 360, on: [0, 1, 2, 3, 4], step: hour / 2) { midnight in
    let isSummer = midnight >= moment("2021-03-15") && midnight < moment("2021-11-08")
    let open = (isSummer ? 27 : 29) * hour / 2
    return open..<(open + 13 * hour / 2)
  }

  /// Hours of a market that never closes, through four weeks.
  private static let coin = times(from: "2021-01-01", days: 28, on: Set(0..<7), step: hour) { _ in 0..<day }

  @Test("nights, weekends and the hour by which clocks change are no gaps")
  func closings() throws {
    #expect(try Self.gaps(Self.sessions) == [])
    #expect(try Self.gaps(Self.coin) == [])
  }

  @Test("every single missing hour of a market that never closes is a gap, also on days when others rest")
  func coinHours() throws {
    for missing in 1..<(Self.coin.count - 1) {
      var times = Self.coin
      times.remove(at: missing)
      let (expected, found) = (Self.coin[missing], Self.coin[missing + 1])
      #expect(
        try Self.gaps(times) == [
          "t.csv:\(missing + 2):1: time: expected \(Timestamp.text(milliseconds: expected)), "
            + "found \(Timestamp.text(milliseconds: found)): a bar of 1h is missing"
        ])
    }
  }

  @Test("so it is in a file of a day from noon to noon, and three sessions are enough to tell a night")
  func fewDays() throws {
    let noon = Array(Self.coin[12...36])
    for missing in 1..<24 {
      #expect(try Self.gaps(noon.filter { $0 != noon[missing] }).count == 1, "\(missing)")
    }
    #expect(try Self.gaps(Self.sessions.filter { $0 < Self.moment("2021-01-07") }) == [])
  }

  @Test("a missing bar inside a session is a gap, a day or two without bars are holidays, a week is a gap")
  func sessionGaps() throws {
    let dates = Array(Set(Self.sessions.map { $0 / Self.day })).sorted()
    for date in dates.dropFirst().dropLast() where date % 3 == 0 {
      let inside = Self.sessions.filter { $0 / Self.day == date }
      for missing in 2..<(inside.count - 2) where missing % 4 == 0 {
        #expect(try Self.gaps(Self.sessions.filter { $0 != inside[missing] }).count == 1, "\(inside[missing])")
      }
      #expect(try Self.gaps(Self.sessions.filter { $0 / Self.day != date }) == [], "\(date)")
    }
    let week = Self.sessions.filter { $0 < Self.moment("2021-06-07") || $0 >= Self.moment("2021-06-14") }
    #expect(
      try Self.gaps(week).map(Self.message) == [
        "expected 2021-06-07T13:30:00Z, found 2021-06-14T13:30:00Z: 65 bars of 30m are missing"
      ])
    let shortDay = Self.sessions.filter { $0 < Self.moment("2021-11-26T18:00") || $0 >= Self.moment("2021-11-27") }
    #expect(shortDay.count == Self.sessions.count - 6)
    #expect(try Self.gaps(shortDay) == [])
  }

  @Test(
    "of daily bars four days may be missing, as in September 2001, and a week may not; weekends only where they trade")
  func days() throws {
    let weekdays = Self.times(from: "2001-06-04", days: 180, on: [0, 1, 2, 3, 4], step: Self.day) { _ in 0..<Self.day }
    func without(_ from: String, _ to: String, of times: [Int64]) -> [Int64] {
      times.filter { $0 < Self.moment(from) || $0 >= Self.moment(to) }
    }
    #expect(try Self.gaps(weekdays) == [])
    #expect(try Self.gaps(without("2001-09-11", "2001-09-15", of: weekdays)) == [])
    #expect(
      try Self.gaps(without("2001-09-10", "2001-09-15", of: weekdays)).map(Self.message) == [
        "expected 2001-09-10T00:00:00Z, found 2001-09-17T00:00:00Z: 5 bars of 1d are missing"
      ])
    let all = Self.times(from: "2001-06-04", days: 60, on: Set(0..<7), step: Self.day) { _ in 0..<Self.day }
    for missing in 1..<59 {
      #expect(try Self.gaps(all.filter { $0 != all[missing] }).count == 1, "\(missing)")
    }
  }

  @Test("a day is no holiday of one stock when another one of the file trades on it")
  func others() throws {
    let days = Self.times(from: "2001-06-04", days: 60, on: [0, 1, 2, 3, 4], step: Self.day) { _ in 0..<Self.day }
    let missing = Self.moment("2001-06-20")
    let times = days + days.filter { $0 != missing }
    let names = days.map { _ in "A" } + days.dropLast().map { _ in "B" }
    #expect(
      try Self.gaps(times, asset: names) == [
        "t.csv:58:1: time: expected 2001-06-20T00:00:00Z, found 2001-06-21T00:00:00Z: a bar of 1d of \"B\" is missing"
      ])
    #expect(
      try Self.gaps(days.filter { $0 != missing } + days.filter { $0 != missing }, asset: Array(names.dropFirst()))
        == [])
  }

  @Test("weeks and months are as long as calendars make them, and one that is missing is a gap")
  func longSteps() throws {
    let months = (0..<36).compactMap { number in
      CalendarDay(year: 2010 + number / 12, month: number % 12 + 1, day: 1).map { Int64($0.daysSince1970) * Self.day }
    }
    #expect(try Self.gaps(months) == [])
    #expect(try Self.gaps(months.filter { $0 != months[13] }).count == 1)
    let weeks = (0..<40).map { Self.moment("2010-01-04") + Int64($0) * 7 * Self.day + ($0 % 9 == 4 ? Self.day : 0) }
    #expect(try Self.gaps(weeks) == [])
    #expect(try Self.gaps(weeks.filter { $0 != weeks[20] }).count == 1)
  }

  @Test("times without any clock are said to have none")
  func irregular() throws {
    let times = (0..<50).map { Int64($0 * $0) * Self.hour }
    #expect(
      try Self.gaps(times) == [
        "t.csv:2:1: time: the bars have no regular clock: the most frequent distance, 1h, is that of 2 % of them"
      ])
  }

  @Test("a few bars have a clock too, and two have none")
  func short() throws {
    let hours = [0, 1, 2, 4].map { Self.moment("2021-01-05") + $0 * Self.hour }
    #expect(try Self.gaps(hours).count == 1)
    #expect(try Self.gaps([0, 5 * Self.hour]) == [])
    #expect(try Self.gaps([0]) == [])
  }

  @Test("the shapes of recorded files have no gaps: a coin, a currency over a change of clocks and Christmas, shares")
  func shapes() throws {
    for name in ["bars/coin_1h.csv", "bars/currency_1h.csv", "bars/closes_1d.csv"] {
      let table = try BarShapes.table(name)
      #expect(try BarTable(table, BarLayout(in: table)).gaps().map(\.description) == [], "\(name)")
    }
    let stocks = try BarShapes.table("us_equities_5_daily_ohlcv_2000_2013_public_domain.csv")
    #expect(try BarTable(stocks, BarLayout(in: stocks)).gaps() == [])
  }

  @Test("each hour that a currency misses between its weekends is a gap")
  func currency() throws {
    let table = try BarShapes.table("bars/currency_1h.csv")
    let series = try BarTable(table, BarLayout(in: table)).series[0]
    for index in stride(from: 200, to: 700, by: 7) {
      let time = series.time[index]
      let inside = series.time[index + 2] - time == 2 * Self.hour && time - series.time[index - 2] == 2 * Self.hour
      guard inside else { continue }
      #expect(try Self.gaps(series.time.filter { $0 != time }).count == 1, "\(Timestamp.text(milliseconds: time))")
    }
  }
}
