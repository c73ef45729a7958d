import Documents

/// The steps of a scenario: how long each is, how many there are, and where they stand in the calendar.
///
/// t = 0 ends the warm-up and is the close of the last session before `start`: step 0 opens the session of `start`,
/// with its overnight gap. Warm-up steps are −`warmupSteps` … −1. Trading time counts sessions only.
package struct Clock: Sendable, Hashable {
  /// When the market trades.
  package let calendar: TradingCalendar
  /// Seconds of trading in a step.
  package let stepSeconds: Double
  /// Steps from t = 0 to the horizon.
  package let steps: Int
  /// Steps before t = 0.
  package let warmupSteps: Int
  /// The day whose session step 0 opens.
  package let start: CalendarDay
  /// Steps in a trading day; where a step is a week, 1: what is said of a day is then said of it.
  package let stepsPerDay: Int
  /// Trading days in a step: 1, or those of a week.
  package let daysPerStep: Int

  /// How variance, volume and spread go over a day's steps.
  private let factors: DayFactors
  /// The steps of a day with which its sessions after the first open, in order.
  private let reopenings: [Int]

  /// Sub-steps of a step as the document states them; nil where it leaves them to the step's length.
  package let statedSubsteps: Int?

  /// The most steps that a clock may have, warm-up included; and the most sub-steps.
  package static let maximumSteps = 1 << 30
  /// The most sub-steps that a step may have.
  package static let maximumSubsteps = 256

  /// The sub-steps of a step, at whose ends prices of all assets are drawn together.
  ///
  /// Unless stated, one for every seven and a half minutes of trading, 32 at most, and one up to five minutes: so that a
  /// stock moves by 1 % in a sub-step, not more. They follow from the clock alone: nothing else in a scenario moves them.
  package var substeps: Int {
    statedSubsteps ?? Self.standardSubsteps(stepSeconds)
  }

  private static func standardSubsteps(_ stepSeconds: Double) -> Int {
    stepSeconds <= 300 ? 1 : Int(min(32, (stepSeconds / 450).rounded(.up)))
  }

  /// A clock; durations are seconds of trading time.
  ///
  /// - Throws: what doesn't fit: a step that doesn't divide the sessions, a profile whose parts don't divide a day, a length or warm-up of no whole number of
  ///   steps, a start at a weekend, more sub-steps than can be counted.
  package init(
    calendar: TradingCalendar, step: Double, length: Double, warmup: Double, start: CalendarDay, substeps: Int? = nil
  ) throws(FormViolation) {
    var violations: [FormViolation] = []
    let text = TradingTime.text
    let day = calendar.secondsPerDay
    let dayName = calendar.isContinuous ? "day" : "session"
    let isWeek = Self.whole(step, dividedBy: day) == calendar.daysPerWeek
    let perDay = isWeek ? 1 : Self.whole(day, dividedBy: step)
    if perDay == nil {
      violations.append(
        FormViolation("step", "a step of \(text(step)) does not divide the \(dayName) of \(text(day))"))
    }
    if perDay != nil, !isWeek, calendar.sessions.count > 1 {
      for session in calendar.sessions where Self.whole(session.seconds, dividedBy: step) == nil {
        violations.append(
          FormViolation(
            "step", "a step of \(text(step)) does not divide the session \(session.text) of \(text(session.seconds))"))
      }
    }
    var factors: DayFactors?
    do throws(FormViolation) {
      if let perDay { factors = try DayFactors(calendar.profile, stepsPerDay: perDay) }
    } catch {
      violations.append(error.under("calendar/profile"))
    }
    let steps = Self.whole(length, dividedBy: step)
    let warmupSteps = Self.whole(warmup, dividedBy: step)
    if perDay != nil {
      for (name, value, count) in [("length", length, steps), ("warmup", warmup, warmupSteps)] where count == nil {
        violations.append(FormViolation(name, "\(text(value)) is not a whole number of steps of \(text(step))"))
      }
      if let steps, let warmupSteps, steps + warmupSteps > Self.maximumSteps {
        violations.append(FormViolation("length", "\(steps + warmupSteps) steps are more than \(Self.maximumSteps)"))
      } else if let steps, let warmupSteps {
        let count = (steps + warmupSteps) * (substeps ?? Self.standardSubsteps(step))
        if count > Self.maximumSteps {
          violations.append(
            FormViolation(
              substeps == nil ? "length" : "substeps", "\(count) sub-steps are more than \(Self.maximumSteps)"))
        }
      }
    }
    if !calendar.isContinuous, start.isWeekend {
      let name = start.weekday == 5 ? "Saturday" : "Sunday"
      violations.append(FormViolation("start", "\(start) is a \(name); sessions are held Monday to Friday"))
    }
    guard violations.isEmpty, let perDay, let factors, let steps, let warmupSteps else {
      throw FormViolation(violations)
    }
    self.calendar = calendar
    self.stepSeconds = step
    self.steps = steps
    self.warmupSteps = warmupSteps
    self.start = start
    stepsPerDay = perDay
    daysPerStep = isWeek ? calendar.daysPerWeek : 1
    self.factors = factors
    var opened = 0.0
    reopenings =
      isWeek
      ? []
      : calendar.sessions.dropLast().map { session in
        opened += session.seconds
        return Int((opened / step).rounded())
      }
    statedSubsteps = substeps
  }

  /// How often a step fits into a duration, when that is a whole number (to a part in 10⁹).
  private static func whole(_ duration: Double, dividedBy step: Double) -> Int? {
    let ratio = duration / step
    let rounded = ratio.rounded()
    guard ratio.isFinite, abs(ratio - rounded) <= 1e-9 * max(1, rounded), rounded < 1e15 else { return nil }
    return rounded < 1 && duration > 0 ? nil : Int(rounded)
  }

  /// The form of `clock` in documents; once read, it tells the rest of the document what `1d` means.
  package static let form = Form(
    Field(
      "calendar",
      .model(TradingCalendar.catalogue).then { calendar, _, reading in
        reading[TradingTime.SecondsPerDay.self] = calendar.secondsPerDay
        reading[DaysPerWeek.self] = calendar.daysPerWeek
      }, "when the market trades"),
    Field("step", .step, "length of a step: it divides each session, or is a week of recorded bars"),
    Field("length", .duration(in: .above(0)), "from t = 0 to the horizon"),
    Field("warmup", .duration, default: 0, "steps before t = 0, for look-backs"),
    Field("start", .date, default: CalendarDay(daysSince1970: 19_724), "the day of the first tradable session"),
    Field(
      "substeps", .optional(.integer(in: 1...maximumSubsteps)),
      "points inside a step at which all assets' prices are drawn together; by default one up to five minutes, else one "
        + "for every 7.5 minutes, 32 at most"),
    make: { (calendar, step, length, warmup, start, substeps) throws(FormViolation) in
      try Clock(calendar: calendar, step: step, length: length, warmup: warmup, start: start, substeps: substeps)
    })
}

