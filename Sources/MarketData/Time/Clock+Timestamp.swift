import Foundation

extension Clock {
  /// The wall-clock time at which a step closes, ISO 8601 with the offset of the calendar's time zone at that moment:
  /// `2024-01-03T09:31:00-05:00`.
  ///
  /// Sessions skip weekends and nothing else. Step −1 closes at t = 0.
  package func timestamp(_ step: Int) -> String {
    let zone = TimeZone(identifier: calendar.timeZone) ?? .gmt
    let instant = closeInstant(step)
    let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: instant))
    let milliseconds = Int((instant * 1000).rounded()) + offset * 1000
    let day = CalendarDay(daysSince1970: milliseconds.floorDivided(by: 86_400_000))
    let time = milliseconds.floorModulo(86_400_000)
    let clock = [time / 3_600_000, time / 60_000 % 60, time / 1000 % 60].map { $0.padded(2) }.joined(separator: ":")
    let fraction = time % 1000 == 0 ? "" : ".\((time % 1000).padded(3))"
    let minutes = abs(offset) / 60
    let sign = offset < 0 ? "-" : "+"
    return "\(day)T\(clock)\(fraction)\(sign)\((minutes / 60).padded(2)):\((minutes % 60).padded(2))"
  }

  /// The moment at which a step closes, in seconds since 1970-01-01 UTC.
  func closeInstant(_ step: Int) -> Double {
    let zone = TimeZone(identifier: calendar.timeZone) ?? .gmt
    if calendar.isContinuous {
      return Self.instant(day: start, seconds: 0, zone) + Double(step + 1) * stepSeconds
    }
    return instant(step, after: stepSeconds, isClose: true, zone)
  }

  /// The moment at which a step opens, in seconds since 1970-01-01 UTC.
  package func openInstant(_ step: Int) -> Double {
    if calendar.isContinuous { return closeInstant(step - 1) }
    return instant(step, after: 0, isClose: false, TimeZone(identifier: calendar.timeZone) ?? .gmt)
  }

  /// The moment at which the trading day of a date opens, likewise.
  package func openInstant(on day: CalendarDay) -> Double {
    let open = Double(calendar.sessions.first?.openMinutes ?? 0) * 60
    return Self.instant(day: day, seconds: open, TimeZone(identifier: calendar.timeZone) ?? .gmt)
  }

  /// A moment so long after the open of a step: seconds are counted from when its session opens, so that where clocks change
  /// while it is held its steps keep their length and order.
  private func instant(_ step: Int, after seconds: Double, isClose: Bool, _ zone: TimeZone) -> Double {
    // A week is over with its last day.
    let first = step.floorDivided(by: stepsPerDay) * daysPerStep
    let day = start.weekdays(later: isClose ? first + daysPerStep - 1 : first)
    let seconds = daysPerStep > 1 && isClose ? calendar.secondsPerDay : seconds
    let (session, within) = calendar.place(Double(stepOfDay(step)) * stepSeconds + seconds, isClose: isClose)
    return Self.instant(day: day, seconds: Double(calendar.sessions[session].openMinutes) * 60, zone) + within
  }

  /// The moment of a wall-clock time; in the hour that a change of offset repeats, the first.
  private static func instant(day: CalendarDay, seconds: Double, _ zone: TimeZone) -> Double {
    let wall = Double(day.daysSince1970) * 86_400 + seconds
    let before = Double(zone.secondsFromGMT(for: Date(timeIntervalSince1970: wall - 86_400)))
    let first = Double(zone.secondsFromGMT(for: Date(timeIntervalSince1970: wall - before)))
    return wall - first
  }
}
