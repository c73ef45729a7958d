import Documents
import MarketData
import Testing

/// The clock of a document.
private func clock(_ text: String) throws(Problems) -> Clock {
  let document = try DocumentLoader { _ in nil }.load([UInt8](text.utf8), file: "clock.json")
  return try Clock.form.read(document)
}

private let newYork = """
  "calendar": {"model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "America/New_York"}
  """

struct ClockTests {
  @Test("a clock of minutes has the design's steps, gaps and variance")
  func minutes() throws {
    let clock = try clock(
      "{\(newYork), \"step\": \"1m\", \"length\": \"13h\", \"warmup\": \"130m\", \"start\": \"2024-01-03\"}")
    #expect(clock.steps == 780)
    #expect(clock.warmupSteps == 130)
    #expect(clock.stepsPerDay == 390)
    #expect([-390, 0, 390].allSatisfy { clock.opensSession($0) })
    #expect([-391, -1, 1, 389, 391].allSatisfy { !clock.opensSession($0) })
    let day = (0..<390).map { clock.varianceYears($0) }.reduce(0) { $0 + $1.gap + $1.intraday }
    #expect(abs(day * 252 - 1) < 1e-12)
    #expect(clock.varianceYears(0).gap == 0.35 / 252)
    #expect(clock.varianceYears(1).gap == 0)
    #expect(abs(clock.years(390) * 252 - 1) < 1e-15)
    #expect(clock.steps(seconds: 90) == 1.5)
    #expect(clock.lengthSeconds == 13 * 3600)
  }

  @Test("a step of a day has the gap and the session in one")
  func days() throws {
    let clock = try clock("{\(newYork), \"step\": \"1d\", \"length\": \"252d\", \"warmup\": \"60d\"}")
    #expect((clock.steps, clock.warmupSteps, clock.stepsPerDay) == (252, 60, 1))
    #expect((-3..<5).allSatisfy { clock.opensSession($0) })
    #expect(clock.varianceYears(5) == (gap: 0.35 / 252, intraday: 0.65 / 252))
    #expect(clock.years(252) == 1)
  }

  @Test("trading without end has no gaps and years of 365 days")
  func continuous() throws {
    let clock = try clock(
      """
      {"calendar": {"model": "continuous"}, "step": "5m", "length": "2d", "start": "2024-01-06"}
      """)
    #expect((clock.steps, clock.stepsPerDay) == (576, 288))
    #expect((-288...288).allSatisfy { !clock.opensSession($0) && clock.varianceYears($0).gap == 0 })
    #expect(abs(clock.varianceYears(0).intraday * 365 * 288 - 1) < 1e-15)
    #expect(clock.timestamp(0) == "2024-01-06T00:05:00+00:00")
    #expect(clock.timestamp(575) == "2024-01-08T00:00:00+00:00")
  }

  /// Steps and their stamps by Python's zoneinfo.
  struct Stamps: CustomTestStringConvertible {
    let clock: String
    let stamps: [Int: String]
    var testDescription: String { clock }
  }