extension Clock {
  /// So many steps in years of trading time.
  package func years(_ steps: Int) -> Double { Double(steps) / stepsPerYear }

  /// Steps in a year of trading.
  package var stepsPerYear: Double { calendar.daysPerYear * Double(stepsPerDay) / Double(daysPerStep) }

  /// So many trading days in steps and parts of one.
  package func steps(days: Double) -> Double { days * Double(stepsPerDay) / Double(daysPerStep) }

  /// A duration of trading time in steps and parts of one.
  package func steps(seconds: Double) -> Double { seconds / stepSeconds }

  /// The length from t = 0 to the horizon, in seconds of trading time.
  package var lengthSeconds: Double { Double(steps) * stepSeconds }

  /// Which step of a trading day a step is, from 0.
  package func stepOfDay(_ step: Int) -> Int { step.floorModulo(stepsPerDay) }

  /// Factors of a step's volume and half-spread by the day's profile; their means over a day are 1.
  package func liquidityFactors(_ step: Int) -> (volume: Double, spread: Double) {
    (factor(factors.volume, step), factor(factors.spread, step))
  }

  private func factor(_ parts: [Double], _ step: Int) -> Double {
    parts.count == 1 ? parts[0] : parts[stepOfDay(step) * parts.count / stepsPerDay]
  }
}

// The clock of variance.

extension Clock {
  /// Whether a step is the first of a trading day, with a night or a weekend before it; never where trading is continuous.
  package func opensSession(_ step: Int) -> Bool {
    !calendar.isContinuous && stepOfDay(step) == 0 && (calendar.closesOvernight || isMonday(step))
  }

