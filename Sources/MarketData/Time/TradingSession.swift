import Documents

/// One of a trading day's sessions, in minutes after the midnight with which the day's date begins; below 0 on the evening
/// before.
package struct TradingSession: Sendable, Hashable {
  /// When it opens.
  package let openMinutes: Int
  /// When it closes; later.
  package let closeMinutes: Int
  /// The part of a day's variance that falls into the break before it, 0 ..< 1; 0 of the day's first.
  package let breakVarianceShare: Double

  /// Seconds of trading in it.
  package var seconds: Double { Double(closeMinutes - openMinutes) * 60 }

  /// `09:30–16:00`, on the wall clock.
  package var text: String {
    "\(TimeOfDay(sinceMidnight: openMinutes))–\(TimeOfDay(sinceMidnight: closeMinutes))"
  }

  /// When a session opens and closes on the wall clock, as a document says it.
  package struct Hours: Sendable, Hashable {
    /// When it opens.
    package let open: TimeOfDay
    /// When it closes.
    package let close: TimeOfDay
    /// The part of a day's variance that falls into the break before it.
    package let breakVarianceShare: Double

    /// States hours.
    package init(open: TimeOfDay, close: TimeOfDay, breakVarianceShare: Double = 0) {
      self.open = open
      self.close = close
      self.breakVarianceShare = breakVarianceShare
    }

    static let form = Form(
      Field("open", .timeOfDay, "start of the session; one before the time that is stated last lies after midnight"),
      Field("close", .timeOfDay, "end of the session"),
      Field(
        "breakVarianceShare", .number(.fraction, in: .atLeast(0, below: 1)), default: 0,
        "part of a day's variance that falls into the break before it; not of the first"),
      make: Hours.init)
  }

  /// The sessions of a trading day, whose date is that of its last close. Times that go back pass a midnight.
  ///
  /// - Throws: no session, sessions that overlap or come one after another without a break; fields are those of a calendar.
  static func day(_ hours: [Hours]) throws(FormViolation) -> [TradingSession] {
    guard let first = hours.first else { throw FormViolation("sessions", "a day has a session at least") }
    if first.breakVarianceShare > 0 {
      throw FormViolation(
        "sessions/0/breakVarianceShare",
        "before the first session lies a night: its share is \"overnightVarianceShare\"")
    }
    var times: [(open: Int, close: Int)] = []
    for (index, session) in hours.enumerated() {
      let last = times.last?.close ?? session.open.minutes
      let open = passing(last, session.open)
      let close = passing(open + 1, session.close)
      if index > 0, open == last {
        throw FormViolation(
          "sessions/\(index)/open",
          "it opens at \(session.open), when the session before it closes: one session holds both")
      }
      guard close <= first.open.minutes + 1440 else {
        throw FormViolation(
          "sessions/\(index)/\(open >= first.open.minutes + 1440 || index == 0 ? "open" : "close")",
          "the session \(session.open)–\(session.close) overlaps another: a day's sessions follow each other within 24 hours"
        )
      }
      times.append((open, close))
    }
    // The date is that of the last close, where a midnight that ends a day belongs to it.
    let end = times[times.count - 1].close
    let midnight = (end - 1).floorDivided(by: 1440) * 1440
    return zip(times, hours).map { time, hours in
      TradingSession(
        openMinutes: time.open - midnight, closeMinutes: time.close - midnight,
        breakVarianceShare: hours.breakVarianceShare)
    }
  }

  /// The first time of day at or after a moment, in minutes.
  private static func passing(_ moment: Int, _ time: TimeOfDay) -> Int {
    moment + (time.minutes - moment).floorModulo(1440)
  }
}
