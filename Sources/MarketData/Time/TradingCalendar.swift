import Documents

/// When a market trades, and how a year of variance is spread over it.
///
/// A trading day has one session or several, with breaks between them. The days are Monday to Friday, each by the date of its
/// last close: one that opens on Sunday evening is Monday's. Holidays and half days are not modelled.
package struct TradingCalendar: Sendable, Hashable {
  /// A day's sessions, in order.
  package let sessions: [TradingSession]
  /// The time zone of the wall clock, by its IANA name.
  package let timeZone: String
  /// Trading days in a year: 252 sessions, or 365 days where trading never stops.
  package let daysPerYear: Double
  /// The fraction of a day's variance that falls into the gap before its first session, 0 ..< 1.
  package let overnightVarianceShare: Double
  /// The fraction of a week's variance that falls into the gap of its weekend, beside what any night has; 0 ..< 1.
  package let weekendVarianceShare: Double
  /// Whether trading never stops.
  package let isContinuous: Bool
  /// How volume, volatility and spread go over the day.
  package let profile: DayProfile

  /// A market with one session on each weekday; one that does not close after it opens closes on the next day.
  package static func sessions(
    open: TimeOfDay, close: TimeOfDay, timeZone: String, daysPerYear: Double = 252,
    overnightVarianceShare: Double? = nil, weekendVarianceShare: Double = 0, profile: DayProfile = .flat
  ) throws(FormViolation) -> TradingCalendar {
    try sessions(
      [.init(open: open, close: close)], timeZone: timeZone, daysPerYear: daysPerYear,
      overnightVarianceShare: overnightVarianceShare, weekendVarianceShare: weekendVarianceShare, profile: profile)
  }

  /// A market with sessions on each weekday.
  ///
  /// - Parameter overnightVarianceShare: 0.35 where left out, or 0 where one day opens when the one before it closes.
  /// - Throws: sessions that overlap, shares that leave no variance to trade in.
  package static func sessions(
    _ hours: [TradingSession.Hours], timeZone: String, daysPerYear: Double = 252, overnightVarianceShare: Double? = nil,
    weekendVarianceShare: Double = 0, profile: DayProfile = .flat
  ) throws(FormViolation) -> TradingCalendar {
    let sessions = try TradingSession.day(hours)
    let calendar = TradingCalendar(
      sessions: sessions, timeZone: timeZone, daysPerYear: daysPerYear,
      overnightVarianceShare: overnightVarianceShare ?? (closesOvernight(sessions) ? 0.35 : 0),
      weekendVarianceShare: weekendVarianceShare, isContinuous: false, profile: profile)
    if !calendar.closesOvernight, calendar.overnightVarianceShare > 0 {
      throw FormViolation(
        "overnightVarianceShare",
        "each day opens when the one before it closes: nothing lies between; of weekends tells \"weekendVarianceShare\""
      )
    }
    let closed = calendar.overnightVarianceShare + calendar.breaksVarianceShare
    guard closed < 1 else {
      throw FormViolation(
        "sessions",
        "night and breaks together have \(JSONWriter.number((closed * 1e9).rounded() / 1e9)) of a day's variance: nothing is left "
          + "for its sessions")
    }
    return calendar
  }

  /// A market that never closes.
  package static func continuous(
    timeZone: String = "UTC", daysPerYear: Double = 365, profile: DayProfile = .flat
  ) -> TradingCalendar {
    TradingCalendar(
      sessions: [TradingSession(openMinutes: 0, closeMinutes: 1440, breakVarianceShare: 0)], timeZone: timeZone,
      daysPerYear: daysPerYear, overnightVarianceShare: 0, weekendVarianceShare: 0, isContinuous: true, profile: profile
    )
  }

  /// Seconds of trading in a day: what `1d` means.
  package var secondsPerDay: Double { sessions.reduce(0) { $0 + $1.seconds } }

  /// Trading days in a week.
  package var daysPerWeek: Int { isContinuous ? 7 : 5 }

  /// The fraction of a day's variance that falls into its breaks.
  package var breaksVarianceShare: Double { sessions.reduce(0) { $0 + $1.breakVarianceShare } }

  /// Whether nothing is traded between one day and the next; not so where days but for weekends follow without a break.
  package var closesOvernight: Bool { !isContinuous && Self.closesOvernight(sessions) }

  private static func closesOvernight(_ sessions: [TradingSession]) -> Bool {
    guard let first = sessions.first, let last = sessions.last else { return false }
    return last.closeMinutes - first.openMinutes < 1440
  }

  /// Seconds after the midnight with which a trading day's date begins, of a moment so many seconds of trading into it.
  ///
  /// - Parameter isClose: whether of a moment that both ends a session and begins one its end is meant.
  package func wallSeconds(_ seconds: Double, isClose: Bool) -> Double {
    let (session, within) = place(seconds, isClose: isClose)
    return Double(sessions[session].openMinutes) * 60 + within
  }

  /// In which session a moment lies so many seconds of trading into a day, and how many into that.
  func place(_ seconds: Double, isClose: Bool) -> (session: Int, seconds: Double) {
    var rest = seconds
    for index in sessions.indices.dropLast() {
      let length = sessions[index].seconds
      if isClose ? rest <= length : rest < length { return (index, rest) }
      rest -= length
    }
    return (sessions.count - 1, rest)
  }

  /// Seconds of trading from a day's open to a time of day; nil where nothing is traded from then on.
  package func secondsOfTrading(until time: TimeOfDay) -> Double? {
    var before = 0.0
    for session in sessions {
      let since = (time.minutes - session.openMinutes).floorModulo(1440)
      if since < session.closeMinutes - session.openMinutes { return before + Double(since) * 60 }
      before += session.seconds
    }
    return nil
  }

  /// Seconds of trading from a day's open until a time of day has come: where nothing is traded then, to the next session's open,
  /// and after the last to the end. What comes before a day's first open on its own date is its beginning.
  package func secondsOfTrading(upTo time: TimeOfDay) -> Double {
    let first = sessions.first?.openMinutes ?? 0
    if first >= 0, time.minutes < first { return 0 }
    let moment = first + (time.minutes - first).floorModulo(1440)
    return sessions.reduce(0) { sum, session in
      sum + Double(max(0, min(session.closeMinutes, moment) - session.openMinutes)) * 60
    }
  }

  /// `09:00–11:30, 12:30–15:00`.
  package var hours: String { sessions.map(\.text).joined(separator: ", ") }

  /// The calendars that a document can name.
  package static let catalogue = Catalogue<TradingCalendar>(
    "calendars",
    .entry("sessions", sessionsForm, "sessions on each weekday; a gap before each") { $0 },
    .entry("continuous", continuousForm, "trading without end, as for coins") { $0 })

  private static let sessionsForm = Form(
    Field("open", .optional(.timeOfDay), "start of the session; one that is not before the close lies a day before it"),
    Field("close", .optional(.timeOfDay), "end of the session"),
    Field(
      "sessions", .optional(.list(.form(TradingSession.Hours.form), count: 1...12)),
      "in place of open and close, the sessions of a day in order"),
    Field("timeZone", .timeZone, "IANA name of the time zone, such as America/New_York"),
    Field("daysPerYear", .number("sessions", in: .between(1, 366)), default: 252, "trading days in a year"),
    Field(
      "overnightVarianceShare", .optional(.number(.fraction, in: .atLeast(0, below: 1))),
      "part of a day's variance that falls into the gap before its first session; 0.35 when left out, or 0 where each day opens "
        + "when the one before it closes"),
    Field(
      "weekendVarianceShare", .number(.fraction, in: .atLeast(0, below: 1)), default: 0,
      "part of a week's variance that falls into the gap before Monday, beside what any night has"),
    profileField,
    make: { (open, close, sessions, timeZone, daysPerYear, share, weekend, profile) throws(FormViolation) in
      try TradingCalendar.sessions(
        try hours(open, close, sessions), timeZone: timeZone, daysPerYear: daysPerYear, overnightVarianceShare: share,
        weekendVarianceShare: weekend, profile: profile ?? .flat)
    })

  /// The hours that a document states by one session or several.
  private static func hours(
    _ open: TimeOfDay?, _ close: TimeOfDay?, _ sessions: [TradingSession.Hours]?
  ) throws(FormViolation) -> [TradingSession.Hours] {
    if let sessions {
      let doubled = [("open", open), ("close", close)].filter { $0.1 != nil }
      guard doubled.isEmpty else {
        throw FormViolation(doubled.map { FormViolation($0.0, "\"sessions\" say when the market trades") })
      }
      return sessions
    }
    guard let open, let close else {
      var violations: [FormViolation] = []
      if open == nil { violations.append(FormViolation("\"open\" is missing: start of the session")) }
      if close == nil { violations.append(FormViolation("\"close\" is missing: end of the session")) }
      throw FormViolation(violations)
    }
    return [.init(open: open, close: close)]
  }

  private static let profileField = Field<DayProfile?>(
    "profile", .optional(.model(DayProfile.catalogue)),
    "how volume, volatility and spread go over the day, at their means; the same all day when left out")

  private static let continuousForm = Form(
    Field("timeZone", .timeZone, default: "UTC", "IANA name of the time zone in which days start"),
    Field("daysPerYear", .number("days", in: .between(1, 366)), default: 365, "days in a year"),
    profileField,
    make: { TradingCalendar.continuous(timeZone: $0, daysPerYear: $1, profile: $2 ?? .flat) })
}
