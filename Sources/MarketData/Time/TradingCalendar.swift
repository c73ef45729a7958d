import Documents

/// When a market trades, and how a year of variance is spread over it.
///
/// Sessions are held Monday to Friday; holidays and half days are not modelled.
package struct TradingCalendar: Sendable, Hashable {
  /// When a day's trading starts on the wall clock.
  package let open: TimeOfDay
  /// When it ends.
  package let close: TimeOfDay
  /// The time zone of the wall clock, by its IANA name.
  package let timeZone: String
  /// Trading days in a year: 252 sessions, or 365 days where trading never stops.
  package let daysPerYear: Double
  /// The fraction of a day's variance that falls into the gap before its session, 0 ..< 1.
  package let overnightVarianceShare: Double
  /// Whether trading never stops.
  package let isContinuous: Bool

  /// A market with one session on each weekday.
  package static func sessions(
    open: TimeOfDay, close: TimeOfDay, timeZone: String, daysPerYear: Double = 252,
    overnightVarianceShare: Double = 0.35
  ) throws(FormViolation) -> TradingCalendar {
    guard open < close else { throw FormViolation("close", "the close \(close) is not after the open \(open)") }
    return TradingCalendar(
      open: open, close: close, timeZone: timeZone, daysPerYear: daysPerYear,
      overnightVarianceShare: overnightVarianceShare, isContinuous: false)
  }

  /// A market that never closes.
  package static func continuous(timeZone: String = "UTC", daysPerYear: Double = 365) -> TradingCalendar {
    TradingCalendar(
      open: .midnight, close: .endOfDay, timeZone: timeZone, daysPerYear: daysPerYear, overnightVarianceShare: 0,
      isContinuous: true)
  }

  /// Seconds of trading in a day: what `1d` means.
  package var secondsPerDay: Double { close.seconds - open.seconds }

  /// The calendars that a document can name.
  package static let catalogue = Catalogue<TradingCalendar>(
    "calendars",
    .entry("sessions", sessionsForm, "one session on each weekday; a gap before each") { $0 },
    .entry("continuous", continuousForm, "trading without end, as for coins") { $0 })

  private static let sessionsForm = Form(
    Field("open", .timeOfDay, "start of the session"),
    Field("close", .timeOfDay, "end of the session"),
    Field("timeZone", .timeZone, "IANA name of the time zone, such as America/New_York"),
    Field("daysPerYear", .number("sessions", in: .between(1, 366)), default: 252, "sessions in a year"),
    Field(
      "overnightVarianceShare", .number(.fraction, in: .atLeast(0, below: 1)), default: 0.35,
      "part of a day's variance that falls into the gap before its session"),
    make: { (open, close, timeZone, daysPerYear, share) throws(FormViolation) in
      try TradingCalendar.sessions(
        open: open, close: close, timeZone: timeZone, daysPerYear: daysPerYear, overnightVarianceShare: share)
    })

  private static let continuousForm = Form(
    Field("timeZone", .timeZone, default: "UTC", "IANA name of the time zone in which days start"),
    Field("daysPerYear", .number("days", in: .between(1, 366)), default: 365, "days in a year"),
    make: { TradingCalendar.continuous(timeZone: $0, daysPerYear: $1) })
}
