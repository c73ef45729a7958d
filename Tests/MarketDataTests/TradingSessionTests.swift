import Documents
import MarketData
import Testing

/// The clock of a document.
private func clock(_ calendar: String, step: String, start: String = "2024-01-08", warmup: String = "0s") throws
  -> Clock
{
  let text = """
    {"calendar": {\(calendar)}, "step": "\(step)", "length": "20d", "warmup": "\(warmup)", "start": "\(start)"}
    """
  let document = try DocumentLoader { _ in nil }.load([UInt8](text.utf8), file: "clock.json")
  return try Clock.form.read(document)
}

private let futures = """
  "model": "sessions", "open": "18:00", "close": "17:00", "timeZone": "America/New_York"
  """
private let currencies = """
  "model": "sessions", "open": "17:00", "close": "17:00", "timeZone": "America/New_York", "weekendVarianceShare": 0.1
  """
private let tokyo = """
  "model": "sessions", "timeZone": "Asia/Tokyo", "sessions": [{"open": "09:00", "close": "11:30"},
    {"open": "12:30", "close": "15:00", "breakVarianceShare": 0.04}]
  """
private let shanghai = """
  "model": "sessions", "timeZone": "Asia/Shanghai", "overnightVarianceShare": 0.2, "sessions": [
    {"open": "21:00", "close": "02:30"}, {"open": "09:00", "close": "11:30", "breakVarianceShare": 0.07},
    {"open": "13:30", "close": "15:00", "breakVarianceShare": 0.02}]
  """
private let shaped = """
  "model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "America/New_York",
    "profile": {"model": "uShape", "volatility": 2.5, "volume": 3, "spread": 1.5}
  """

@Suite("Sessions over midnight, several a day, and the course of the day")
struct TradingSessionTests {
  /// Steps and their stamps: Python 3 `zoneinfo`, the open of a session plus the time traded in it, counted in UTC.
  struct Stamps: CustomTestStringConvertible {
    let calendar: String
    let step: String
    let start: String
    let stamps: [Int: String]
    var testDescription: String { calendar }
  }

  @Test(
    "steps have the time of their close: from Sunday evening, over breaks, and where clocks change",
    arguments: [
      // Clocks go forward on Sunday, 10 March 2024, and back on Sunday, 3 November 2024.
      Stamps(
        calendar: futures, step: "30m", start: "2024-03-11",
        stamps: [
          -1: "2024-03-08T17:00:00-05:00", 0: "2024-03-10T18:30:00-04:00", 45: "2024-03-11T17:00:00-04:00",
          46: "2024-03-11T18:30:00-04:00", -46: "2024-03-07T18:30:00-05:00", -47: "2024-03-07T17:00:00-05:00",
        ]),
      Stamps(
        calendar: currencies, step: "1h", start: "2024-11-04",
        stamps: [
          -1: "2024-11-01T17:00:00-04:00", 0: "2024-11-03T18:00:00-05:00", 6: "2024-11-04T00:00:00-05:00",
          119: "2024-11-08T17:00:00-05:00", 120: "2024-11-10T18:00:00-05:00",
        ]),
      Stamps(
        calendar: tokyo, step: "30m", start: "2024-01-05",
        stamps: [
          -1: "2024-01-04T15:00:00+09:00", 0: "2024-01-05T09:30:00+09:00", 4: "2024-01-05T11:30:00+09:00",
          5: "2024-01-05T13:00:00+09:00", 9: "2024-01-05T15:00:00+09:00", 10: "2024-01-08T09:30:00+09:00",
        ]),
      Stamps(
        calendar: shanghai, step: "30m", start: "2024-01-08",
        stamps: [
          -1: "2024-01-05T15:00:00+08:00", 0: "2024-01-07T21:30:00+08:00", 10: "2024-01-08T02:30:00+08:00",
          11: "2024-01-08T09:30:00+08:00", 15: "2024-01-08T11:30:00+08:00", 16: "2024-01-08T14:00:00+08:00",
          18: "2024-01-08T15:00:00+08:00",
        ]),
      // Clocks go forward on Friday, 29 March 2024, at 02:00, in the middle of that day's session.
      Stamps(
        calendar: #""model": "sessions", "open": "18:00", "close": "17:00", "timeZone": "Asia/Jerusalem""#, step: "1h",
        start: "2024-03-29",
        stamps: [
          -1: "2024-03-28T17:00:00+02:00", 0: "2024-03-28T19:00:00+02:00", 7: "2024-03-29T03:00:00+03:00",
          8: "2024-03-29T04:00:00+03:00", 22: "2024-03-29T18:00:00+03:00", 23: "2024-03-31T19:00:00+03:00",
        ]),
    ])
  func timestamps(case stamps: Stamps) throws {
    let clock = try clock(stamps.calendar, step: stamps.step, start: stamps.start)
    for (step, stamp) in stamps.stamps { #expect(clock.timestamp(step) == stamp, "step \(step)") }
    for step in -100..<100 { #expect(clock.openInstant(step) < clock.openInstant(step + 1)) }
  }

  @Test("a step opens where its session does, on the market's clock and by UTC")
  func opens() throws {
    let clock = try clock(tokyo, step: "30m")
    let (day, hour): (Int64, Int64) = (86_400_000, 3_600_000)
    let monday = Int64(19_730) * day
    #expect(
      [0, 4, 5, 10].map { clock.wallClock(atOpenOf: $0) } == [
        monday + 9 * hour, monday + 11 * hour, monday + 12 * hour + hour / 2, monday + day + 9 * hour,
      ])
    #expect(clock.openInstant(5) == Double(monday + 3 * hour + hour / 2) / 1000)
    let overnight = try TradingSessionTests.clockOf(futures)
    #expect(overnight.wallClock(atOpenOf: 0) == monday - 6 * hour && overnight.wallClock(atOpenOf: 6) == monday)
    let times = ["18:00", "23:30", "16:59", "17:00", "17:59"].compactMap { TimeOfDay($0) }
    #expect(
      times.map { overnight.calendar.secondsOfTrading(until: $0) } == [0, 19_800, 82_740, nil, nil] as [Double?])
    let noon = try #require(TimeOfDay("12:00"))
    #expect(clock.calendar.secondsOfTrading(until: noon) == nil && clock.calendar.secondsOfTrading(upTo: noon) == 9000)
  }