  /// Whether a step belongs to the first trading day of a week.
  private func isMonday(_ step: Int) -> Bool {
    !calendar.isContinuous
      && (daysPerStep > 1 || (start.weekday + step.floorDivided(by: stepsPerDay)).floorModulo(5) == 0)
  }

  /// The variance time of a step in years: of the gap before its open, and from open to close.
  ///
  /// Over a week both add up to 5/`daysPerYear` (over a day to 1/`daysPerYear` but for weekends of their own), so that an annual
  /// volatility is close to close in every calendar.
  package func varianceYears(_ step: Int) -> (gap: Double, intraday: Double) {
    let ofDay = stepOfDay(step)
    let intraday = intradayYears * factor(factors.variance, step)
    if ofDay == 0 { return (isMonday(step) ? gapYears + weekendYears : gapYears, intraday) }
    guard let reopening = reopenings.firstIndex(of: ofDay) else { return (0, intraday) }
    return (breakYears(reopening), intraday)
  }

  /// The variance time of a night, in years; 0 where there is none.
  package var gapYears: Double {
    calendar.overnightVarianceShare / calendar.daysPerYear * dayShare * Double(daysPerStep)
  }

  /// The variance time of a step from open to close, in years: the mean over a day.
  package var intradayYears: Double {
    (1 - calendar.overnightVarianceShare - calendar.breaksVarianceShare)
      / stepsPerYear * dayShare
  }

  /// What a weekend's gap has beside that of a night.
  private var weekendYears: Double { 5 * calendar.weekendVarianceShare / calendar.daysPerYear }

  /// What is left to each of a week's days, over the mean.
  private var dayShare: Double { 1 - calendar.weekendVarianceShare }

  private func breakYears(_ reopening: Int) -> Double {
    calendar.sessions[reopening + 1].breakVarianceShare / calendar.daysPerYear * dayShare
  }

  /// All lengths of gaps and of steps from open to close, in years of variance, each once and above 0.
  package var varianceSpans: (gaps: [Double], intraday: [Double]) {
    func each(_ spans: [Double]) -> [Double] {
      spans.reduce(into: []) { if $1 > 0, !$0.contains($1) { $0.append($1) } }
    }
    let nights = calendar.closesOvernight || gapYears + weekendYears > 0 ? [gapYears, gapYears + weekendYears] : []
    return (
      each(nights + reopenings.indices.map { breakYears($0) }), each(factors.variance.map { intradayYears * $0 })
    )
  }

  /// Years of variance from t = 0 to the last close before a step; negative in the warm-up.
  package func startYears(_ step: Int) -> Double {
    let day = step.floorDivided(by: stepsPerDay)
    let days = stepOfDay(step) > 0 ? day + 1 : day
    let nights = Double(step) * intradayYears + Double(days) * gapYears
    guard calendar.weekendVarianceShare > 0 || factors.variance.count > 1 || !reopenings.isEmpty else { return nights }
    let ofDay = stepOfDay(step)
    let parts = factors.variance
    let (part, perPart) = (ofDay * parts.count / stepsPerDay, stepsPerDay / parts.count)
    let passed = parts[..<part].reduce(0, +) * Double(perPart) + parts[part] * Double(ofDay - part * perPart)
    let breaks = reopenings.indices.map { reopening in
      breakYears(reopening) * Double(reopenings[reopening] < ofDay ? day + 1 : day)
    }
    // Weeks that begin in 0 ..< days, or fewer than none.
    let mondays =
      daysPerStep > 1 ? days : (start.weekday + days + 4).floorDivided(by: 5) - (start.weekday + 4).floorDivided(by: 5)
    return nights + (passed - Double(ofDay)) * intradayYears + breaks.reduce(0, +)
      + Double(calendar.isContinuous ? 0 : mondays) * weekendYears
  }
}

/// Trading days in a week of the calendar that is being read.
private enum DaysPerWeek: ReadingKey {
  static var initial: Int { 7 }
}

extension FieldKind where Value == Double {
  /// The length of a step: a duration, or `"1w"` for a week.
  fileprivate static var step: FieldKind {
    let duration = FieldKind.duration(in: .atLeast(0.001))
    return FieldKind(
      duration.type, schema: { .anyOf([duration.schema($0), .constant("1w")]) }, json: duration.json,
      values: duration.values
    ) { node, reading in
      guard node.string == "1w" else { return duration.read(node, reading) }
      return reading[TradingTime.SecondsPerDay.self] * Double(reading[DaysPerWeek.self])
    }
  }
}