  @Test(
    "steps have the wall-clock time of their close: over weekends, and with the offset of the day",
    arguments: [
      Stamps(
        clock: "{\(newYork), \"step\": \"1m\", \"length\": \"1d\", \"start\": \"2024-01-03\"}",
        stamps: [
          -1: "2024-01-02T16:00:00-05:00", 0: "2024-01-03T09:31:00-05:00", 389: "2024-01-03T16:00:00-05:00",
          390: "2024-01-04T09:31:00-05:00", 1170: "2024-01-08T09:31:00-05:00", -781: "2023-12-29T16:00:00-05:00",
        ]),
      // Clocks go forward on Sunday, 10 March 2024, and back on Sunday, 3 November 2024.
      Stamps(
        clock: "{\(newYork), \"step\": \"1d\", \"length\": \"1d\", \"start\": \"2024-03-08\"}",
        stamps: [0: "2024-03-08T16:00:00-05:00", 1: "2024-03-11T16:00:00-04:00", -5: "2024-03-01T16:00:00-05:00"]),
      Stamps(
        clock: "{\(newYork), \"step\": \"1d\", \"length\": \"1d\", \"start\": \"2024-11-01\"}",
        stamps: [0: "2024-11-01T16:00:00-04:00", 1: "2024-11-04T16:00:00-05:00"]),
      // Where trading is continuous, steps count hours that passed: the local day of the change has 23 or 25 of them.
      Stamps(
        clock: """
          {"calendar": {"model": "continuous", "timeZone": "Europe/Berlin"}, "step": "1h", "length": "1d",
           "start": "2024-03-30"}
          """,
        stamps: [
          23: "2024-03-31T00:00:00+01:00", 25: "2024-03-31T03:00:00+02:00", 26: "2024-03-31T04:00:00+02:00",
          47: "2024-04-01T01:00:00+02:00",
        ]),
      Stamps(
        clock: """
          {"calendar": {"model": "continuous", "timeZone": "Europe/Berlin"}, "step": "1h", "length": "1d",
           "start": "2024-04-01"}
          """,
        stamps: [-1: "2024-04-01T00:00:00+02:00", 0: "2024-04-01T01:00:00+02:00"]),
      Stamps(
        clock: """
          {"calendar": {"model": "continuous", "timeZone": "Europe/Berlin"}, "step": "1h", "length": "1d",
           "start": "2024-10-27"}
          """,
        stamps: [
          1: "2024-10-27T02:00:00+02:00", 2: "2024-10-27T02:00:00+01:00", 3: "2024-10-27T03:00:00+01:00",
          23: "2024-10-27T23:00:00+01:00",
        ]),
      Stamps(
        clock: """
          {"calendar": {"model": "sessions", "open": "09:15", "close": "15:30", "timeZone": "Asia/Kolkata"},
           "step": "500ms", "length": "1d", "start": "2024-01-03"}
          """,
        stamps: [0: "2024-01-03T09:15:00.500+05:30", 44_999: "2024-01-03T15:30:00+05:30"]),
    ])
  func timestamps(case stamps: Stamps) throws {
    let clock = try clock(stamps.clock)
    for (step, stamp) in stamps.stamps { #expect(clock.timestamp(step) == stamp, "step \(step)") }
  }

  @Test(
    "a clock that does not fit is refused, with every reason",
    arguments: [
      (
        "{\(newYork), \"step\": \"7m\", \"length\": \"1d\"}",
        "1:112: /step: a step of 7m does not divide the session of 390m"
      ),
      (
        "{\(newYork), \"step\": \"1m\", \"length\": \"90s\", \"warmup\": \"10s\", \"start\": \"2024-01-06\"}",
        """
        1:128: /length: 90s is not a whole number of steps of 1m
        1:145: /warmup: 10s is not a whole number of steps of 1m
        1:161: /start: 2024-01-06 is a Saturday; sessions are held Monday to Friday
        """
      ),
      (
        "{\(newYork), \"step\": \"0s\", \"length\": \"-1d\", \"start\": \"2024-02-30\"}",
        """
        1:112: /step: 0s is not at least 1ms
        1:128: /length: -1d is not above 0s
        1:144: /start: "2024-02-30" is not a date such as "2024-01-03"
        """
      ),
      (
        "{\(newYork), \"step\": \"2d\", \"length\": \"4d\"}",
        "1:112: /step: a step of 13h does not divide the session of 390m"
      ),
      (
        "{\(newYork), \"step\": \"1ms\", \"length\": \"252d\"}",
        "1:129: /length: 5896800000 steps are more than 1073741824"
      ),
      (
        """
        {"calendar": {"model": "sessions", "open": "16:00", "close": "9:30", "timeZone": "America/NewYork",
          "daysPerYear": 0, "overnightVarianceShare": 1}, "step": 60}
        """,
        """
        1:1: "length" is missing: from t = 0 to the horizon
        1:62: /calendar/close: "9:30" is not a time of day such as "09:30"
        1:82: /calendar/timeZone: unknown time zone "America/NewYork"; did you mean "America/New_York"?
        2:18: /calendar/daysPerYear: 0 is outside 1…366 (sessions)
        2:47: /calendar/overnightVarianceShare: 1 is not at least 0 and below 1 (fraction)
        2:59: /step: expected a duration such as "20s", "6m", "13h30m" or "252d", found the number 60
        """
      ),
      (
        "{\"calendar\": {\"model\": \"continous\"}, \"step\": \"1m\", \"length\": \"1d\"}",
        "1:24: /calendar/model: unknown model \"continous\"; did you mean \"continuous\"?"
      ),
    ])
  func refused(text: String, message: String) {
    do throws(Problems) {
      _ = try clock(text)
      Issue.record("nothing was thrown")
    } catch {
      let expected = message.split(separator: "\n").map { "clock.json:\($0)" }
      #expect(error.all.map(\.description) == expected)
    }
  }

  @Test("days follow each other without a gap from 1582 to 2400, and weekdays count weekdays")
  func civilDays() throws {
    let first = try #require(CalendarDay("1582-10-15"))
    var last = first
    for day in (first.daysSince1970 + 1)...(first.daysSince1970 + 300_000) {
      let next = CalendarDay(daysSince1970: day)
      let isNext =
        (next.year, next.month, next.day) == (last.year, last.month, last.day + 1)
        || next.day == 1 && (next.year, next.month) == (last.year, last.month + 1)
        || (next.year, next.month, next.day, last.month, last.day) == (last.year + 1, 1, 1, 12, 31)
      guard isNext, next.daysSince1970 == day else {
        Issue.record("\(next) after \(last)")
        return
      }
      last = next
    }
    #expect(first.weekday == 4)
    let friday = try #require(CalendarDay("2024-01-05"))
    #expect(
      (-6...6).map { friday.weekdays(later: $0).description.suffix(5) } == [
        "12-28", "12-29", "01-01", "01-02", "01-03", "01-04", "01-05", "01-08", "01-09", "01-10", "01-11", "01-12",
        "01-15",
      ])
    #expect(
      ["1900-02-29", "2023-02-29", "2024-04-31", "2024-00-01", "0000-01-01"].allSatisfy { CalendarDay($0) == nil })
    #expect(["2000-02-29", "2024-02-29"].allSatisfy { CalendarDay($0) != nil })
  }
}