  private static func clockOf(_ calendar: String) throws -> Clock { try clock(calendar, step: "1h") }

  @Test(
    "a week's variance is five days' of the year, and the clock of variance adds up step by step",
    arguments: [
      (futures, "1h"), (currencies, "1h"), (tokyo, "10m"), (shanghai, "30m"), (shaped, "5m"),
      (#""model": "continuous", "profile": {"model": "parts", "volatility": [1, 2, 4, 1]}"#, "1h"),
      (#""model": "continuous""#, "1d"), (tokyo + #", "weekendVarianceShare": 0.2"#, "30m"),
    ])
  func variance(calendar: String, step: String) throws {
    for start in ["2024-01-08", "2024-01-10", "2024-01-12"] {
      let clock = try clock(calendar, step: step, start: start)
      let week = 5 * clock.stepsPerDay
      let years = (0..<week).map { clock.varianceYears($0) }.reduce(0) { $0 + $1.gap + $1.intraday }
      #expect(abs(years * clock.calendar.daysPerYear / 5 - 1) < 1e-12)
      #expect(clock.startYears(0) == 0)
      for step in -3 * week..<3 * week {
        let (gap, intraday) = clock.varianceYears(step)
        #expect(abs(clock.startYears(step + 1) - clock.startYears(step) - gap - intraday) < 1e-15, "step \(step)")
      }
      let spans = clock.varianceSpans
      for step in 0..<week {
        let (gap, intraday) = clock.varianceYears(step)
        #expect(spans.intraday.contains(intraday) && (gap == 0 || spans.gaps.contains(gap)))
      }
    }
  }

  @Test("nights, breaks and weekends have their shares, and days that follow each other have no night")
  func shares() throws {
    let day = 1.0 / 252
    let tokyo = try clock(tokyo, step: "30m")
    #expect(tokyo.varianceYears(0).gap == 0.35 * day && abs(tokyo.varianceYears(5).gap - 0.04 * day) < 1e-18)
    #expect(tokyo.varianceYears(4).gap == 0 && abs(tokyo.varianceYears(3).intraday - 0.61 * day / 10) < 1e-18)
    let currencies = try clock(currencies, step: "1h", start: "2024-01-10")
    #expect((0..<240).filter { currencies.varianceYears($0).gap > 0 } == [72, 192])
    #expect(abs(currencies.varianceYears(72).gap - 0.1 * 5 * day) < 1e-15)
    #expect((0..<240).filter { currencies.opensSession($0) } == [72, 192])
    #expect(try clock(futures, step: "1h").varianceYears(23).gap == 0.35 * day)
  }

  @Test("a profile keeps the day's means and has the course that it says")
  func profile() throws {
    let clock = try clock(shaped, step: "5m")
    // 78 steps in 39 parts.
    let factors = (0..<78).map { clock.liquidityFactors($0) }
    let variances = (0..<78).map { clock.varianceYears($0).intraday / clock.intradayYears }
    for column in [factors.map(\.volume), factors.map(\.spread), variances] {
      #expect(abs(column.reduce(0, +) / 78 - 1) < 1e-12)
      #expect(zip(column, column.reversed()).allSatisfy { abs($0 - $1) < 1e-12 })
      #expect(column[38] == column.min() && abs(column[0] - (column.max() ?? 0)) < 1e-12)
    }
    // At x = 38/39 of the way from the middle to an end.
    let x = 38.0 / 39
    #expect(abs(factors[0].volume / factors[38].volume - (1 + 2 * x * x)) < 1e-12)
    #expect(abs((variances[0] / variances[38]).squareRoot() - (1 + 1.5 * x * x)) < 1e-12)
    let parts = try TradingSessionTests.clockOf(
      #""model": "continuous", "profile": {"model": "parts", "volatility": [1, 2, 4, 1], "spread": [1, 3]}"#)
    #expect(abs(parts.varianceYears(13).intraday * 365 * 24 - 16 * 4 / 22) < 1e-12)
    #expect(parts.liquidityFactors(11).spread == 0.5 && parts.liquidityFactors(12).spread == 1.5)
    #expect(parts.liquidityFactors(5).volume == 1)
  }

  @Test(
    "hours and courses that cannot be are refused at their place",
    arguments: [
      (
        #""sessions": [{"open": "09:00", "close": "11:30"}, {"open": "11:00", "close": "15:00"}]"#,
        [
          "/calendar/sessions/1/open: the session 11:00–15:00 overlaps another: a day's sessions follow each other within 24 hours"
        ]
      ),
      (
        #""sessions": [{"open": "09:00", "close": "11:30"}, {"open": "12:30", "close": "10:00"}]"#,
        [
          "/calendar/sessions/1/close: the session 12:30–10:00 overlaps another: a day's sessions follow each other within 24 hours"
        ]
      ),
      (
        #""sessions": [{"open": "09:00", "close": "11:30"}, {"open": "11:30", "close": "15:00"}]"#,
        ["/calendar/sessions/1/open: it opens at 11:30, when the session before it closes: one session holds both"]
      ),
      (
        #""sessions": [{"open": "09:00", "close": "15:00", "breakVarianceShare": 0.1}]"#,
        [
          "/calendar/sessions/0/breakVarianceShare: before the first session lies a night: its share is \"overnightVarianceShare\""
        ]
      ),
      (
        #""open": "09:00", "sessions": [{"open": "09:00", "close": "15:00"}]"#,
        ["/calendar/open: \"sessions\" say when the market trades"]
      ),
      (#""close": "09:00""#, ["/calendar: \"open\" is missing: start of the session"]),
      (#""sessions": []"#, ["/calendar/sessions: expected 1…12 elements, found 0"]),
      (
        #""open": "17:00", "close": "17:00", "overnightVarianceShare": 0.2"#,
        [
          "/calendar/overnightVarianceShare: each day opens when the one before it closes: nothing lies between; of weekends tells \"weekendVarianceShare\""
        ]
      ),
      (
        #""sessions": [{"open": "09:00", "close": "11:30"}, {"open": "12:30", "close": "15:00", "breakVarianceShare": 0.7}]"#,
        [
          "/calendar/sessions: night and breaks together have 1.05 of a day's variance: nothing is left for its sessions"
        ]
      ),
      (
        #""open": "09:00", "close": "15:00", "profile": {"model": "parts", "volume": [1, 2, 1, 1, 1]}"#,
        ["/calendar/profile/volume: it has 5 parts, which do not divide a day of 12 steps"]
      ),
      (
        #""open": "09:00", "close": "15:00", "profile": {"model": "parts", "spread": [1, -2]}"#,
        ["/calendar/profile/spread/1: -2 is outside 0.001…1000 (×)"]
      ),
      (
        #""open": "09:00", "close": "15:00", "profile": {"model": "uShape"}"#,
        ["/calendar/profile: a profile without a ratio could not be seen: it needs volume, volatility or spread"]
      ),
      (
        #""sessions": [{"open": "09:00", "close": "11:45"}, {"open": "12:30", "close": "14:45"}]"#,
        [
          "/step: a step of 30m does not divide the session 09:00–11:45 of 165m",
          "/step: a step of 30m does not divide the session 12:30–14:45 of 135m",
        ]
      ),
    ] as [(String, [String])])
  func refused(calendar: String, expected: [String]) throws {
    do {
      _ = try clock(#""model": "sessions", "timeZone": "UTC", \#(calendar)"#, step: "30m")
      Issue.record("it was taken")
    } catch let problems as Problems {
      #expect(problems.all.map { "\($0.path): \($0.message)" } == expected)
    }
  }
}
