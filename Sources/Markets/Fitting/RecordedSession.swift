import Documents
import MarketData

/// When the market of recorded bars trades, as their times tell: what a scenario's clock needs to make bars like them.
package struct RecordedSession: Sendable, Hashable {
  /// How long a bar is.
  package enum Step: Sendable, Hashable {
    /// A session, night included, or a day.
    case day
    /// So many seconds of trading, of which a day has `count`.
    case intraday(seconds: Double, count: Int)
  }

  /// The bars' step.
  package let bar: Step
  /// Whether trading never stops.
  package let isContinuous: Bool
  /// Trading days in a year.
  package let daysPerYear: Double
  /// The fraction of a day's variance that falls into the gap before its session; 0 where there is none.
  package let overnightVarianceShare: Double

  /// States a session.
  package init(bar: Step, isContinuous: Bool, daysPerYear: Double, overnightVarianceShare: Double) {
    self.bar = bar
    self.isContinuous = isContinuous
    self.daysPerYear = daysPerYear
    self.overnightVarianceShare = overnightVarianceShare
  }

  /// Of the times of bars; nil where a bar is longer than a day.
  init?(_ times: [Int64], _ clock: BarClock, _ daysPerYear: Double?, _ overnightVarianceShare: Double) {
    isContinuous = clock.closedWeekdays.isEmpty && !clock.closesAtNight
    self.daysPerYear = daysPerYear ?? (isContinuous ? 365 : 252)
    if clock.isDaily {
      bar = .day
      // Of a bar from close to close it says nothing.
      self.overnightVarianceShare = isContinuous ? 0 : overnightVarianceShare
      return
    }
    guard clock.step < BarClock.day else { return nil }
    self.overnightVarianceShare = clock.closesAtNight ? overnightVarianceShare : 0
    let full = Int(BarClock.day / clock.step)
    bar = .intraday(
      seconds: Double(clock.step) / 1000, count: clock.closesAtNight ? Self.commonest(times, clock.step) ?? full : full)
  }

  /// The commonest number of bars between two breaks.
  private static func commonest(_ times: [Int64], _ step: Int64) -> Int? {
    var counts: [Int: Int] = [:]
    var length = 1
    for index in times.indices.dropFirst() {
      if isBreak(times[index - 1], times[index], step) {
        counts[length, default: 0] += 1
        length = 0
      }
      length += 1
    }
    return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key
  }

  private static func isBreak(_ time: Int64, _ next: Int64, _ step: Int64) -> Bool { next - time > step + step / 2 }

  /// What each bar but the first spans of a year of variance.
  func years(_ times: [Int64]) -> [Double] {
    let day = 1 / daysPerYear
    guard case .intraday(let seconds, let count) = bar else { return Array(repeating: day, count: times.count - 1) }
    let within = (1 - overnightVarianceShare) * day / Double(count)
    let step = Int64(seconds * 1000)
    return zip(times, times.dropFirst()).map { time, next in
      Self.isBreak(time, next, step) ? within + overnightVarianceShare * day : within
    }
  }

  /// Trading time of a step, as documents have it.
  package var step: String {
    switch bar {
    case .day: "1d"
    case .intraday(let seconds, _): TradingTime.text(seconds: seconds)
    }
  }

  /// So many steps of trading time with four digits, as documents have it.
  func duration(steps: Double) -> String {
    guard case .intraday(let seconds, _) = bar else { return "\(JSONWriter.number(steps.rounded(toDigits: 4)))d" }
    let all = steps * seconds
    let (size, unit) = [(3600.0, "h"), (60, "m"), (1, "s")].first { all >= $0.0 } ?? (0.001, "ms")
    return "\(JSONWriter.number((all / size).rounded(toDigits: 4)))\(unit)"
  }

  /// The clock of a scenario with so many steps like them; nil where no calendar holds their session to the minute.
  func clock(steps: Int) -> JSONValue? {
    var calendar: JSONValue = ["model": "continuous", "daysPerYear": .number(daysPerYear)]
    var length = "\(steps)d"
    if case .intraday(let seconds, let count) = bar {
      length = TradingTime.text(seconds: Double(steps) * seconds)
      if !isContinuous {
        let minutes = Double(count) * seconds / 60
        guard minutes == minutes.rounded(), let close = TimeOfDay(minutes: Int(minutes)) else { return nil }
        calendar = sessions(from: "00:00", to: "\(close)")
      } else if Double(count) * seconds != 86_400 {
        return nil
      }
    } else if !isContinuous {
      calendar = sessions(from: "09:30", to: "16:00")
    }
    return [
      "step": .string(step), "length": .string(length), "substeps": 1, "calendar": calendar,
    ]
  }

  private func sessions(from open: String, to close: String) -> JSONValue {
    [
      "model": "sessions", "open": .string(open), "close": .string(close), "timeZone": "UTC",
      "daysPerYear": .number(daysPerYear), "overnightVarianceShare": .number(overnightVarianceShare),
    ]
  }
}
